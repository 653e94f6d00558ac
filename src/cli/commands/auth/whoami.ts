import { compareStrings } from "../../../api/json.ts";
import type { KubeObject } from "../../../api/object.ts";
import { ApiError } from "../../../api/status.ts";
import { TABLE_LAYOUT, TabWriter } from "../../../printers/tabwriter.ts";
import { type CommandContext, CommandError, defineCommand } from "../../command.ts";
import { objectPrinter, type PrintObject } from "../../output/object-printer.ts";

interface UserInfo {
  username?: string;
  uid?: string;
  groups?: string[];
  extra?: Record<string, string[]>;
}

/** `auth whoami`. Models kubectl pkg/cmd/auth/whoami.go. */
export default defineCommand<{ print: PrintObject }>({
  async complete(invocation, context) {
    context.checkConfig();
    const plain = !invocation.flags.changed("output");
    const table = async (review: KubeObject) => void context.streams.out.write(tableOf(review));
    return { print: plain ? table : await objectPrinter(invocation.flags, context, "", "typed") };
  },
  async run({ print }, context) {
    await print(await ask(context));
  },
});

async function ask(context: CommandContext): Promise<KubeObject> {
  const body = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
  try {
    return await context.client.create("selfsubjectreviews.authentication.k8s.io", "", body);
  } catch (error) {
    if (error instanceof ApiError && error.reason === "Forbidden")
      throw new CommandError(
        "the selfsubjectreviews API is not enabled in the cluster or you do not have permission to call it",
      );
    throw error;
  }
}

function tableOf(review: KubeObject): string {
  const { userInfo = {} } = review.status as { userInfo?: UserInfo };
  const { username, uid, groups = [], extra = {} } = userInfo;
  const rows: string[][] = [["ATTRIBUTE", "VALUE"]];
  if (username) rows.push(["Username", username]);
  if (uid) rows.push(["UID", uid]);
  if (groups.length > 0) rows.push(["Groups", `[${groups.join(" ")}]`]);
  for (const key of Object.keys(extra).sort(compareStrings)) rows.push([`Extra: ${key}`, `[${extra[key]!.join(" ")}]`]);
  let text = "";
  const writer = new TabWriter((part) => (text += part), TABLE_LAYOUT);
  for (const row of rows) writer.write(`${row.join("\t")}\n`);
  writer.flush();
  return text;
}
