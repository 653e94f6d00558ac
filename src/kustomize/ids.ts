import { isClusterScoped } from "./schema/scopes.ts";
import { fieldOf, isEmpty, type Node } from "./yaml/node.ts";

/** What a resource or a selector is about; "" for what is not said. Models kyaml resid.Gvk. */
export interface Gvk {
  group: string;
  version: string;
  kind: string;
}

/** Models kyaml resid.ResId. */
export interface ResId extends Gvk {
  name: string;
  namespace: string;
}

export const NO_GVK: Gvk = { group: "", version: "", kind: "" };

/** Models resid.ParseGroupVersion: what stands behind the first slash is the version. */
export function parseApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf("/");
  if (slash < 0) return { group: "", version: apiVersion };
  return { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

export function apiVersionOf({ group, version }: Gvk): string {
  return group ? `${group}/${version}` : version;
}

export function kindOf(node: Node): string {
  return fieldOf(node, "kind")?.value ?? "";
}

export function gvkOf(node: Node): Gvk {
  return { ...parseApiVersion(fieldOf(node, "apiVersion")?.value ?? ""), kind: kindOf(node) };
}

/** The metadata, undefined where there is none or an empty one. */
export function metadataOf(node: Node): Node | undefined {
  const metadata = fieldOf(node, "metadata");
  return isEmpty(metadata) ? undefined : metadata;
}

function metadataText(node: Node, name: string): string {
  const value = fieldOf(metadataOf(node), name);
  return isEmpty(value) ? "" : value!.value;
}

export function nameOf(node: Node): string {
  return metadataText(node, "name");
}

export function namespaceOf(node: Node): string {
  return metadataText(node, "namespace");
}

/** Models Resource.CurId. */
export function idOf(node: Node): ResId {
  return { ...gvkOf(node), name: nameOf(node), namespace: namespaceOf(node) };
}

export function gvkEquals(a: Gvk, b: Gvk): boolean {
  return a.group === b.group && a.version === b.version && a.kind === b.kind;
}

/** Whether what the selector says is so. Models Gvk.IsSelected. */
export function isSelected(gvk: Gvk, selector: Gvk): boolean {
  return (
    (selector.group === "" || selector.group === gvk.group) &&
    (selector.version === "" || selector.version === gvk.version) &&
    (selector.kind === "" || selector.kind === gvk.kind)
  );
}

/** `Deployment.v1.apps`, with `[noGrp]` and the like for what is not there. Models Gvk.String. */
export function gvkText({ group, version, kind }: Gvk): string {
  return `${kind || "[noKind]"}.${version || "[noVer]"}.${group || "[noGrp]"}`;
}

/** `Deployment.v1.apps/web.[noNs]`. Models ResId.String. */
export function idText(id: ResId): string {
  return `${gvkText(id)}/${id.name || "[noName]"}.${id.namespace || "[noNs]"}`;
}

/** As Go's `%#v` prints a ResId. */
export function idSyntax(id: ResId): string {
  const { group, version, kind, name, namespace } = id;
  const quote = JSON.stringify;
  const gvk = `Group:${quote(group)}, Version:${quote(version)}, Kind:${quote(kind)}, isClusterScoped:${isClusterScoped(id)}`;
  return `resid.ResId{Gvk:resid.Gvk{${gvk}}, Name:${quote(name)}, Namespace:${quote(namespace)}}`;
}

const CLUSTER = "_non_namespaceable_";

/** `default` for none, and a name that no namespace has for what is in none. Models ResId.EffectiveNamespace. */
export function effectiveNamespace(id: ResId): string {
  if (isClusterScoped(id)) return CLUSTER;
  return id.namespace === "" ? "default" : id.namespace;
}

export function inCluster(id: ResId): boolean {
  return effectiveNamespace(id) === CLUSTER;
}

export function sameNamespace(a: ResId, b: ResId): boolean {
  return effectiveNamespace(a) === effectiveNamespace(b);
}

/** Models ResId.GvknEquals. */
export function sameGvkAndName(a: ResId, b: ResId): boolean {
  return a.name === b.name && gvkEquals(a, b);
}

/** Models ResId.Equals. */
export function sameId(a: ResId, b: ResId): boolean {
  return sameNamespace(a, b) && sameGvkAndName(a, b);
}

/** Models ResId.IsSelectedBy. */
export function isSelectedBy(id: ResId, selector: ResId): boolean {
  return (
    (selector.name === "" || selector.name === id.name) &&
    (selector.namespace === "" || sameNamespace(selector, id)) &&
    isSelected(id, selector)
  );
}
