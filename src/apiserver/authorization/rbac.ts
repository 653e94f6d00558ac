import { goQuote } from "../../api/encoding/go-quote.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { PolicyRule, Role, RoleBinding, Subject } from "../../api/types/rbac.ts";
import type { User } from "../../api/types/user.ts";
import { isPrivileged, serviceAccountName } from "./user.ts";

/** What somebody wants to do: a verb on a resource, or on a path that is none. */
export type Attributes = ResourceAttributes | { verb: string; path: string };

export interface ResourceAttributes {
  verb: string;
  group: string;
  resource: string;
  subresource: string;
  /** "" for none or all. */
  namespace: string;
  name: string;
}

export interface Decision {
  allowed: boolean;
  reason: string;
}

const RBAC = "rbac.authorization.k8s.io";

/**
 * Whether the stored roles and bindings allow it. Models kubernetes plugin/pkg/auth/authorizer/rbac behind
 * authorizerfactory.NewPrivilegedGroups.
 */
export function authorize(snapshot: Snapshot, user: User, attributes: Attributes): Decision {
  if (isPrivileged(user)) return { allowed: true, reason: "" };
  const namespace = "path" in attributes ? "" : attributes.namespace;
  const errors: string[] = [];
  for (const granted of grants(snapshot, user, namespace)) {
    if (typeof granted === "string") errors.push(granted);
    else if (granted.rules.some((rule) => ruleAllows(rule, attributes)))
      return { allowed: true, reason: `RBAC: allowed by ${granted.source}` };
  }
  return { allowed: false, reason: errors.length === 0 ? "" : `RBAC: ${aggregate(errors)}` };
}

/** All rules that apply to the user in the namespace, and what went wrong. Models DefaultRuleResolver.RulesFor. */
export function rulesFor(snapshot: Snapshot, user: User, namespace: string): { rules: PolicyRule[]; error: string } {
  const rules: PolicyRule[] = [];
  const errors: string[] = [];
  for (const granted of grants(snapshot, user, namespace)) {
    if (typeof granted === "string") errors.push(granted);
    else rules.push(...granted.rules);
  }
  return { rules, error: errors.length === 0 ? "" : aggregate(errors) };
}

/** Models apimachinery util/errors Aggregate.Error. */
function aggregate(errors: readonly string[]): string {
  const texts = [...new Set(errors)];
  return texts.length === 1 ? texts[0]! : `[${texts.join(", ")}]`;
}

interface Grant {
  /** `ClusterRoleBinding "x" of ClusterRole "y" to Group "z"`. */
  source: string;
  rules: readonly PolicyRule[];
}

/**
 * What each binding gives the user, or why it gives nothing. Models kubernetes pkg/registry/rbac/validation/rule.go
 * (DefaultRuleResolver.VisitRulesFor).
 */
function* grants(snapshot: Snapshot, user: User, namespace: string): Generator<Grant | string> {
  for (const binding of snapshot.list<RoleBinding>(`clusterrolebindings.${RBAC}`))
    yield* grant(snapshot, user, binding);
  if (namespace === "") return;
  for (const binding of snapshot.list<RoleBinding>(`rolebindings.${RBAC}`, namespace))
    yield* grant(snapshot, user, binding);
}

function* grant(snapshot: Snapshot, user: User, binding: RoleBinding): Generator<Grant | string> {
  const { name = "", namespace = "" } = binding.metadata;
  const subject = (binding.subjects ?? []).find((one) => appliesTo(one, user, namespace));
  if (!subject) return;
  const { kind, name: roleName } = binding.roleRef;
  const resource = kind === "Role" ? `roles.${RBAC}` : `clusterroles.${RBAC}`;
  const role = snapshot.get<Role>(resource, kind === "Role" ? namespace : "", roleName);
  if (!role) {
    yield `${kind.toLowerCase()}.${RBAC} ${goQuote(roleName)} not found`;
    return;
  }
  const bindingName = namespace === "" ? name : `${name}/${namespace}`;
  const source = `${binding.kind} ${goQuote(bindingName)} of ${kind} ${goQuote(roleName)} to ${subjectText(subject, namespace)}`;
  yield { source, rules: role.rules ?? [] };
}

function subjectText(subject: Subject, namespace: string): string {
  if (subject.kind !== "ServiceAccount") return `${subject.kind} ${goQuote(subject.name)}`;
  return `${subject.kind} ${goQuote(`${subject.name}/${subject.namespace || namespace}`)}`;
}

function appliesTo(subject: Subject, user: User, bindingNamespace: string): boolean {
  if (subject.kind === "User") return user.name === subject.name;
  if (subject.kind === "Group") return user.groups.includes(subject.name);
  if (subject.kind !== "ServiceAccount") return false;
  const namespace = subject.namespace || bindingNamespace;
  return namespace !== "" && user.name === serviceAccountName(namespace, subject.name);
}

/** Models kubernetes pkg/apis/rbac/v1/evaluation_helpers.go. */
function ruleAllows(rule: PolicyRule, attributes: Attributes): boolean {
  if (!rule.verbs.some((verb) => verb === "*" || verb === attributes.verb)) return false;
  if ("path" in attributes) return (rule.nonResourceURLs ?? []).some((url) => urlMatches(url, attributes.path));
  const { group, resource, subresource, name } = attributes;
  const path = subresource === "" ? resource : `${resource}/${subresource}`;
  return (
    (rule.apiGroups ?? []).some((one) => one === "*" || one === group) &&
    (rule.resources ?? []).some((one) => one === "*" || one === path || (subresource && one === `*/${subresource}`)) &&
    (!rule.resourceNames?.length || rule.resourceNames.includes(name))
  );
}

function urlMatches(url: string, path: string): boolean {
  return url === "*" || url === path || (url.endsWith("*") && path.startsWith(url.replace(/\*+$/, "")));
}

/** The text of a refusal behind `forbidden: `. Models apiserver pkg/endpoints/handlers/responsewriters/errors.go. */
export function refusal(user: User, attributes: Attributes, reason: string): string {
  const who = `User ${goQuote(user.name)} cannot ${attributes.verb}`;
  const why = reason === "" ? "" : `: ${reason}`;
  if ("path" in attributes) return `${escaped(`${who} path ${goQuote(attributes.path)}`)}${why}`;
  const { group, resource, subresource, namespace } = attributes;
  const what = `resource ${goQuote(subresource === "" ? resource : `${resource}/${subresource}`)} in API group ${goQuote(group)}`;
  const where = namespace === "" ? "at the cluster scope" : `in the namespace ${goQuote(namespace)}`;
  return `${escaped(`${who} ${what} ${where}`)}${why}`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
