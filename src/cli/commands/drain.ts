import { goQuote } from "../../api/encoding/go-quote.ts";
import { parseRequirements } from "../../api/meta/label-selector-parser.ts";
import { ParseError } from "../../api/meta/parse-error.ts";
import type { KubeObject } from "../../api/object.ts";
import { notSimulated } from "../../api/status.ts";
import { type CommandContext, CommandError, defineCommand } from "../command.ts";
import { removePods } from "../drain/evict.ts";
import { completeNodes, cordonEach, type NodeOptions, tell } from "../drain/nodes.ts";
import { podsToDrain } from "../drain/pods.ts";
import { AggregateFailure, messageOf } from "../errors.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

/** `drain`. Models kubectl pkg/cmd/drain/drain.go (RunDrain). */
export default defineCommand<NodeOptions>({
  async complete(invocation, context) {
    const { flags } = invocation;
    const options = await completeNodes(invocation, context, () => checkPodSelector(flags.string("pod-selector")));
    // kubectl waits for pods that a server dry run never deletes.
    if (options.dryRun === "server" && flags.bool("disable-eviction")) {
      throw notSimulated("--disable-eviction with --dry-run=server");
    }
    return options;
  },
  async run(options, context) {
    await cordonEach(options, true, context);
    const { err } = context.streams;
    const failed: { name: string; error: unknown }[] = [];
    for (const info of options.nodes) {
      try {
        await drain(info, options, context);
        await tell(info.object as KubeObject, "drained", options.dryRun, context);
      } catch (error) {
        const why = `error: unable to drain node ${goQuote(info.name)} due to error: ${messageOf(error)}`;
        err.write(`${why}, continuing command...\n`);
        failed.push({ name: info.name, error });
      }
    }
    if (failed.length === 0) return;
    err.write(`There are pending nodes to be drained:\n${failed.map(({ name }) => ` ${name}\n`).join("")}`);
    throw new AggregateFailure(failed.map(({ error }) => error));
  },
});

function checkPodSelector(text: string): void {
  try {
    if (text !== "") parseRequirements(text);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new CommandError("--pod-selector=<pod_selector> must be a valid label selector");
  }
}

async function drain(info: ResourceInfo, options: NodeOptions, context: CommandContext): Promise<void> {
  const { out, err } = context.streams;
  const { pods, refused, warnings } = await podsToDrain(info.name, options.flags, context);
  if (refused) throw refused;
  if (warnings !== "") context.warn(warnings);
  if (options.dryRun === "client") {
    for (const { metadata } of pods) out.write(`evicting pod ${metadata.namespace}/${metadata.name} (dry run)\n`);
    return;
  }
  try {
    await removePods(pods, options, context);
  } catch (error) {
    const pending = await podsToDrain(info.name, options.flags, context);
    if (pending.pods.length > 0 && !pending.refused) {
      err.write(
        `There are pending pods in node ${goQuote(info.name)} when an error occurred: ${messageOf(error)}\n` +
          pending.pods.map(({ metadata }) => `pod/${metadata.name}\n`).join(""),
      );
    }
    throw error;
  }
}
