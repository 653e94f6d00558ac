import { compareStrings, getKey } from "../api/json.ts";
import { metadataOf } from "./ids.ts";
import { clearField, get, getOrCreate, setField } from "./yaml/fields.ts";
import { fieldOf, isEmpty, type Node, text } from "./yaml/node.ts";

const INTERNAL = "internal.config.kubernetes.io/";

/** What kustomize notes on resources while it builds, as annotations that it removes in the end. Models api/internal/utils. */
export const NOTES = {
  previousKinds: `${INTERNAL}previousKinds`,
  previousNames: `${INTERNAL}previousNames`,
  previousNamespaces: `${INTERNAL}previousNamespaces`,
  prefixes: `${INTERNAL}prefixes`,
  suffixes: `${INTERNAL}suffixes`,
  allowNameChange: `${INTERNAL}allowNameChange`,
  allowKindChange: `${INTERNAL}allowKindChange`,
  refBy: `${INTERNAL}refBy`,
  behavior: `${INTERNAL}generatorBehavior`,
  needsHash: `${INTERNAL}needsHashSuffix`,
} as const;

export const ORIGIN = "config.kubernetes.io/origin";
export const TRANSFORMATIONS = "alpha.config.kubernetes.io/transformations";
export const LOCAL_CONFIG = "config.kubernetes.io/local-config";

const LEGACY = ["config.kubernetes.io/index", "config.kubernetes.io/path", "config.k8s.io/id"];

/** All that is removed before the output. Models resource.BuildAnnotations. */
export const BUILD_ANNOTATIONS: readonly string[] = [
  ...Object.values(NOTES),
  ...["path", "index", "seqindent", "id", "annotations-migration-resource-id"].map((name) => INTERNAL + name),
  ...LEGACY,
  `${INTERNAL}helm-generated`,
];

export type MapName = "labels" | "annotations";

/** Labels or annotations, by key. Models RNode.getMapFromMeta. */
export function metadataMap(node: Node, name: MapName): Map<string, string> {
  const map = fieldOf(metadataOf(node), name);
  const found = new Map<string, string>();
  const content = map?.content ?? [];
  for (let i = 0; i + 1 < content.length; i += 2) found.set(content[i]!.value, content[i + 1]!.value);
  return found;
}

/** Replaces labels or annotations; an empty map removes the field. Models RNode.setMapInMetadata. */
export function setMetadataMap(node: Node, name: MapName, map: ReadonlyMap<string, string>): void {
  const metadata = getOrCreate(node, "metadata", "map");
  clearField(metadata, name);
  if (map.size === 0) return;
  const field = getOrCreate(metadata, name, "map");
  for (const key of [...map.keys()].sort(compareStrings)) setField(field, key, text(map.get(key)!));
}

/** Models kyaml SetAnnotation and SetLabel, which quote the value. */
export function setMetadataEntry(node: Node, name: MapName, key: string, value: string): void {
  if (name === "annotations") {
    clearField(get(node, "metadata"), "annotations", true);
    clearField(node, "metadata", true);
  }
  const map = getOrCreate(getOrCreate(node, "metadata", "map"), name, "map");
  setField(map, key, { ...text(value), style: "single" });
}

/** The annotations that are kustomize's own. Models kioutil.GetInternalAnnotations. */
export function internalAnnotations(node: Node): [string, string][] {
  return [...metadataMap(node, "annotations")].filter(([key]) => key.startsWith(INTERNAL) || LEGACY.includes(key));
}

export function isAnnotated(node: Node, key: string): boolean {
  return !isEmpty(fieldOf(fieldOf(metadataOf(node), "annotations"), key));
}

/** What of a map from outside is a text, by key. */
export function textMap(map: Readonly<Record<string, string>> | undefined): Map<string, string> {
  return new Map(Object.keys(map ?? {}).map((key) => [key, getKey(map!, key) ?? ""]));
}
