import { goQuote } from "../../api/encoding/go-quote.ts";
import type { JsonObject } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import type { Node } from "../../api/types/core.ts";
import { type CommandContext, CommandError, defineCommand, type Invocation, UsageError } from "../command.ts";
import { messageOf } from "../errors.ts";
import type { FlagValues } from "../flags/values.ts";
import { type DryRun, dryRunOf, operationText } from "../output/dry-run.ts";
import { objectWriter } from "../output/object-writer.ts";
import { namePrinter } from "../output/print-flags.ts";
import { patchOf } from "../patch-objects.ts";
import { findResources } from "../resources/find.ts";
import { printedResource } from "../resources/mapping.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

/** What `cordon`, `uncordon` and `drain` have in common. */
export interface NodeOptions {
  flags: FlagValues;
  nodes: ResourceInfo[];
  dryRun: DryRun;
}

/**
 * The nodes that were named or selected. `check` looks at the command's other flags before the server is asked. Throws UsageError for
 * none or for both. Models kubectl pkg/cmd/drain/drain.go (Complete).
 */
export async function completeNodes(
  { path, flags, args }: Invocation,
  context: CommandContext,
  check: () => void = () => {},
): Promise<NodeOptions> {
  const selector = flags.string("selector");
  if (args.length === 0 && !flags.changed("selector")) throw new UsageError(path, `USAGE: ${path} NODE [flags]`);
  if (args.length > 0 && selector !== "") {
    throw new UsageError(path, "error: cannot specify both a node name and a --selector option");
  }
  const dryRun = dryRunOf(flags, context);
  context.checkConfig();
  check();
  const found = findResources(
    {
      namespace: context.namespace,
      singleResourceType: true,
      flatten: true,
      ...(selector === ""
        ? { namesOf: { resource: "nodes", names: args } }
        : { args: ["nodes"], labelSelector: selector }),
    },
    context,
  );
  const nodes: ResourceInfo[] = [];
  await found.visit((info, error) => {
    if (error !== undefined) throw error;
    const mapping = info!.mapping!;
    if (mapping.resource !== "nodes") {
      throw new CommandError(`error: expected resource of type node, got ${goQuote(printedResource(mapping))}`);
    }
    nodes.push(info!);
  });
  return { flags, nodes, dryRun };
}

/** Makes each node unschedulable or schedulable, and says so; a failure is told and does not end the command. */
export async function cordonEach({ nodes, dryRun }: NodeOptions, desired: boolean, context: CommandContext) {
  const word = desired ? "cordoned" : "uncordoned";
  for (const info of nodes) {
    const node = info.object as Node;
    if ((node.spec?.unschedulable ?? false) === desired) {
      await tell(node, `already ${word}`, dryRun, context);
      continue;
    }
    try {
      if (dryRun !== "client") await sendUnschedulable(info, desired, dryRun === "server", context);
    } catch (error) {
      const verb = desired ? "cordon" : "uncordon";
      context.streams.err.write(`error: unable to ${verb} node ${goQuote(info.name)}: ${messageOf(error)}\n`);
      continue;
    }
    await tell(node, word, dryRun, context);
  }
}

async function sendUnschedulable(info: ResourceInfo, desired: boolean, dryRun: boolean, { client }: CommandContext) {
  const { patch } = await patchOf(info, (copy) => {
    const { unschedulable: _, ...spec } = ((copy as Node).spec ?? {}) as JsonObject;
    return { ...copy, spec: desired ? { ...spec, unschedulable: true } : spec } as KubeObject;
  });
  await client.patch("nodes", "", info.name, "strategic", patch, { dryRun });
}

/** `node/docker-desktop cordoned`, with what `--dry-run` adds. */
export async function tell(object: KubeObject, operation: string, dryRun: DryRun, context: CommandContext) {
  const printer = await namePrinter("", operationText(operation, dryRun));
  printer!.print(object, objectWriter(context.streams));
}

/** `cordon` and `uncordon`. Models kubectl pkg/cmd/drain/drain.go. */
export function cordonCommand(desired: boolean) {
  return defineCommand<NodeOptions>({
    complete: (invocation, context) => completeNodes(invocation, context),
    run: (options, context) => cordonEach(options, desired, context),
  });
}
