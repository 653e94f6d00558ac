import type { KubeObject } from "../../api/object.ts";
import { kinds } from "../../api/registry.ts";
import { timestamp } from "../../api/snapshot.ts";
import type { Made } from "./made.ts";

/** How far before the others a group and its versions stand. Models kubernetes pkg/controlplane/apiserver/aggregator.go. */
const PRIORITIES: Record<string, [group: number, version?: number]> = {
  "": [18000, 1],
  "admissionregistration.k8s.io": [16700],
  "apiextensions.k8s.io": [16700],
  apps: [17800],
  "authentication.k8s.io": [17700],
  "authorization.k8s.io": [17600],
  autoscaling: [17500],
  batch: [17400],
  "certificates.k8s.io": [17300],
  "coordination.k8s.io": [16500],
  "discovery.k8s.io": [16200],
  "events.k8s.io": [17750],
  "flowcontrol.apiserver.k8s.io": [16100, 21],
  "networking.k8s.io": [17200],
  "node.k8s.io": [16300],
  policy: [17100],
  "rbac.authorization.k8s.io": [17000],
  "resource.k8s.io": [16200, 21],
  "scheduling.k8s.io": [16600],
  "storage.k8s.io": [16800],
};

/** One for each version of each group that the server itself has. */
export function apiServices(bornAt: number): Made[] {
  const served = new Set(kinds.flatMap(({ group, versions }) => versions.map((version) => `${version}.${group}`)));
  return [...served].flatMap((name) => {
    const dot = name.indexOf(".");
    const [version, group] = [name.slice(0, dot), name.slice(dot + 1)];
    const priority = PRIORITIES[group];
    return priority ? [apiService(version, group, priority, bornAt)] : [];
  });
}

function apiService(version: string, group: string, [minimum, own]: [number, number?], bornAt: number): Made {
  const condition = {
    lastTransitionTime: timestamp(bornAt),
    message: "Local APIServices are always available",
    reason: "Local",
    status: "True",
    type: "Available",
  };
  return {
    object: {
      apiVersion: "apiregistration.k8s.io/v1",
      kind: "APIService",
      metadata: {
        name: `${version}.${group}`,
        labels: { "kube-aggregator.kubernetes.io/automanaged": "onstart" },
      },
      spec: {
        ...(group === "" ? {} : { group }),
        groupPriorityMinimum: minimum,
        version,
        versionPriority: version === "v2" ? 30 : (own ?? 15),
      },
    } as KubeObject,
    later: { values: { status: { conditions: [condition] } } },
  };
}
