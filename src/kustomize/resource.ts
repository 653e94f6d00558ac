import {
  BUILD_ANNOTATIONS,
  metadataMap,
  NOTES,
  type ORIGIN,
  setMetadataEntry,
  setMetadataMap,
  type TRANSFORMATIONS,
} from "./annotations.ts";
import {
  effectiveNamespace,
  type Gvk,
  gvkOf,
  idOf,
  kindOf,
  nameOf,
  namespaceOf,
  parseApiVersion,
  type ResId,
} from "./ids.ts";
import { KustomizeError } from "./problem.ts";
import { clearField, get, getOrCreate, setField, setText } from "./yaml/fields.ts";
import { copyNode, fieldNames, fieldOf, isEmpty, makeNode, type Node, text, textOf } from "./yaml/node.ts";

export type Behavior = "replace" | "merge" | "create" | "unspecified";

/** An object on its way through the kustomizations. Models api/resource Resource. */
export class Resource {
  node: Node;
  /** The vars that take their value from it. */
  varNames: string[] = [];

  constructor(node: Node) {
    this.node = node;
  }

  get isEmpty(): boolean {
    return isEmpty(this.node);
  }

  copy(): Resource {
    const copy = new Resource(copyNode(this.node));
    copy.varNames = [...this.varNames];
    return copy;
  }

  get gvk(): Gvk {
    return gvkOf(this.node);
  }

  get kind(): string {
    return kindOf(this.node);
  }

  get name(): string {
    return nameOf(this.node);
  }

  get namespace(): string {
    return namespaceOf(this.node);
  }

  setKind(kind: string): void {
    setText(this.node, "kind", kind);
  }

  setName(name: string): void {
    setText(getOrCreate(this.node, "metadata", "map"), "name", name);
  }

  setNamespace(namespace: string): void {
    if (namespace === "") clearField(get(this.node, "metadata"), "namespace");
    else setText(getOrCreate(this.node, "metadata", "map"), "namespace", namespace);
  }

  get annotations(): Map<string, string> {
    return metadataMap(this.node, "annotations");
  }

  set annotations(map: ReadonlyMap<string, string>) {
    setMetadataMap(this.node, "annotations", map);
  }

  get labels(): Map<string, string> {
    return metadataMap(this.node, "labels");
  }

  set labels(map: ReadonlyMap<string, string>) {
    setMetadataMap(this.node, "labels", map);
  }

  /** What it is called now. Models CurId. */
  get id(): ResId {
    return idOf(this.node);
  }

  /** What it was called before, the oldest first. Models PrevIds. */
  get previousIds(): ResId[] {
    return previousIds(this.node);
  }

  /** What it was called in its file. Models OrgId. */
  get originalId(): ResId {
    return this.previousIds[0] ?? this.id;
  }

  /** Before a name, namespace or kind changes. */
  storePreviousId(): void {
    const { id } = this;
    this.appendNote(NOTES.previousNames, id.name);
    this.appendNote(NOTES.previousNamespaces, effectiveNamespace(id));
    this.appendNote(NOTES.previousKinds, id.kind);
  }

  notes(key: string): string[] {
    const value = this.annotations.get(key);
    return value === undefined ? [] : value.split(",");
  }

  /** Models appendCsvAnnotation. */
  appendNote(key: string, value: string): void {
    if (value !== "") setMetadataEntry(this.node, "annotations", key, [...this.notes(key), value].join(","));
  }

  isEnabled(key: string): boolean {
    return this.annotations.get(key) === "enabled";
  }

  enable(key: string): void {
    this.annotations = this.annotations.set(key, "enabled");
  }

  get behavior(): Behavior {
    const behavior = this.annotations.get(NOTES.behavior);
    return behavior === "replace" || behavior === "merge" || behavior === "create" ? behavior : "unspecified";
  }

  set behavior(behavior: Behavior) {
    this.annotations = this.annotations.set(NOTES.behavior, behavior);
  }

  removeBuildAnnotations(): void {
    const { annotations } = this;
    if (annotations.size === 0) return;
    for (const key of BUILD_ANNOTATIONS) annotations.delete(key);
    this.annotations = annotations;
  }

  removeAnnotation(key: typeof ORIGIN | typeof TRANSFORMATIONS): void {
    const { annotations } = this;
    annotations.delete(key);
    this.annotations = annotations;
  }

  /** Models CopyMergeMetaDataFieldsFrom: what both have is this one's, kustomize's notes are the other's. */
  mergeMetadataFrom(other: Resource): void {
    this.labels = new Map([...other.labels, ...this.labels]);
    const own = this.annotations;
    const theirs = other.annotations;
    const merged = new Map([...theirs, ...own]);
    for (const key of BUILD_ANNOTATIONS) {
      const value = theirs.get(key);
      if (value === undefined) merged.delete(key);
      else merged.set(key, value);
    }
    if (!own.has(NOTES.needsHash)) merged.delete(NOTES.needsHash);
    this.annotations = merged;
    this.setName(other.name);
    this.setNamespace(other.namespace);
    this.varNames = [...other.varNames];
  }

  /** The entries of `data` or `binaryData` of both; this one's win. Models MergeDataMapFrom. */
  mergeDataFrom(other: Resource, field: "data" | "binaryData"): void {
    const merged = new Map([...dataOf(other.node, field), ...dataOf(this.node, field)]);
    clearField(this.node, field);
    loadData(this.node, merged, field);
  }

  /** Models PrefixesSuffixesEquals. */
  sharesPrefixes(other: Resource, allowEmpty: boolean): boolean {
    return [NOTES.prefixes, NOTES.suffixes].every((key) => {
      const [a, b] = [this.notes(key), other.notes(key)];
      return (allowEmpty && (a.length === 0 || b.length === 0)) || sameEnding(a, b);
    });
  }
}

export function previousIds(node: Node): ResId[] {
  const annotations = metadataMap(node, "annotations");
  if (!annotations.has(NOTES.previousNames)) return [];
  const parts = (key: string) => (annotations.get(key) ?? "").split(",");
  const names = parts(NOTES.previousNames);
  const namespaces = parts(NOTES.previousNamespaces);
  const kinds = parts(NOTES.previousKinds);
  if (names.length !== namespaces.length || names.length !== kinds.length)
    throw new KustomizeError(
      "number of previous names, number of previous namespaces, number of previous kinds not equal",
    );
  const { group, version } = parseApiVersion(fieldOf(node, "apiVersion")?.value ?? "");
  return names.map((name, i) => ({ group, version, kind: kinds[i]!, name, namespace: namespaces[i]! }));
}

function sameEnding(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length > b.length ? [b, a] : [a, b];
  if (short.length === 0) return long.length === 0;
  return short.every((part, i) => long[long.length - short.length + i] === part);
}

function dataOf(node: Node, field: string): [string, string][] {
  const map = get(node, field);
  return fieldNames(map).map((name) => [name, textOf(fieldOf(map, name))]);
}

/** Models LoadMapIntoConfigMapData and LoadMapIntoConfigMapBinaryData for texts. */
export function loadData(node: Node, entries: ReadonlyMap<string, string>, field: "data" | "binaryData"): void {
  for (const key of [...entries.keys()].sort(compareKeys))
    setField(getOrCreate(node, field, "map"), key, text(entries.get(key)!));
}

function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What is left of a resource that a patch has deleted. */
export function deleted(): Node {
  return makeNode("none");
}
