import { getKey } from "../../json.ts";
import { labelValueErrors } from "../../meta/names.ts";
import type { NodeSelectorTerm } from "../../types/core.ts";

/** Labels of nodes that are stable by now, with the names that they have since. Models kubernetes pkg/api/node/util.go. */
const RENAMED: Readonly<Record<string, { since: string; name: string }>> = {
  "beta.kubernetes.io/arch": { since: "v1.14", name: "kubernetes.io/arch" },
  "beta.kubernetes.io/os": { since: "v1.14", name: "kubernetes.io/os" },
  "failure-domain.beta.kubernetes.io/region": { since: "v1.17", name: "topology.kubernetes.io/region" },
  "failure-domain.beta.kubernetes.io/zone": { since: "v1.17", name: "topology.kubernetes.io/zone" },
  "beta.kubernetes.io/instance-type": { since: "v1.17", name: "node.kubernetes.io/instance-type" },
};

/** Others, and what is said of them. */
const DEPRECATED: Readonly<Record<string, string>> = {
  "app.kubernetes.io/created-by": "deprecated since v1.9",
  "scheduler.alpha.kubernetes.io/preferAvoidPods": "deprecated since v1.22; use Taints and Tolerations instead",
  "node-role.kubernetes.io/master": 'use "node-role.kubernetes.io/control-plane" instead',
};

/** The name that a label of nodes has since it is stable; undefined: it has no other. */
export const stableName = (label: string): string | undefined => getKey(RENAMED, label)?.name;

/** What is said of a label of nodes; undefined: it is in use. */
export function deprecation(label: string): string | undefined {
  const renamed = getKey(RENAMED, label);
  return renamed ? `deprecated since ${renamed.since}; use "${renamed.name}" instead` : getKey(DEPRECATED, label);
}

/** Models GetWarningsForNodeSelectorTerm. */
export function selectorTermWarnings(term: NodeSelectorTerm, checkValues: boolean, path: string): string[] {
  return (term.matchExpressions ?? []).flatMap(({ key, values = [] }, i) => {
    const at = `${path}.matchExpressions[${i}]`;
    const text = deprecation(key);
    return [
      ...(text === undefined ? [] : [`${at}.key: ${key} is ${text}`]),
      ...(checkValues
        ? values.flatMap((value, j) =>
            labelValueErrors(value).map((error) => `${at}.values[${j}]: ${value} is invalid, ${error}`),
          )
        : []),
    ];
  });
}
