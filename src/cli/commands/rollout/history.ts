import type { KubeObject } from "../../../api/object.ts";
import { alignTabs, DESCRIBE_LAYOUT } from "../../../printers/tabwriter.ts";
import { CHANGE_CAUSE } from "../../change-cause.ts";
import { type CommandContext, CommandError, defineCommand } from "../../command.ts";
import { objectPrinter } from "../../output/object-printer.ts";
import {
  completeRollout,
  findForRollout,
  type RolloutOptions,
  requireResourceAndRevision,
} from "../../rollout/find.ts";
import { type Revision, revisionsOf, templateText } from "../../rollout/history.ts";

/** `rollout history`. Models kubectl pkg/cmd/rollout/rollout_history.go. */
export default defineCommand<RolloutOptions>({
  complete: completeRollout,
  validate: requireResourceAndRevision,
  async run(options, context) {
    const { flags } = options;
    const number = flags.int("revision");
    // A template alone is for the object itself.
    const asData = flags.changed("output");
    const found = findForRollout(options, context);
    const print = asData ? await objectPrinter(flags, context, "", "typed") : undefined;
    await found.visit(async (info, error) => {
      if (error !== undefined) throw error;
      const revisions = await revisionsOf(info!, { name: "history viewer", task: "history" }, context);
      if (print) {
        for (const revision of number > 0 ? [pick(revisions, number)] : revisions) await print(revision.object);
        return;
      }
      const text = await historyText(revisions, number, context);
      const withRevision = number > 0 ? `with revision #${number}` : "";
      const printOne = await objectPrinter(flags, context, `${withRevision}\n${text}`, "typed");
      await printOne(info!.object as KubeObject);
    });
  },
});

async function historyText(revisions: readonly Revision[], number: number, context: CommandContext): Promise<string> {
  if (revisions.length === 0) return "No rollout history found.";
  if (number > 0) {
    const { template, cause, object } = pick(revisions, number);
    if (object.kind !== "ReplicaSet" || cause === "") return templateText(template, context);
    const annotations = { ...template.metadata?.annotations, [CHANGE_CAUSE]: cause };
    return templateText({ ...template, metadata: { ...template.metadata, annotations } }, context);
  }
  const lines = revisions.map((revision) => `${revision.number}\t${revision.cause || "<none>"}\n`);
  return alignTabs(`REVISION\tCHANGE-CAUSE\n${lines.join("")}`, DESCRIBE_LAYOUT);
}

function pick(revisions: readonly Revision[], number: number): Revision {
  const found = revisions.find((revision) => revision.number === number);
  if (!found) throw new CommandError("unable to find the specified revision");
  return found;
}
