import { emitYaml } from "../api/encoding/yaml-emit.ts";
import { NOTES } from "./annotations.ts";
import type { NameReference } from "./config/transformer-config.ts";
import { applyFieldSpec, type FieldSpec } from "./field-spec.ts";
import { effectiveNamespace, type Gvk, idText, inCluster, isSelected, NO_GVK, sameNamespace } from "./ids.ts";
import { KustomizeError, within } from "./problem.ts";
import type { ResMap } from "./res-map.ts";
import type { Resource } from "./resource.ts";
import { get, setScalar, setText } from "./yaml/fields.ts";
import { toJson } from "./yaml/json.ts";
import { fieldOf, isMissingOrNull, type Node, scalar } from "./yaml/node.ts";

/**
 * Puts the new names of objects in the fields of others that hold their old ones. Throws KustomizeError where it could be one of several. Models
 * nameReferenceTransformer and api/filters/nameref.
 */
export function fixNameReferences(map: ResMap, references: readonly NameReference[]): void {
  const originalIds = new Map(map.list.map((resource) => [resource, resource.originalId]));
  for (const referrer of map.list) {
    const id = originalIds.get(referrer)!;
    const candidates = map.referableBy(referrer);
    for (const target of references)
      for (const spec of target.fieldSpecs)
        if (isSelected(id, spec)) new Fixer(referrer, target, spec, candidates).run();
  }
}

class Fixer {
  private readonly referrer: Resource;
  private readonly target: Gvk;
  private readonly spec: FieldSpec;
  private readonly candidates: ResMap;

  constructor(referrer: Resource, target: Gvk, spec: FieldSpec, candidates: ResMap) {
    this.referrer = referrer;
    this.target = target;
    this.spec = { ...spec, ...referrer.gvk };
    this.candidates = candidates;
  }

  run(): void {
    within(`updating name reference in '${this.spec.path}' field of '${idText(this.referrer.id)}'`, () =>
      applyFieldSpec(this.referrer.node, this.spec, { set: (at) => this.set(at) }),
    );
  }

  private set(at: Node): void {
    if (isMissingOrNull(at)) return;
    if (at.kind === "list") {
      for (const item of at.content) {
        if (isMissingOrNull(item)) continue;
        if (item.kind === "list")
          throw new KustomizeError("a list is expected to be either a string or a map of string");
        this.setOne(item);
      }
    } else this.setOne(at);
  }

  private setOne(at: Node): void {
    if (at.kind === "scalar") this.setScalar(at);
    else this.setMap(at);
  }

  private setScalar(at: Node): void {
    const referral = this.select(at.value, this.candidates.list, false);
    if (referral === undefined) return;
    this.note(referral);
    if (referral.name !== at.value) setScalar(at, scalar(referral.name));
  }

  /** A map with a name, and perhaps a namespace. */
  private setMap(at: Node): void {
    const name = get(at, "name");
    if (name === undefined) throw new KustomizeError("path config error; no 'name' field in node");
    const referral = this.select(name.value, this.inNamespaceOf(at), true);
    if (referral === undefined) return;
    this.note(referral);
    if (referral.name === name.value && referral.namespace === "") return;
    setText(at, "name", referral.name);
    if (referral.namespace !== "") setText(at, "namespace", referral.namespace);
  }

  private inNamespaceOf(at: Node): Resource[] {
    const namespace = get(at, "namespace")?.value;
    const { list } = this.candidates;
    if (namespace === undefined) return list;
    const before = list.filter(
      ({ originalId }) => !inCluster(originalId) && effectiveNamespace(originalId) === namespace,
    );
    if (before.length > 0) return before;
    return list.filter(({ id }) => !inCluster(id) && effectiveNamespace(id) === namespace);
  }

  private note(referral: Resource): void {
    referral.appendNote(NOTES.refBy, idText(this.referrer.id));
  }

  /** Models selectReferral. */
  private select(oldName: string, from: readonly Resource[], withNamespace: boolean): Resource | undefined {
    const roleRef = this.roleRef();
    const own = this.referrer.id;
    let found = from.filter((candidate) => {
      const ids = candidate.previousIds;
      return (
        ids.some((id) => id.name === oldName) &&
        ids.some((id) => isSelected(id, this.target)) &&
        (roleRef === undefined || ids.some((id) => isSelected(id, roleRef))) &&
        (inCluster(own) ||
          inCluster(candidate.id) ||
          candidate.kind === "ServiceAccount" ||
          sameNamespace(own, candidate.id))
      );
    });
    if (found.length === 1) return found[0];
    found = found.filter((candidate) => candidate.sharesPrefixes(this.referrer, true));
    if (found.length > 1) found = found.filter((candidate) => candidate.sharesPrefixes(this.referrer, false));
    const [first] = found;
    if (first === undefined || found.length === 1) return first;
    const alike = (other: Resource) =>
      other.name === first.name && (!withNamespace || other.namespace === first.namespace);
    if (found.every(alike)) return first;
    throw this.tooMany(found);
  }

  /** What kind of role a binding is to. */
  private roleRef(): Gvk | undefined {
    if (!this.spec.path.endsWith("roleRef/name")) return undefined;
    const roleRef = fieldOf(this.referrer.node, "roleRef");
    const [group, kind] = [fieldOf(roleRef, "apiGroup"), fieldOf(roleRef, "kind")];
    return group && kind ? { ...NO_GVK, group: group.value, kind: kind.value } : undefined;
  }

  private tooMany(found: readonly Resource[]): KustomizeError {
    const ids = found.map(({ id }) => idText(id)).join(", ");
    const yaml = (resource: Resource) => emitYaml(toJson(resource.node));
    const list = found.map((resource, i) => `--- possible referral ${i}:\n${yaml(resource)}\n`).join("");
    return new KustomizeError(
      `found multiple possible referrals: ${ids}\n\n**** Too many possible referral targets to referrer:\n${yaml(this.referrer)}\n${list}`,
    );
  }
}
