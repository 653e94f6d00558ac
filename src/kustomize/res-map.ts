import { goQuote } from "../api/encoding/go-quote.ts";
import { emitJson } from "../api/encoding/json-emit.ts";
import { NOTES, ORIGIN } from "./annotations.ts";
import { effectiveNamespace, gvkOf, idSyntax, idText, inCluster, namespaceOf, type ResId, sameId } from "./ids.ts";
import { mergePatch } from "./merge/walk.ts";
import { KustomizeError } from "./problem.ts";
import { deleted, type Resource } from "./resource.ts";
import type { SchemaSource } from "./schema/schema.ts";
import { matchesLabels, Selector } from "./selector.ts";
import type { SelectorArgs } from "./types.ts";
import { setText } from "./yaml/fields.ts";
import { toJson } from "./yaml/json.ts";
import { fieldOf, isText } from "./yaml/node.ts";

/** Resources in the order in which they were read, no two of the same id. Models api/resmap. */
export class ResMap {
  list: Resource[] = [];

  static of(resources: readonly Resource[]): ResMap {
    const map = new ResMap();
    for (const resource of resources) map.append(resource);
    return map;
  }

  /** Throws KustomizeError for an id that is there. */
  append(resource: Resource): void {
    const { id } = resource;
    if (this.list.some((other) => sameId(id, other.id)))
      throw new KustomizeError(`may not add resource with an already registered id: ${idText(id)}`);
    this.list.push(resource);
  }

  appendAll(other: ResMap): void {
    for (const resource of other.list) this.append(resource);
  }

  dropEmpty(): void {
    this.list = this.list.filter((resource) => !resource.isEmpty);
  }

  remove(id: ResId): void {
    this.list = this.list.filter((resource) => idText(resource.id) !== idText(id));
  }

  /** Those that have, or have had, an id that matches. */
  byAnyId(matches: (id: ResId) => boolean): Resource[] {
    return this.list.filter((resource) => !resource.isEmpty && [...resource.previousIds, resource.id].some(matches));
  }

  /** The one that a patch is for. Throws KustomizeError. Models GetById. */
  byId(id: ResId): Resource {
    const found = this.byAnyId((other) => sameId(id, other));
    if (found.length === 1) return found[0]!;
    const what = found.length > 1 ? "multiple" : "no";
    throw new KustomizeError(
      `${what} matches for Id ${idText(id)}; failed to find unique target for patch ${idText(id)}`,
    );
  }

  /** Models Select: names and namespaces may match as they were or as they are. */
  select(args: SelectorArgs): Resource[] {
    const selector = new Selector(args);
    return this.list.filter((resource) => {
      const { id, originalId } = resource;
      return (
        (selector.matchesNamespace(effectiveNamespace(originalId)) ||
          selector.matchesNamespace(effectiveNamespace(id))) &&
        (selector.matchesName(originalId.name) || selector.matchesName(id.name)) &&
        selector.matchesGvk(resource.gvk) &&
        matchesLabels(resource, args)
      );
    });
  }

  /** Adds what a generator has made, or puts it in the place of what is there. Models AbsorbAll. */
  absorb(other: ResMap): void {
    for (const resource of other.list) this.absorbOne(resource);
  }

  private absorbOne(resource: Resource): void {
    const { id, behavior } = resource;
    const matches = this.byAnyId((other) => sameId(id, other));
    const replaces = behavior === "merge" || behavior === "replace";
    if (matches.length === 0) {
      if (replaces) throw new KustomizeError(`id ${idSyntax(id)} does not exist; cannot merge or replace`);
      this.append(resource);
      return;
    }
    if (matches.length > 1)
      throw new KustomizeError(`found multiple objects ${goList(matches)} that could accept merge of ${idText(id)}`);
    if (!replaces)
      throw new KustomizeError(
        `id ${idSyntax(id)} exists; can not use behavior: '${behavior}', behavior must be merge or replace`,
      );
    this.replace(matches[0]!, resource, behavior);
  }

  private replace(old: Resource, resource: Resource, behavior: "merge" | "replace"): void {
    const origin = old.annotations.get(ORIGIN);
    resource.mergeMetadataFrom(old);
    if (behavior === "merge") {
      resource.mergeDataFrom(old, "data");
      resource.mergeDataFrom(old, "binaryData");
      if (origin !== undefined) resource.annotations = resource.annotations.set(ORIGIN, origin);
    }
    this.list[this.list.indexOf(old)] = resource;
  }

  /** Applies a strategic merge patch to some. Throws KustomizeError when ids collide then. Models ApplySmPatch. */
  applyPatch(selected: readonly Resource[], patch: Resource, schemas: SchemaSource): void {
    const ids = selected.map((resource) => resource.id);
    const kept: Resource[] = [];
    for (const resource of this.list) {
      const { id } = resource;
      if (ids.some((other) => idText(other) === idText(id))) {
        const own = patch.copy();
        own.mergeMetadataFrom(patch);
        const { kind } = patch;
        const { group, version } = gvkOf(resource.node);
        own.setKind(resource.kind);
        setText(own.node, "apiVersion", group ? `${group}/${version}` : version);
        own.setKind(kind);
        patchResource(resource, own, schemas);
      }
      if (!resource.isEmpty) kept.push(resource);
    }
    this.list = [];
    for (const resource of kept) this.append(resource);
  }

  /** What a resource may refer to: what is in its namespace or in none, and what a RoleBinding names. Models SubsetThatCouldBeReferencedByResource. */
  referableBy(referrer: Resource): ResMap {
    const { id } = referrer;
    if (inCluster(id)) return this;
    const namespaces = subjectNamespaces(referrer);
    const map = new ResMap();
    map.list = this.list.filter(
      (target) =>
        inCluster(target.id) ||
        effectiveNamespace(target.id) === effectiveNamespace(id) ||
        namespaces.has(namespaceOf(target.node)),
    );
    return map;
  }
}

/** Models Resource.ApplySmPatch: what says what it is stays, unless the patch was allowed to change it. */
export function patchResource(resource: Resource, patch: Resource, schemas: SchemaSource): void {
  const { name, namespace, kind } = resource;
  const changesName = patch.isEnabled(NOTES.allowNameChange);
  const changesKind = patch.isEnabled(NOTES.allowKindChange);
  if (changesName || changesKind) resource.storePreviousId();
  if (mergePatch(resource.node, patch.node, schemas) === undefined) resource.node = deleted();
  if (resource.isEmpty) return;
  if (!changesKind) resource.setKind(kind);
  if (!changesName) resource.setName(name);
  resource.setNamespace(namespace);
}

function subjectNamespaces(referrer: Resource): Set<string> {
  const found = new Set<string>();
  if (referrer.kind !== "RoleBinding") return found;
  const subjects = fieldOf(referrer.node, "subjects");
  for (const subject of subjects?.kind === "list" ? subjects.content : []) {
    const namespace = fieldOf(subject, "namespace");
    if (namespace === undefined || fieldOf(subject, "kind")?.value !== "ServiceAccount") continue;
    if (!isText(namespace))
      throw new KustomizeError(`Invalid Input: namespace is blank for resource ${goQuote(idText(referrer.id))}\n`);
    found.add(namespace.value);
  }
  return found;
}

/** Resources as Go prints a list of them. */
export function goList(resources: readonly Resource[]): string {
  return `[${resources.map((resource) => emitJson(toJson(resource.node))).join(" ")}]`;
}
