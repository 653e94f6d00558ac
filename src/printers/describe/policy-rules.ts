import { compareStrings } from "../../api/json.ts";
import type { PolicyRule } from "../../api/types/rbac.ts";
import { listText } from "./common.ts";

/** Rules of one group, resource, name and verb each. Models kubectl pkg/util/rbac BreakdownRule. */
export function singleRules(rule: PolicyRule): PolicyRule[] {
  const { apiGroups = [], resources = [], verbs = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const names = resourceNames.length > 0 ? resourceNames.map((name) => ({ resourceNames: [name] })) : [{}];
  return [
    ...apiGroups.flatMap((group) =>
      resources.flatMap((resource) =>
        verbs.flatMap((verb) =>
          names.map((name) => ({ apiGroups: [group], resources: [resource], verbs: [verb], ...name })),
        ),
      ),
    ),
    ...nonResourceURLs.flatMap((url) => verbs.map((verb) => ({ nonResourceURLs: [url], verbs: [verb] }))),
  ];
}

/** Those of one resource joined, in the order of their texts. Models CompactRules and SortableRuleSlice. */
export function compactRules(rules: readonly PolicyRule[]): PolicyRule[] {
  const byResource = new Map<string, PolicyRule>();
  const others: PolicyRule[] = [];
  for (const rule of rules) {
    if (rule.nonResourceURLs) {
      others.push(rule);
      continue;
    }
    const key = JSON.stringify([rule.apiGroups, rule.resources, rule.resourceNames]);
    const known = byResource.get(key);
    if (!known) byResource.set(key, { ...rule, verbs: [...(rule.verbs ?? [])] });
    else for (const verb of rule.verbs ?? []) if (!known.verbs!.includes(verb)) known.verbs!.push(verb);
  }
  return [...others, ...byResource.values()].sort((a, b) => compareStrings(ruleText(a), ruleText(b)));
}

/** A rule as Go prints the struct, by which they are sorted. */
function ruleText({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string {
  const [a, b, c, d, e] = [verbs, apiGroups, resources, resourceNames, nonResourceURLs].map((list) => listText(list));
  return `&PolicyRule{Verbs:${a},APIGroups:${b},Resources:${c},ResourceNames:${d},NonResourceURLs:${e},}`;
}

/** `deployments.apps/scale`. Models CombineResourceGroup. */
export function resourceText({ resources = [], apiGroups = [] }: PolicyRule): string {
  if (resources.length === 0) return "";
  const [, resource, subresource = ""] = /^([^/]*)(\/.*)?$/s.exec(resources[0]!)!;
  return `${resource}${apiGroups[0] ? `.${apiGroups[0]}` : ""}${subresource}`;
}
