import { goQuote } from "../api/encoding/go-quote.ts";
import { isObject, type Json } from "../api/json.ts";
import { idOf, idText, isSelectedBy, type ResId } from "./ids.ts";
import { gvkGiven, readTyped, yamlToJson } from "./kustomization.ts";
import type { Loader } from "./loader.ts";
import { KustomizeError, within } from "./problem.ts";
import { previousIds, Resource } from "./resource.ts";
import { matchesLabels, Selector } from "./selector.ts";
import { setInText } from "./structured-text.ts";
import type { Transformer } from "./transform.ts";
import type { FieldOptions, ReplacementArgs, SelectorArgs, SourceArgs, TargetArgs } from "./types.ts";
import { lookUp, splitBracketed } from "./yaml/look-up.ts";
import { matchPath } from "./yaml/match-path.ts";
import { become, copyNode, isEmpty, type Node, scalar } from "./yaml/node.ts";

const DEFAULT_PATH = "metadata.name";

/** The replacements themselves, those of files among them. Throws KustomizeError. Models ReplacementTransformerPlugin.Config. */
export async function readReplacements(list: readonly ReplacementArgs[], loader: Loader): Promise<ReplacementArgs[]> {
  const read: ReplacementArgs[] = [];
  for (const replacement of list) {
    const { path, source, targets } = replacement;
    if (!path) {
      read.push(replacement);
      continue;
    }
    if (source !== undefined || targets?.length)
      throw new KustomizeError("cannot specify both path and inline replacement");
    const content: Json = yamlToJson(loader.loadText(path));
    if (!Array.isArray(content) && !isObject(content))
      throw new KustomizeError(
        `unsupported replacement type encountered within replacement path: ${content === null ? "invalid" : typeof content === "number" ? "float64" : typeof content}`,
      );
    for (const item of Array.isArray(content) ? content : [content])
      read.push(await readTyped<ReplacementArgs>(item, "Replacement"));
  }
  return read;
}

/** Copies fields of some objects to fields of others. Models api/filters/replacement. */
export function replacementTransformer(replacements: readonly ReplacementArgs[]): Transformer {
  return (map) => {
    const nodes = map.list.map(({ node }) => node);
    for (const replacement of replacements) {
      const { source, sourceValue, targets } = replacement;
      if ((source === undefined && sourceValue === undefined) || targets === undefined)
        throw new KustomizeError("replacements must specify a source and at least one target");
      const value = newValue(replacement, nodes);
      for (const target of targets) replaceIn(target, value, nodes);
    }
    map.dropEmpty();
  };
}

function idGiven(selector: SelectorArgs): ResId {
  return { ...gvkGiven(selector), name: selector.name ?? "", namespace: selector.namespace ?? "" };
}

/** The ids of a node, the present one first. Models MakeResIds. */
function idsOf(node: Node): ResId[] {
  return [idOf(node), ...previousIds(node)];
}

function newValue({ source, sourceValue }: ReplacementArgs, nodes: readonly Node[]): Node {
  if (sourceValue !== undefined && source !== undefined)
    throw new KustomizeError("value and resource selectors are mutually exclusive");
  if (sourceValue !== undefined) return scalar(sourceValue);
  const from = source!;
  const node = sourceNode(from, nodes);
  const path = from.fieldPath || DEFAULT_PATH;
  const found = within("error looking up replacement source", () => lookUp(node, splitBracketed(path, ".")));
  if (isEmpty(found))
    throw new KustomizeError(`fieldPath \`${path}\` is missing for replacement source ${idText(idGiven(from))}`);
  return part(found!, from.options);
}

function sourceNode(source: SourceArgs, nodes: readonly Node[]): Node {
  const selector = idGiven(source);
  const matches = nodes.filter((node) => idsOf(node).some((id) => isSelectedBy(id, selector)));
  const shown = [idText(selector), source.fieldPath ?? "", optionsText(source.options)].filter(Boolean).join(":");
  if (matches.length > 1) throw new KustomizeError(`multiple matches for selector ${shown}`);
  if (matches[0] === undefined) throw new KustomizeError(`nothing selected by ${shown}`);
  return matches[0];
}

/** Models FieldOptions.String. */
function optionsText({ delimiter = "", index = 0, create = false }: FieldOptions = {}): string {
  return delimiter === "" && !create ? "" : `${delimiter}(${index}), create=${create}`;
}

/** Models getRefinedValue. */
function part(node: Node, options: FieldOptions | undefined): Node {
  if (!options?.delimiter) return node;
  if (node.kind !== "scalar") throw new KustomizeError("delimiter option can only be used with scalar nodes");
  const { index = 0 } = options;
  const value = node.value.split(options.delimiter)[index];
  if (value === undefined) throw new KustomizeError(`options.index ${index} is out of bounds for value ${node.value}`);
  return { ...copyNode(node), value };
}

function replaceIn(target: TargetArgs, value: Node, nodes: readonly Node[]): void {
  const { select, reject = [] } = target;
  if (select === undefined) throw new KustomizeError("target must specify resources to select");
  const [selector, ...rejecting] = within("error creating target selector", () =>
    [select, ...reject].map((args) => new Selector(args)),
  );
  for (const node of nodes) {
    const ids = idsOf(node);
    const resource = new Resource(node);
    if (!matchesLabels(resource, select)) continue;
    if (reject.some((args) => (args.labelSelector || args.annotationSelector) && matchesLabels(resource, args)))
      continue;
    const matches = (one: Selector, id: ResId) =>
      one.matchesGvk(id) && one.matchesName(id.name) && one.matchesNamespace(id.namespace);
    const named = rejecting.filter((_, i) => Object.values(idGiven(reject[i]!)).some(Boolean));
    if (named.some((one) => ids.some((id) => matches(one, id)))) continue;
    if (ids.some((id) => matches(selector!, id))) copyTo(node, value, target);
  }
}

/** Models copyValueToTarget. */
function copyTo(node: Node, value: Node, { fieldPaths, options }: TargetArgs): void {
  const create = options?.create ? value.kind : undefined;
  for (const path of fieldPaths?.length ? fieldPaths : [DEFAULT_PATH]) {
    const parts = splitBracketed(path, ".");
    if (setInText(node, parts, value, create)) continue;
    const what = `unable to ${create ? "find or create" : "find"} field ${goQuote(path)} in replacement target`;
    const fields = within(what, () => matchPath(node, parts, create));
    if (fields.length === 0) throw new KustomizeError(what);
    for (const field of fields) setValue(field, value, options);
  }
}

/** Models setFieldValue. */
function setValue(field: Node, value: Node, options: FieldOptions | undefined): void {
  const own = copyNode(value);
  if (options?.delimiter) {
    const { delimiter, index = 0 } = options;
    if (field.kind !== "scalar") throw new KustomizeError("delimiter option can only be used with scalar nodes");
    const parts = field.value.split(delimiter);
    if (index < 0) parts.unshift(own.value);
    else if (index >= parts.length) parts.push(own.value);
    else parts[index] = own.value;
    own.value = parts.join(delimiter);
  }
  if (field.kind === "scalar") field.value = own.value;
  else become(field, own);
}
