import { compareStrings } from "../api/json.ts";
import { NOTES } from "./annotations.ts";
import { applyFieldSpec, type FieldSpec, type SpecAction } from "./field-spec.ts";
import { gvkText, isSelected, kindOf, sameId } from "./ids.ts";
import { KustomizeError, prefixed, within } from "./problem.ts";
import { goList, type ResMap } from "./res-map.ts";
import type { Resource } from "./resource.ts";
import { isClusterScoped } from "./schema/scopes.ts";
import { get, getOrCreate, requireKind, setField, setScalar } from "./yaml/fields.ts";
import { fieldOf, isMissingOrNull, makeNode, type Node, scalar } from "./yaml/node.ts";

/** What changes resources; it may remove some, and make their ids collide, which is a KustomizeError. */
export type Transformer = (map: ResMap) => void;

function applySpecs(node: Node, specs: readonly FieldSpec[], action: SpecAction): void {
  for (const spec of specs) applyFieldSpec(node, spec, action);
}

/** Sets entries of maps, made where a spec says so. Models api/filters/labels and annotations. */
export function entryTransformer(entries: ReadonlyMap<string, string>, specs: readonly FieldSpec[]): Transformer {
  const keys = [...entries.keys()].sort(compareStrings);
  return (map) => {
    if (keys.length === 0) return;
    for (const { node } of map.list)
      for (const key of keys) {
        // One node for all the places, as kustomize has it: a later change of one of them changes all.
        const value = makeNode("scalar", "!!str", entries.get(key)!);
        applySpecs(node, specs, { set: (at) => void setField(at, key, value), kind: "map", tag: "!!map" });
      }
    map.dropEmpty();
  };
}

/** Prefixes and suffixes do not reach what is called by its kind or group. */
const KEEPS_NAME = [
  { group: "", version: "", kind: "CustomResourceDefinition" },
  { group: "apiregistration.k8s.io", version: "", kind: "APIService" },
  { group: "", version: "", kind: "Namespace" },
];

/** Models PrefixTransformer and SuffixTransformer. */
export function affixTransformer(part: { prefix?: string; suffix?: string }, specs: readonly FieldSpec[]): Transformer {
  const { prefix = "", suffix = "" } = part;
  const note = part.prefix === undefined ? NOTES.suffixes : NOTES.prefixes;
  return (map) => {
    for (const resource of map.list) {
      const id = resource.originalId;
      if (KEEPS_NAME.some((kind) => isSelected(id, kind))) continue;
      for (const spec of specs.filter((candidate) => isSelected(id, candidate))) {
        if (spec.path === "metadata/name") {
          resource.appendNote(note, prefix + suffix);
          if (prefix + suffix !== "") resource.storePreviousId();
        }
        applyFieldSpec(resource.node, spec, {
          set: (at) => setScalar(at, scalar(prefix + at.value + suffix)),
          kind: "scalar",
          tag: "!!str",
        });
      }
    }
  };
}

export type SubjectMode = "defaultOnly" | "allServiceAccounts" | "none";

export interface NamespaceOptions {
  unsetOnly?: boolean;
  subjects?: SubjectMode;
}

/** Models NamespaceTransformer and api/filters/namespace. */
export function namespaceTransformer(
  namespace: string,
  specs: readonly FieldSpec[],
  { unsetOnly = false, subjects = "defaultOnly" }: NamespaceOptions = {},
): Transformer {
  const set = (at: Node) => {
    if (!unsetOnly || at.value === "") setScalar(at, makeNode("scalar", "!!str", namespace));
  };
  return (map) => {
    if (namespace === "") return;
    for (const resource of [...map.list]) {
      if (resource.isEmpty) continue;
      resource.storePreviousId();
      setNamespaces(resource, specs, set, subjects);
      const { id } = resource;
      const matches = map.list.filter((other) => sameId(id, other.id));
      if (matches.length !== 1)
        throw new KustomizeError(`namespace transformation produces ID conflict: ${goList(matches)}`);
    }
  };
}

const OWN_NAMESPACE: FieldSpec = { group: "", version: "", kind: "", path: "metadata/namespace", create: true };

function setNamespaces(
  { node, id }: Resource,
  specs: readonly FieldSpec[],
  set: (at: Node) => void,
  mode: SubjectMode,
): void {
  const apiVersion = fieldOf(node, "apiVersion")?.value;
  const isBinding = /^(?:Cluster)?RoleBinding$/.test(kindOf(node));
  const used = specs.filter(
    ({ path, kind }) =>
      path !== "metadata/namespace" &&
      (apiVersion === "v1" || path !== "metadata/name") &&
      !(isBinding && path === "subjects/namespace" && /^(?:Cluster)?RoleBinding$/.test(kind)),
  );
  if (!isClusterScoped(id)) applyFieldSpec(node, OWN_NAMESPACE, { set, kind: "scalar" });
  if (isBinding) setSubjects(node, set, mode);
  try {
    applySpecs(node, used, { set, kind: "scalar", tag: "!!str" });
  } catch (error) {
    const wrong = error instanceof KustomizeError && error.kind === "wrong-kind";
    throw prefixed(error, wrong ? "namespace field specs must target scalar nodes" : "namespace transformation failed");
  }
}

/** Models roleBindingHack. */
function setSubjects(node: Node, set: (at: Node) => void, mode: SubjectMode): void {
  const subjects = get(node, "subjects");
  if (mode === "none" || isMissingOrNull(subjects)) return;
  within("setting namespace on (cluster)role binding subjects", () => {
    requireKind(subjects, "list");
    for (const subject of (subjects as Node).content) {
      const [field, value] = mode === "defaultOnly" ? ["name", "default"] : ["kind", "ServiceAccount"];
      if (get(subject, field!)?.value === value) set(getOrCreate(subject, "namespace", "scalar"));
    }
  });
}

/** Models ReplicaCountTransformer. */
export function replicaTransformer(name: string, count: number, specs: readonly FieldSpec[]): Transformer {
  return (map) => {
    let found = false;
    for (const spec of specs)
      for (const resource of map.byAnyId((id) => id.name === name && isSelected(id, spec))) {
        found = true;
        applyFieldSpec(resource.node, spec, {
          set: (at) => setScalar(at, makeNode("scalar", "!!int", String(count))),
          kind: "scalar",
          tag: "!!int",
        });
      }
    if (!found)
      throw new KustomizeError(
        `resource with name ${name} does not match a config with the following GVK [${specs.map(gvkText).join(" ")}]`,
      );
  };
}
