import { goQuote } from "../../api/encoding/go-quote.ts";
import type { CommandContext } from "../command.ts";
import { klogLine } from "../klog.ts";

/** Says at -v=1 what the user would have typed without preferences. Models kubectl pkg/cmd/cmd.go. */
export function tellOriginal(text: string, context: Pick<CommandContext, "clock" | "processes" | "streams">): void {
  context.streams.err.write(klogLine("I", "cmd.go:371", `original command: ${goQuote(`kubectl ${text}`)}`, context));
}
