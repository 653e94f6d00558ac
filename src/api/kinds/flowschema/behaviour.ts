import { dns1123LabelErrors, dns1123SubdomainErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { KindBehaviour } from "../kind.ts";
import type { FlowSchema, PolicyRule, Subject } from "./types.ts";

const HIGHEST = 10_000;

/** Models ValidateFlowSchemaSpec of kubernetes pkg/apis/flowcontrol/validation/validation.go. */
function validate({ metadata, spec = {} }: FlowSchema): FieldError[] {
  const { matchingPrecedence = 0, distinguisherMethod, priorityLevelConfiguration, rules = [] } = spec;
  const errors: FieldError[] = [];
  const wrong = (text: string) => errors.push(field.invalid("spec.matchingPrecedence", matchingPrecedence, text));
  if (matchingPrecedence <= 0) wrong("must be a positive value");
  if (matchingPrecedence > HIGHEST) wrong(`must not be greater than ${HIGHEST}`);
  if (matchingPrecedence === 1 && metadata.name !== "exempt")
    wrong("only the schema named 'exempt' may have matchingPrecedence 1");
  const methods = ["ByNamespace", "ByUser"];
  if (distinguisherMethod && !methods.includes(distinguisherMethod.type))
    errors.push(field.notSupported("spec.distinguisherMethod.type", { Type: distinguisherMethod.type }, methods));
  const level = priorityLevelConfiguration?.name ?? "";
  const levelPath = "spec.priorityLevelConfiguration.name";
  if (level === "") errors.push(field.required(levelPath, "must reference a priority level"));
  else errors.push(...invalidEach(levelPath, level, dns1123SubdomainErrors(level)));
  for (const [i, { subjects = [], resourceRules = [], nonResourceRules = [] }] of rules.entries()) {
    const path = `spec.rules[${i}]`;
    if (subjects.length === 0)
      errors.push(field.required(`${path}.subjects`, "subjects must contain at least one value"));
    errors.push(...subjects.flatMap((subject, at) => subjectErrors(subject, `${path}.subjects[${at}]`)));
    if (resourceRules.length === 0 && nonResourceRules.length === 0)
      errors.push(field.required(path, "at least one of resourceRules and nonResourceRules has to be non-empty"));
    errors.push(...resourceRules.flatMap((rule, at) => resourceErrors(rule, `${path}.resourceRules[${at}]`)));
    errors.push(...nonResourceRules.flatMap((rule, at) => urlErrors(rule, `${path}.nonResourceRules[${at}]`)));
  }
  return errors;
}

const SUBJECTS = [
  ["Group", "group"],
  ["ServiceAccount", "serviceAccount"],
  ["User", "user"],
] as const;
/** In which order the fields that do not belong to a kind are told. */
const FOREIGN = {
  ServiceAccount: ["user", "group"],
  User: ["serviceAccount", "group"],
  Group: ["serviceAccount", "user"],
} as const;

/** Models ValidateFlowSchemaSubject. */
function subjectErrors(subject: Subject, path: string): FieldError[] {
  const own = SUBJECTS.find(([kind]) => kind === subject.kind);
  const kinds = SUBJECTS.map(([kind]) => kind);
  if (!own) return [field.notSupported(`${path}.kind`, subject.kind, kinds)];
  const [kind, name] = own;
  const errors: FieldError[] = [];
  const value = subject[name];
  const at = `${path}.${name}`;
  if (!value) errors.push(field.required(at, `${name} is required when subject kind is '${kind}'`));
  else if (!value.name) errors.push(field.required(`${at}.name`));
  const account = kind === "ServiceAccount" ? subject.serviceAccount : undefined;
  if (account?.name && account.name !== "*")
    errors.push(...invalidEach(`${at}.name`, account.name, dns1123SubdomainErrors(account.name)));
  if (account && !account.namespace)
    errors.push(field.required(`${at}.namespace`, "must specify namespace for service account"));
  else if (account)
    errors.push(...invalidEach(`${at}.namespace`, account.namespace, dns1123LabelErrors(account.namespace)));
  for (const other of FOREIGN[kind]) {
    const [owner] = SUBJECTS.find(([, one]) => one === other)!;
    if (subject[other])
      errors.push(field.forbidden(`${path}.${other}`, `${other} is forbidden when subject kind is not '${owner}'`));
  }
  return errors;
}

const VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"];

function verbErrors(verbs: readonly string[], path: string): FieldError[] {
  if (verbs.length === 0) return [field.required(`${path}.verbs`, "verbs must contain at least one value")];
  if (verbs.includes("*")) return aloneErrors(verbs, `${path}.verbs`, "verbs");
  return verbs.every((verb) => VERBS.includes(verb)) ? [] : [field.notSupported(`${path}.verbs`, [...verbs], VERBS)];
}

/** A star stands alone. */
function aloneErrors(values: readonly string[], path: string, what: string): FieldError[] {
  if (values.length < 2 || !values.includes("*")) return [];
  return [field.invalid(path, [...values], `if '*' is present, must not specify other ${what}`)];
}

/** Models ValidateFlowSchemaResourcePolicyRule. */
function resourceErrors(rule: PolicyRule, path: string): FieldError[] {
  const { verbs = [], apiGroups = [], resources = [], namespaces = [], clusterScope } = rule;
  const errors = verbErrors(verbs, path);
  if (apiGroups.length === 0)
    errors.push(field.required(`${path}.apiGroups`, "resource rules must supply at least one api group"));
  errors.push(...aloneErrors(apiGroups, `${path}.apiGroups`, "api groups"));
  if (resources.length === 0)
    errors.push(field.required(`${path}.resources`, "resource rules must supply at least one resource"));
  errors.push(...aloneErrors(resources, `${path}.resources`, "resources"));
  const at = `${path}.namespaces`;
  if (namespaces.length === 0 && !clusterScope)
    errors.push(field.required(at, "resource rules that are not cluster scoped must supply at least one namespace"));
  if (namespaces.includes("*")) return [...errors, ...aloneErrors(namespaces, at, "namespaces")];
  for (const [i, name] of namespaces.entries())
    for (const text of dns1123LabelErrors(name))
      errors.push(
        field.invalid(`${at}[${i}]`, name, `each member of this list must be '*' or a DNS-1123 label; ${text}`),
      );
  return errors;
}

/** Models ValidateFlowSchemaNonResourcePolicyRule. */
function urlErrors({ verbs = [], nonResourceURLs = [] }: PolicyRule, path: string): FieldError[] {
  const errors = verbErrors(verbs, path);
  const at = `${path}.nonResourceURLs`;
  if (nonResourceURLs.length === 0) errors.push(field.required(at, "nonResourceURLs must contain at least one value"));
  if (nonResourceURLs.includes("*")) return [...errors, ...aloneErrors(nonResourceURLs, at, "non-resource URLs")];
  return [...errors, ...nonResourceURLs.flatMap((url, i) => urlPathErrors(url, `${at}[${i}]`))];
}

/** Models ValidateNonResourceURLPath. */
function urlPathErrors(url: string, path: string): FieldError[] {
  const refuse = (why: string) => [field.invalid(path, url, why)];
  if (url === "") return refuse("must not be empty");
  if (!url.startsWith("/")) return refuse("must start with slash");
  if (url.includes(" ")) return refuse("must not contain white-space");
  if (url.includes("//")) return refuse("must not contain double slash");
  const stars = url.split("*").length - 1;
  return stars > 1 || (stars === 1 && !url.endsWith("/*")) ? refuse("wildcard can only do suffix matching") : [];
}

export const behaviour: KindBehaviour<FlowSchema> = {
  hasGeneration: true,
  setDefaults({ spec }) {
    if (spec && !spec.matchingPrecedence) spec.matchingPrecedence = 1000;
  },
  validate,
  validateUpdate: validate,
};
