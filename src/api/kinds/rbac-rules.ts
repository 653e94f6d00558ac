import { trySelector } from "../meta/label-selector.ts";
import { invalidEach, labelSelectorErrors } from "../meta/object-meta.ts";
import { nameIsDnsSubdomain, nameIsPathSegment } from "../meta/value-rules.ts";
import type { KubeObject, LabelSelector } from "../object.ts";
import { type FieldError, field } from "../status.ts";
import type { KindBehaviour } from "./kind.ts";

// What roles and bindings of both scopes share. Models kubernetes pkg/apis/rbac/validation/validation.go and v1/defaults.go.

const GROUP = "rbac.authorization.k8s.io";

interface PolicyRule {
  verbs?: string[];
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
}

export interface Role extends KubeObject {
  rules?: PolicyRule[] | null;
  aggregationRule?: { clusterRoleSelectors?: LabelSelector[] };
}

interface Subject {
  kind?: string;
  name?: string;
  apiGroup?: string;
  namespace?: string;
}

export interface Binding extends KubeObject {
  roleRef: { apiGroup?: string; kind?: string; name?: string };
  subjects?: Subject[];
}

/** Models ValidateRole and ValidateClusterRole. */
export function roleErrors(role: Role, namespaced: boolean): FieldError[] {
  const errors = (role.rules ?? []).flatMap((rule, i) => ruleErrors(rule, namespaced, `rules[${i}]`));
  if (role.aggregationRule && !role.aggregationRule.clusterRoleSelectors?.length) {
    const why = "at least one clusterRoleSelector required if aggregationRule is non-nil";
    errors.push(field.required("aggregationRule.clusterRoleSelectors", why));
  }
  for (const [i, selector] of (role.aggregationRule?.clusterRoleSelectors ?? []).entries()) {
    const path = `aggregationRule.clusterRoleSelectors[${i}]`;
    errors.push(...labelSelectorErrors(selector, path));
    if (!trySelector(selector)) errors.push(field.invalid(path, null, "invalid label selector."));
  }
  return errors;
}

function ruleErrors(rule: PolicyRule, namespaced: boolean, path: string): FieldError[] {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const errors: FieldError[] = [];
  if (verbs.length === 0) errors.push(field.required(`${path}.verbs`, "verbs must contain at least one value"));
  if (nonResourceURLs.length > 0) {
    const wrong = (why: string) => errors.push(field.invalid(`${path}.nonResourceURLs`, nonResourceURLs, why));
    if (namespaced) wrong("namespaced rules cannot apply to non-resource URLs");
    if (apiGroups.length + resources.length + resourceNames.length > 0) {
      wrong("rules cannot apply to both regular resources and non-resource URLs");
    }
    return errors;
  }
  if (apiGroups.length === 0) {
    errors.push(field.required(`${path}.apiGroups`, "resource rules must supply at least one api group"));
  }
  if (resources.length === 0) {
    errors.push(field.required(`${path}.resources`, "resource rules must supply at least one resource"));
  }
  return errors;
}

/** What role bindings do; cluster-wide ones refer to cluster roles alone, and say where service accounts are. */
export function bindingBehaviour(namespaced: boolean): KindBehaviour<Binding> {
  return {
    validateName: nameIsPathSegment,
    setDefaults(binding) {
      binding.roleRef ??= {};
      binding.roleRef.apiGroup ||= GROUP;
      for (const subject of binding.subjects ?? []) {
        if (subject.kind === "User" || subject.kind === "Group") subject.apiGroup ||= GROUP;
      }
    },
    validate: (binding) => bindingErrors(binding, namespaced),
    validateUpdate(next, previous) {
      const errors = bindingErrors(next, namespaced);
      const { apiGroup = "", kind = "", name = "" } = next.roleRef;
      const { roleRef: old } = previous;
      if (apiGroup !== (old.apiGroup ?? "") || kind !== (old.kind ?? "") || name !== (old.name ?? "")) {
        const value = { APIGroup: apiGroup, Kind: kind, Name: name };
        errors.push(field.invalid("roleRef", value, "cannot change roleRef"));
      }
      return errors;
    },
  };
}

function bindingErrors({ roleRef, subjects = [] }: Binding, namespaced: boolean): FieldError[] {
  const { apiGroup = "", kind = "", name = "" } = roleRef;
  const errors: FieldError[] = [];
  const roles = namespaced ? ["Role", "ClusterRole"] : ["ClusterRole"];
  if (apiGroup !== GROUP) errors.push(field.notSupported("roleRef.apiGroup", apiGroup, [GROUP]));
  if (!roles.includes(kind)) errors.push(field.notSupported("roleRef.kind", kind, roles));
  if (name === "") errors.push(field.required("roleRef.name"));
  else errors.push(...invalidEach("roleRef.name", name, nameIsPathSegment(name, false)));
  for (const [i, subject] of subjects.entries()) errors.push(...subjectErrors(subject, namespaced, `subjects[${i}]`));
  return errors;
}

function subjectErrors(subject: Subject, namespaced: boolean, path: string): FieldError[] {
  const { kind = "", name = "", apiGroup = "", namespace = "" } = subject;
  const errors: FieldError[] = [];
  if (name === "") errors.push(field.required(`${path}.name`));
  if (kind === "ServiceAccount") {
    if (name !== "") errors.push(...invalidEach(`${path}.name`, name, nameIsDnsSubdomain(name, false)));
    if (apiGroup !== "") errors.push(field.notSupported(`${path}.apiGroup`, apiGroup, [""]));
    if (!namespaced && namespace === "") errors.push(field.required(`${path}.namespace`));
  } else if (kind === "User" || kind === "Group") {
    if (apiGroup !== GROUP) errors.push(field.notSupported(`${path}.apiGroup`, apiGroup, [GROUP]));
  } else errors.push(field.notSupported(`${path}.kind`, kind, ["ServiceAccount", "User", "Group"]));
  return errors;
}
