import type { KubeObject } from "../../api/object.ts";
import { resolveResource } from "../../api/resource-names.ts";
import type { Node } from "../../api/types/core.ts";
import { type CommandContext, CommandError, defineCommand, UsageError } from "../command.ts";
import { NoResourceMatchError } from "../errors.ts";
import type { FlagValues } from "../flags/values.ts";
import { type DryRun, dryRunOf, type FieldValidation, validationOf } from "../output/dry-run.ts";
import { objectPrinter } from "../output/object-printer.ts";
import { patchOf } from "../patch-objects.ts";
import { findResources } from "../resources/find.ts";
import type { ResourceInfo } from "../resources/visitor.ts";
import { changeTaints, conflicts, parseTaints, type TaintChange } from "../taint/taints.ts";
import { typedObject } from "../typed-object.ts";

interface TaintOptions extends TaintChange {
  flags: FlagValues;
  resources: string[];
  dryRun: DryRun;
  validation: FieldValidation;
}

/** `taint`. Models kubectl pkg/cmd/taint/taint.go. */
export default defineCommand<TaintOptions>({
  complete({ path, flags, args }, context) {
    context.checkNamespace();
    context.checkConfig();
    const dryRun = dryRunOf(flags, context);
    const validation = validationOf(flags);
    const { resources, changes } = split(args);
    if (resources.length === 0) throw new CommandError("one or more resources must be specified as <resource> <name>");
    if (changes.length === 0) throw new CommandError("at least one taint update is required");
    try {
      return { flags, resources, dryRun, validation, ...parseTaints(changes) };
    } catch (error) {
      throw error instanceof CommandError ? new UsageError(path, error.message) : error;
    }
  },
  validate(options) {
    const { flags, resources } = options;
    const type = resources[0]!.toLowerCase();
    const resource = type.split(".")[0]!;
    const found = resolveResource(resource);
    if (!found) throw new NoResourceMatchError({ resource });
    if (found.info.kind !== "Node")
      throw new CommandError(`invalid resource type ${type}, only node types are supported`);
    const both = conflicts(options);
    if (both.length > 0) {
      throw new CommandError(
        `can not both modify and remove the following taint(s) in the same command: ${both.join(", ")}`,
      );
    }
    const all = flags.bool("all");
    const selector = flags.string("selector");
    if (all && selector !== "") {
      throw new CommandError("setting 'all' parameter with a non empty selector is prohibited");
    }
    if (!all && selector === "" && resources.length < 2) {
      throw new CommandError("at least one resource name must be specified since 'all' parameter is not set");
    }
  },
  async run(options, context) {
    const { flags, resources } = options;
    const all = flags.bool("all");
    const selector = flags.string("selector");
    const found = findResources(
      {
        namespace: context.namespace,
        continueOnError: true,
        flatten: true,
        typed: true,
        latest: true,
        ...(all || selector !== ""
          ? { args: ["node"], all, labelSelector: selector }
          : { namesOf: { resource: "node", names: resources.slice(1) } }),
      },
      context,
    );
    await found.visit(async (info, error) => {
      if (error !== undefined) throw error;
      await taint(info!, options, context);
    });
  },
});

function split(args: readonly string[]): { resources: string[]; changes: string[] } {
  const resources: string[] = [];
  const changes: string[] = [];
  for (const word of args) {
    if (/[=:]|-$/.test(word)) changes.push(word);
    else if (changes.length === 0) resources.push(word);
    else throw new CommandError(`all resources must be specified before taint changes: ${word}`);
  }
  return { resources, changes };
}

async function taint(info: ResourceInfo, options: TaintOptions, context: CommandContext): Promise<void> {
  const { flags, dryRun } = options;
  const object = info.object as KubeObject;
  if (object.kind !== "Node") throw new CommandError(`unexpected type *v1.${object.kind}, expected Node`);
  const old = (object as Node).spec?.taints ?? [];
  const overwrite = flags.bool("overwrite");
  const known = options.add.filter(({ key, effect }) => old.some((one) => one.key === key && one.effect === effect));
  if (!overwrite && known.length > 0) {
    const keys = known.map(({ key }) => key).join(",");
    throw new CommandError(
      `node ${info.name} already has ${keys} taint(s) with same effect(s) and --overwrite is false`,
    );
  }
  const { taints, operation } = changeTaints(old, options, overwrite);
  const { patch, after } = await patchOf(info, (copy) => {
    const { taints: _, ...spec } = (copy as Node).spec ?? {};
    return { ...copy, spec: taints.length === 0 ? spec : { ...spec, taints } } as KubeObject;
  });
  // That it was a dry run is not said: kubectl sets the word anew after it worded the dry run.
  if (dryRun === "client") {
    const print = await objectPrinter(flags, context, operation);
    return print((await typedObject(after)).object);
  }
  const print = await objectPrinter(flags, context, operation, "typed");
  const write = {
    dryRun: dryRun === "server",
    fieldManager: flags.string("field-manager"),
    fieldValidation: options.validation,
  };
  await print(await context.client.patch("nodes", "", info.name, "strategic", patch, write));
}
