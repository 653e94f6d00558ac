import type { KubeObject } from "../../api/object.ts";
import type { Made } from "./made.ts";

/** Models kubernetes pkg/apis/scheduling/v1/helpers.go (systemPriorityClasses). */
export function systemPriorityClasses(): Made[] {
  return [
    made(
      "system-cluster-critical",
      2_000_000_000,
      "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.",
    ),
    made(
      "system-node-critical",
      2_000_001_000,
      "Used for system critical pods that must not be moved from their current node.",
    ),
  ];
}

function made(name: string, value: number, description: string): Made {
  return {
    object: {
      apiVersion: "scheduling.k8s.io/v1",
      kind: "PriorityClass",
      metadata: { name, generation: 1 },
      value,
      description,
      preemptionPolicy: "PreemptLowerPriority",
    } as KubeObject,
  };
}
