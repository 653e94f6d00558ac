import { emitJson } from "../api/encoding/json-emit.ts";
import { isObject } from "../api/json.ts";
import { metadataMap } from "./annotations.ts";
import { KustomizeError } from "./problem.ts";
import { Resource } from "./resource.ts";
import { toJson } from "./yaml/json.ts";
import { fieldOf, isEmpty, isMissingOrNull, type Node, textOf } from "./yaml/node.ts";
import { readNodes } from "./yaml/read.ts";

/**
 * The objects of a text, lists of them replaced by their items. Throws KustomizeError for what is no YAML and for what has no kind or name. Models
 * resource.Factory.SliceFromBytes.
 */
export function readResources(text: string): Resource[] {
  const queue = checked(readNodes(text));
  const result: Resource[] = [];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    const items = itemsOf(node);
    if (items === undefined) result.push(new Resource(node));
    else queue.push(...items);
  }
  return result;
}

/** Models dropBadNodes. */
function checked(nodes: readonly Node[]): Node[] {
  const good = nodes.filter((node) => !isEmpty(node));
  for (const node of good) checkMetadata(node);
  return good;
}

/** Throws KustomizeError unless it has a kind and a name. Models GetValidatedMetadata. */
export function checkMetadata(node: Node): void {
  const text = (name: string) => (isEmpty(fieldOf(node, name)) ? "" : textOf(fieldOf(node, name)));
  const [apiVersion, kind] = [text("apiVersion"), text("kind")];
  const metadata = fieldOf(node, "metadata");
  const part = (name: string) => (isEmpty(fieldOf(metadata, name)) ? "" : fieldOf(metadata, name)!.value);
  const nothing = isMissingOrNull(metadata) || isEmpty(metadata);
  const noNames =
    nothing || ["name", "namespace", "labels", "annotations"].every((name) => isEmpty(fieldOf(metadata, name)));
  const present = ["apiVersion", "kind"].some((name) => !isEmpty(fieldOf(node, name)));
  if (!present && noNames) throw new KustomizeError("missing Resource metadata");
  const shown = () => {
    const maps = (["labels", "annotations"] as const).map((name) =>
      goMap(nothing ? new Map() : metadataMap(node, name)),
    );
    return `{{${apiVersion} ${kind}} {{${part("name")} ${part("namespace")}} ${maps.join(" ")}}}`;
  };
  if (kind === "") throw new KustomizeError(`missing kind in object ${shown()}`);
  if (!kind.endsWith("List") && part("name") === "")
    throw new KustomizeError(`missing metadata.name in object ${shown()}`);
}

function goMap(map: ReadonlyMap<string, string>): string {
  const keys = [...map.keys()].sort();
  return `map[${keys.map((key) => `${key}:${map.get(key)}`).join(" ")}]`;
}

/** Models inlineAnyEmbeddedLists; undefined for what is no list. */
function itemsOf(node: Node): Node[] | undefined {
  const kind = fieldOf(node, "kind")?.value ?? "";
  if (!kind.endsWith("List")) return undefined;
  const object = toJson(node);
  const items = isObject(object) && Object.hasOwn(object, "items") ? object.items : undefined;
  if (items === undefined) return undefined;
  if (items === null) return [];
  if (!Array.isArray(items)) throw new KustomizeError(`expected array in ${kind}/items, but found ${goTypeOf(items)}`);
  return items.flatMap((item) => checked(readNodes(emitJson(item))));
}

function goTypeOf(value: unknown): string {
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float64";
  return "map[string]interface {}";
}
