import { goQuote } from "../../api/encoding/go-quote.ts";
import { getKey, setKey, sortedKeys } from "../../api/json.ts";
import { labelValueErrors } from "../../api/meta/names.ts";
import type { KubeObject } from "../../api/object.ts";
import { changeCause, withCause } from "../change-cause.ts";
import {
  changed,
  findForMetadata,
  listPairs,
  type MetadataOptions,
  printOne,
  sendChange,
  staysHere,
  validateMetadataOptions,
} from "../change-metadata.ts";
import { type CommandContext, CommandError, defineCommand } from "../command.ts";
import { throwAll } from "../errors.ts";
import { dryRunOf } from "../output/dry-run.ts";
import { resourcesAndPairs } from "../pairs.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

/** `label`. Models kubectl pkg/cmd/label/label.go. */
export default defineCommand<MetadataOptions>({
  complete(invocation, context) {
    const { flags, args } = invocation;
    const dryRun = dryRunOf(flags, context);
    const { resources, pairs } = resourcesAndPairs(args, "label");
    const parsed = parseLabelPairs(pairs);
    if (flags.bool("list") && flags.string("output") !== "") {
      throw new CommandError("--list and --output may not be specified together");
    }
    context.checkNamespace();
    return { flags, resources, ...parsed, dryRun, cause: changeCause(invocation) };
  },
  validate(options) {
    validateMetadataOptions(options, "label", "pod");
  },
  async run(options, context) {
    const found = findForMetadata(options, context);
    await found.visit(async (info, error) => {
      if (error !== undefined) throw error;
      await label(info!, options, found.singleItemImplied, context);
    });
  },
});

async function label(
  info: ResourceInfo,
  options: MetadataOptions,
  single: boolean,
  context: CommandContext,
): Promise<void> {
  const before = info.object as KubeObject;
  const labels = before.metadata?.labels ?? {};
  const here = staysHere(options);
  if (!here) {
    for (const key of options.remove) {
      if (!Object.hasOwn(labels, key)) context.streams.out.write(`label ${goQuote(key)} not found.\n`);
    }
  }
  if (!options.flags.bool("overwrite")) refuseOverwrites(labels, options.set);
  const { object, added, removed } = changed(before, "labels", options);
  const after = here ? object : withCause(object, options.cause);
  if (!here && added.length + removed.length > 0) await sendChange(info, before, after, options, context);
  if (options.flags.bool("list")) return listPairs(info, after.metadata.labels, "labels", single, context);
  await printOne(after, outcome(added.length > 0, removed.length > 0), options, context);
}

function outcome(added: boolean, removed: boolean): string {
  if (added && removed) return "modified";
  if (added) return "labeled";
  return removed ? "unlabeled" : "not labeled";
}

function refuseOverwrites(labels: Record<string, string>, set: Record<string, string>): void {
  const errors: CommandError[] = [];
  for (const key of sortedKeys(set)) {
    const current = getKey(labels, key);
    if (current !== undefined && current !== getKey(set, key)) {
      errors.push(new CommandError(`'${key}' already has a value (${current}), and --overwrite is false`));
    }
  }
  throwAll(errors);
}

function parseLabelPairs(pairs: readonly string[]): { set: Record<string, string>; remove: string[] } {
  const set: Record<string, string> = {};
  const remove: string[] = [];
  for (const pair of pairs) {
    const [key = "", value, more] = pair.split("=");
    if (value === undefined) remove.push(pair.slice(0, -1));
    else if (more !== undefined) throw new CommandError(`invalid label spec: ${pair}`);
    else {
      const errors = labelValueErrors(value);
      if (errors.length > 0) throw new CommandError(`invalid label value: ${goQuote(pair)}: ${errors.join(";")}`);
      setKey(set, key, value);
    }
  }
  if (remove.some((key) => Object.hasOwn(set, key))) {
    throw new CommandError("can not both modify and remove a label in the same command");
  }
  return { set, remove };
}
