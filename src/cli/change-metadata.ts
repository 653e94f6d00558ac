import { clone, getKey, type JsonObject, setKey, sortedKeys } from "../api/json.ts";
import type { KubeObject } from "../api/object.ts";
import { createJsonMergePatch } from "../api/patch/json-merge.ts";
import { type CommandContext, CommandError } from "./command.ts";
import type { FlagValues } from "./flags/values.ts";
import { type DryRun, operationText } from "./output/dry-run.ts";
import { objectPrinter } from "./output/object-printer.ts";
import { objectWriter } from "./output/object-writer.ts";
import { findByFlags } from "./resources/by-flags.ts";
import { filenameOptions } from "./resources/files.ts";
import { requireName } from "./resources/helper.ts";
import type { FoundResources } from "./resources/query.ts";
import type { ResourceInfo } from "./resources/visitor.ts";

/** What `label` and `annotate` have in common. */
export interface MetadataOptions {
  flags: FlagValues;
  resources: string[];
  set: Record<string, string>;
  remove: string[];
  dryRun: DryRun;
  cause: string | undefined;
}

/** Refuses what cannot go together; `what` is `label` or `annotation`, `file` the name in the examples of the texts. */
export function validateMetadataOptions(options: MetadataOptions, what: "label" | "annotation", file: string): void {
  const { flags, resources, dryRun } = options;
  const all = flags.bool("all");
  if (all && flags.string("selector") !== "") {
    throw new CommandError("cannot set --all and --selector at the same time");
  }
  if (all && flags.string("field-selector") !== "") {
    throw new CommandError("cannot set --all and --field-selector at the same time");
  }
  const { filenames, kustomize } = filenameOptions(flags);
  const noFiles = filenames.length === 0 && kustomize === "";
  const forms = `-f ${file}.yaml or --filename=${file}.json`;
  if (flags.bool("local")) {
    if (dryRun === "server") {
      throw new CommandError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?");
    }
    if (resources.length > 0) throw new CommandError(`can only use local files by ${forms} when --local=true is set`);
    if (noFiles) throw new CommandError(`one or more files must be specified as ${forms}`);
  } else if (resources.length === 0 && noFiles) {
    throw new CommandError("one or more resources must be specified as <resource> <name> or <resource>/<name>");
  }
  if (Object.keys(options.set).length === 0 && options.remove.length === 0 && !flags.bool("list")) {
    throw new CommandError(`at least one ${what} update is required`);
  }
}

/** The objects to change. Throws CommandError for a resource version that would be several objects'. */
export function findForMetadata({ flags, resources }: MetadataOptions, context: CommandContext): FoundResources {
  const found = findByFlags(resources, flags, {}, context);
  if (!found.singleItemImplied && flags.string("resource-version") !== "") {
    throw new CommandError("--resource-version may only be used with a single resource");
  }
  return found;
}

/** True when nothing is sent to the server. */
export function staysHere({ flags, dryRun }: MetadataOptions): boolean {
  return dryRun === "client" || flags.bool("local") || flags.bool("list");
}

/** A copy of the object with its labels or annotations changed, and which keys were set and removed. */
export function changed(
  object: KubeObject,
  field: "labels" | "annotations",
  options: MetadataOptions,
): { object: KubeObject; added: string[]; removed: string[] } {
  const next = clone(object);
  // A file may hold an object without any.
  next.metadata ??= {};
  const map = { ...next.metadata[field] };
  const added = sortedKeys(options.set).filter((key) => getKey(map, key) !== getKey(options.set, key));
  for (const key of added) setKey(map, key, getKey(options.set, key));
  const removed = options.remove.filter((key) => Object.hasOwn(map, key));
  for (const key of removed) delete map[key];
  next.metadata[field] = map;
  const version = options.flags.string("resource-version");
  if (version !== "") next.metadata.resourceVersion = version;
  return { object: next, added, removed };
}

/** Sends the difference as a merge patch; the server's answer. */
export function sendChange(
  info: ResourceInfo,
  before: KubeObject,
  after: KubeObject,
  { flags, dryRun }: MetadataOptions,
  { client }: CommandContext,
): Promise<KubeObject> {
  requireName(info.name);
  const original = clone(before);
  // Then the version is always a part of the patch.
  if (flags.string("resource-version") !== "") delete original.metadata.resourceVersion;
  const patch = createJsonMergePatch(original as unknown as JsonObject, after as unknown as JsonObject);
  return client.patch(info.mapping!.resource, info.namespace, info.name, "merge", patch, {
    dryRun: dryRun === "server",
    fieldManager: flags.string("field-manager"),
  });
}

/** `--list`: `key=value` lines. The real order is that of a Go map; here it is the keys'. */
export function listPairs(
  info: ResourceInfo,
  map: Record<string, string> | undefined,
  what: "labels" | "annotations",
  single: boolean,
  context: CommandContext,
): void {
  const write = objectWriter(context.streams);
  if (!single) write(`Listing ${what} for ${kindAndGroup(info.object as KubeObject)}/${info.name}:\n`);
  for (const key of sortedKeys(map ?? {})) write(`${single ? "" : " "}${key}=${map![key]}\n`);
}

/** `Deployment.apps`, `Service.`. Models apimachinery unstructuredscheme (ObjectKinds). @throws CommandError for a file without apiVersion */
function kindAndGroup({ kind, apiVersion = "" }: Partial<KubeObject>): string {
  if (apiVersion === "") throw new CommandError("Object 'apiVersion' is missing in 'object has no apiVersion field'");
  return `${kind}.${apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : ""}`;
}

export async function printOne(
  object: KubeObject,
  operation: string,
  options: MetadataOptions,
  context: CommandContext,
) {
  await (await objectPrinter(options.flags, context, operationText(operation, options.dryRun)))(object);
}
