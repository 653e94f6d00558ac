import { type CommandContext, CommandError, defineCommand } from "../../command.ts";
import { follow } from "../../follow.ts";
import type { ResourceInfo } from "../../resources/visitor.ts";
import {
  completeRollout,
  findForRollout,
  type RolloutOptions,
  requireResourceAndRevision,
} from "../../rollout/find.ts";
import { statusViewer } from "../../rollout/status.ts";

/** `rollout status`. Models kubectl pkg/cmd/rollout/rollout_status.go. */
export default defineCommand<RolloutOptions>({
  complete(invocation, context) {
    const options = completeRollout(invocation, context);
    context.checkConfig();
    return options;
  },
  validate: requireResourceAndRevision,
  async run(options, context) {
    let found = false;
    await findForRollout(options, context).visit(async (info, error) => {
      if (error !== undefined) throw error;
      found = true;
      await showStatus(info!, options, context);
    });
    if (!found) context.streams.err.write(`No resources found in ${context.namespace} namespace.\n`);
  },
});

async function showStatus(info: ResourceInfo, { flags }: RolloutOptions, context: CommandContext): Promise<void> {
  const view = statusViewer(info.mapping!);
  const timeout = flags.duration("timeout") || Infinity;
  const { resource } = info.mapping!;
  let seen = false;
  for await (const now of follow(resource, info.namespace, info.name, timeout, context)) {
    if (!now) {
      if (seen) throw new CommandError("object has been deleted");
      continue;
    }
    seen = true;
    const { text, done } = view(now, flags.int("revision"));
    context.streams.out.write(text);
    if (done || !flags.bool("watch")) return;
  }
  throw new CommandError("timed out waiting for the condition");
}
