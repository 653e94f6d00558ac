import { goQuote } from "../../api/encoding/go-quote.ts";
import { isObject, type Json, sortedKeys } from "../../api/json.ts";
import type { KubeList, KubeObject } from "../../api/object.ts";
import { changeCause, withCause } from "../change-cause.ts";
import { type CommandContext, CommandError, type Invocation } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";
import { withApplyAnnotation } from "../last-applied.ts";
import { dataPrinter, noPrinter, outputOptions } from "../output/print-flags.ts";
import { requireNamespace } from "../resources/namespaces.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

/** The objects as the editor shows them: without managedFields, several in a List. Throws CommandError for a wrong -o. */
export async function printForEditing(
  infos: readonly ResourceInfo[],
  flags: FlagValues,
  context: CommandContext,
): Promise<string> {
  const options = outputOptions(flags);
  const format = options.format || "yaml";
  const printer = await dataPrinter({ ...options, format }, context);
  if (!printer) throw noPrinter(format, ["json", "yaml", "kyaml"], context.processes.env);
  const objects = infos.map((info) => withManagedFields(info.object as KubeObject, undefined));
  const list: KubeList = { kind: "List", apiVersion: "v1", metadata: {}, items: objects };
  let text = "";
  printer.print(objects.length === 1 ? objects[0]! : list, (part) => {
    text += part;
  });
  return text;
}

/** What is done to an edited object before it is sent. Throws CommandError for one of another namespace. */
export function prepareEdited(
  info: ResourceInfo,
  originals: readonly ResourceInfo[],
  invocation: Invocation,
  namespace: string,
): void {
  const { uid } = (info.object as KubeObject).metadata;
  const original = originals.find(({ object }) => (object as KubeObject).metadata.uid === uid)?.object;
  const { managedFields } = (original as KubeObject | undefined)?.metadata ?? {};
  info.object = withManagedFields(info.object as KubeObject, managedFields);
  requireNamespace(info, namespace);
  const { flags } = invocation;
  if (flags.has("save-config") && flags.bool("save-config"))
    info.object = withApplyAnnotation(info.object as KubeObject);
  info.object = withCause(info.object as KubeObject, changeCause(invocation));
}

function withManagedFields(object: KubeObject, entries: KubeObject["metadata"]["managedFields"]): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata: entries ? { ...metadata, managedFields: entries } : metadata };
}

/** What an edited object was before. Throws CommandError when its uid is none that was edited. */
export function originalOf(info: ResourceInfo, originals: readonly ResourceInfo[]): ResourceInfo {
  const { uid } = (info.object as KubeObject).metadata;
  const found = originals.find(({ object }) => (object as KubeObject).metadata.uid === uid);
  if (found) return found;
  const text = goSyntax(info.object as unknown as Json);
  throw new CommandError(`no original object found for &unstructured.Unstructured{Object:${text}}`);
}

/** Go's `%#v` of a value. */
function goSyntax(value: Json): string {
  if (value === null) return "interface {}(nil)";
  if (typeof value === "string") return goQuote(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(", ")}}`;
  if (!isObject(value)) return String(value);
  const pairs = sortedKeys(value).map((key) => `${goQuote(key)}:${goSyntax(value[key] ?? null)}`);
  return `map[string]interface {}{${pairs.join(", ")}}`;
}
