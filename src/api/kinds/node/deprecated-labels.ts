import { labelValueErrors } from "../../meta/names.ts";
import type { NodeSelectorTerm } from "../../types/core.ts";

/** Labels of nodes that have other names by now, and what is said of them. Models kubernetes pkg/api/node/util.go. */
const DEPRECATED: Readonly<Record<string, string>> = {
  "beta.kubernetes.io/arch": 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  "beta.kubernetes.io/os": 'deprecated since v1.14; use "kubernetes.io/os" instead',
  "failure-domain.beta.kubernetes.io/region": 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  "failure-domain.beta.kubernetes.io/zone": 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  "beta.kubernetes.io/instance-type": 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  "app.kubernetes.io/created-by": "deprecated since v1.9",
  "scheduler.alpha.kubernetes.io/preferAvoidPods": "deprecated since v1.22; use Taints and Tolerations instead",
  "node-role.kubernetes.io/master": 'use "node-role.kubernetes.io/control-plane" instead',
};

/** What is said of a label of nodes; undefined: it is in use. */
export const deprecation = (label: string): string | undefined =>
  Object.hasOwn(DEPRECATED, label) ? DEPRECATED[label] : undefined;

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
