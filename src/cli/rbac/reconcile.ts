import { clone, equal } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import type { PolicyRule, Role, RoleBinding, Subject } from "../../api/types/rbac.ts";
import { singleRules } from "../../printers/describe/policy-rules.ts";

/** What must be done to the stored object, and what it lacks or has too much. */
export interface Reconciled<T extends KubeObject = KubeObject> {
  operation: "none" | "create" | "update" | "recreate";
  object: T;
  /** The stored object asks to be left alone. */
  isProtected: boolean;
  missingRules: PolicyRule[];
  extraRules: PolicyRule[];
  missingSubjects: Subject[];
  extraSubjects: Subject[];
}

const NOTHING = { missingRules: [], extraRules: [], missingSubjects: [], extraSubjects: [] };

/** Models k8s.io/component-helpers auth/rbac/reconciliation/reconcile_role.go (computeReconciledRole). */
export function reconcileRole(existing: Role | undefined, expected: Role, removeExtra: boolean): Reconciled<Role> {
  const wanted = expected.rules ?? [];
  if (!existing) return { ...NOTHING, operation: "create", object: expected, isProtected: false, missingRules: wanted };
  const object = withMergedMetadata(existing, expected);
  const there = existing.rules ?? [];
  const bothAggregate = expected.aggregationRule && existing.aggregationRule;
  const extraRules = bothAggregate ? [] : uncovered(wanted, there);
  const missingRules = uncovered(there, wanted);
  if (!removeExtra && missingRules.length > 0) object.rules = [...there, ...missingRules];
  if (removeExtra && missingRules.length + extraRules.length > 0) object.rules = wanted;
  reconcileAggregation(object, existing, expected, removeExtra);
  return {
    ...NOTHING,
    operation: equal(object, existing) ? "none" : "update",
    object,
    isProtected: isProtected(existing),
    missingRules,
    extraRules,
  };
}

function reconcileAggregation(object: Role, existing: Role, expected: Role, removeExtra: boolean): void {
  if (!expected.aggregationRule) {
    delete object.aggregationRule;
    return;
  }
  const there = existing.aggregationRule?.clusterRoleSelectors ?? [];
  const wanted = expected.aggregationRule.clusterRoleSelectors ?? [];
  const missing = wanted.filter((selector) => !there.some((one) => equal(one, selector)));
  const extra = there.filter((selector) => !wanted.some((one) => equal(one, selector)));
  if (!removeExtra && missing.length > 0) object.aggregationRule = { clusterRoleSelectors: [...there, ...missing] };
  if (removeExtra && missing.length + extra.length > 0) object.aggregationRule = expected.aggregationRule;
}

/** Models reconcile_rolebindings.go (computeReconciledRoleBinding). */
export function reconcileBinding(
  existing: RoleBinding | undefined,
  expected: RoleBinding,
  removeExtra: boolean,
): Reconciled<RoleBinding> {
  const wanted = expected.subjects ?? [];
  if (!existing)
    return { ...NOTHING, operation: "create", object: expected, isProtected: false, missingSubjects: wanted };
  if (!equal(existing.roleRef, expected.roleRef))
    return { ...NOTHING, operation: "recreate", object: expected, isProtected: isProtected(existing) };
  const object = withMergedMetadata(existing, expected);
  const there = existing.subjects ?? [];
  const missingSubjects = without(wanted, there);
  const extraSubjects = without(there, wanted);
  if (!removeExtra && missingSubjects.length > 0) object.subjects = [...there, ...missingSubjects];
  if (removeExtra && missingSubjects.length + extraSubjects.length > 0) object.subjects = wanted;
  return {
    ...NOTHING,
    operation: equal(object, existing) ? "none" : "update",
    object,
    isProtected: isProtected(existing),
    missingSubjects,
    extraSubjects,
  };
}

function isProtected(object: KubeObject): boolean {
  return object.metadata.annotations?.["rbac.authorization.kubernetes.io/autoupdate"] === "false";
}

/** The stored annotations and labels win. */
function withMergedMetadata<T extends KubeObject>(existing: T, expected: T): T {
  const object = clone(existing);
  for (const field of ["annotations", "labels"] as const) {
    const merged = { ...expected.metadata[field], ...existing.metadata[field] };
    if (Object.keys(merged).length > 0) object.metadata[field] = merged;
  }
  return object;
}

function without(list: readonly Subject[], other: readonly Subject[]): Subject[] {
  const text = ({ kind, apiGroup = "", name, namespace = "" }: Subject) =>
    JSON.stringify([kind, apiGroup, name, namespace]);
  const known = new Set(other.map(text));
  return [...new Map(list.filter((one) => !known.has(text(one))).map((one) => [text(one), one])).values()];
}

/** The single rights that the owner's rules do not give. Models component-helpers auth/rbac/validation (Covers). */
function uncovered(owner: readonly PolicyRule[], servant: readonly PolicyRule[]): PolicyRule[] {
  return servant.flatMap(singleRules).filter((single) => !owner.some((rule) => covers(rule, single)));
}

function covers(rule: PolicyRule, single: PolicyRule): boolean {
  const has = (set: readonly string[] | undefined, one: string) =>
    (set ?? []).some((each) => each === "*" || each === one);
  const [name] = single.resourceNames ?? [];
  const named = !rule.resourceNames?.length || (name !== undefined && rule.resourceNames.includes(name));
  return (
    single.verbs.every((verb) => has(rule.verbs, verb)) &&
    (single.apiGroups ?? []).every((group) => has(rule.apiGroups, group)) &&
    (single.resources ?? []).every(
      (path) => has(rule.resources, path) || (path.includes("/") && has(rule.resources, path.replace(/^[^/]*/, "*"))),
    ) &&
    (single.nonResourceURLs ?? []).every((url) => (rule.nonResourceURLs ?? []).some((one) => urlCovers(one, url))) &&
    named
  );
}

function urlCovers(owner: string, url: string): boolean {
  return owner === url || (owner.endsWith("*") && url.startsWith(owner.replace(/\*+$/, "")));
}
