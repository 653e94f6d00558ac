import { emitStatus } from "../../api/encoding/status-json.ts";
import { ApiError } from "../../api/status.ts";
import type { CommandContext } from "../command.ts";
import { AggregateFailure, StatusFailure } from "../errors.ts";
import { klogLine } from "../klog.ts";

/** What kubemu says of itself, and no server would. */
const OWN = ["NotSimulated", "Unusable"];

/** Whether a failure is one that a real server answers with. */
export const isAnswer = (error: unknown): error is ApiError => error instanceof ApiError && !OWN.includes(error.reason);

/** What the server answered, at -v=4. Models kubectl pkg/cmd/util/helpers.go StandardErrorMessage, which an object that is invalid does not reach. */
export function tellAnswer(
  failure: unknown,
  context: Pick<CommandContext, "streams" | "clock" | "processes">,
  alone = true,
): void {
  if (failure instanceof StatusFailure) tellAnswer(failure.failure, context);
  if (failure instanceof AggregateFailure)
    for (const error of failure.errors) tellAnswer(error, context, failure.errors.length === 1);
  if (!isAnswer(failure) || (alone && failure.reason === "Invalid")) return;
  const text = `server response object: %s[${emitStatus(failure.status, "  ")}]`;
  context.streams.err.write(klogLine("I", "helpers.go:246", text, context));
}
