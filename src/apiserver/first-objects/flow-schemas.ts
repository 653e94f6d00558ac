import type { JsonObject } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { timestamp } from "../../api/snapshot.ts";
import type { Made } from "./made.ts";
import { AUTO_UPDATE, FLOWCONTROL, PRODUCER } from "./priority-levels.ts";

interface Flow {
  level: string;
  precedence: number;
  distinguishes?: "ByUser" | "ByNamespace";
  /** `group:…`, `user:…`, or `accounts:NAMESPACE` for all ServiceAccounts of one. */
  subjects: readonly string[];
  /** Absent: everything. */
  rules?: JsonObject;
}

const ANYTHING = {
  nonResourceRules: [{ nonResourceURLs: ["*"], verbs: ["*"] }],
  resourceRules: [{ apiGroups: ["*"], clusterScope: true, namespaces: ["*"], resources: ["*"], verbs: ["*"] }],
};
const EVERYBODY = ["group:system:unauthenticated", "group:system:authenticated"];
const LEASES = { apiGroups: ["coordination.k8s.io"], namespaces: ["*"], resources: ["leases"] };
const NODES = { apiGroups: [""], clusterScope: true, namespaces: ["*"], resources: ["nodes", "nodes/status"] };

/** Models apiserver pkg/apis/flowcontrol/bootstrap (FlowSchemas). */
const FLOWS: Record<string, Flow> = {
  exempt: { level: "exempt", precedence: 1, subjects: ["group:system:masters"] },
  probes: {
    level: "exempt",
    precedence: 2,
    subjects: EVERYBODY,
    rules: { nonResourceRules: [{ nonResourceURLs: ["/healthz", "/readyz", "/livez"], verbs: ["get"] }] },
  },
  "system-leader-election": {
    level: "leader-election",
    precedence: 100,
    distinguishes: "ByUser",
    subjects: ["user:system:kube-controller-manager", "user:system:kube-scheduler", "accounts:kube-system"],
    rules: { resourceRules: [{ ...LEASES, verbs: ["get", "create", "update"] }] },
  },
  "system-node-high": {
    level: "node-high",
    precedence: 400,
    distinguishes: "ByUser",
    subjects: ["group:system:nodes"],
    rules: {
      resourceRules: [
        { ...NODES, verbs: ["*"] },
        { ...LEASES, verbs: ["*"] },
      ],
    },
  },
  "system-nodes": { level: "system", precedence: 500, distinguishes: "ByUser", subjects: ["group:system:nodes"] },
  "kube-controller-manager": {
    level: "workload-high",
    precedence: 800,
    distinguishes: "ByNamespace",
    subjects: ["user:system:kube-controller-manager"],
  },
  "kube-scheduler": {
    level: "workload-high",
    precedence: 800,
    distinguishes: "ByNamespace",
    subjects: ["user:system:kube-scheduler"],
  },
  "kube-system-service-accounts": {
    level: "workload-high",
    precedence: 900,
    distinguishes: "ByNamespace",
    subjects: ["accounts:kube-system"],
  },
  "service-accounts": {
    level: "workload-low",
    precedence: 9000,
    distinguishes: "ByUser",
    subjects: ["group:system:serviceaccounts"],
  },
  "global-default": { level: "global-default", precedence: 9900, distinguishes: "ByUser", subjects: EVERYBODY },
  "catch-all": { level: "catch-all", precedence: 10000, distinguishes: "ByUser", subjects: EVERYBODY },
};

const CONDITION_FIELDS = { ".": {}, "f:lastTransitionTime": {}, "f:message": {}, "f:reason": {}, "f:status": {} };

export function flowSchemas(bornAt: number): Made[] {
  return Object.entries(FLOWS).map(([name, flow]) => ({
    object: {
      apiVersion: FLOWCONTROL,
      kind: "FlowSchema",
      metadata: { name, annotations: { ...AUTO_UPDATE }, generation: 1 },
      spec: {
        ...(flow.distinguishes ? { distinguisherMethod: { type: flow.distinguishes } } : {}),
        matchingPrecedence: flow.precedence,
        priorityLevelConfiguration: { name: flow.level },
        rules: [{ ...(flow.rules ?? ANYTHING), subjects: flow.subjects.map(subjectOf) }],
      },
    } as unknown as KubeObject,
    manager: PRODUCER,
    later: {
      values: {
        status: {
          conditions: [
            {
              lastTransitionTime: timestamp(bornAt),
              message: `This FlowSchema references the PriorityLevelConfiguration object named "${flow.level}" and it exists`,
              reason: "Found",
              status: "False",
              type: "Dangling",
            },
          ],
        },
      },
      by: {
        manager: "api-priority-and-fairness-config-consumer-v1",
        subresource: "status",
        fields: { "f:status": { "f:conditions": { 'k:{"type":"Dangling"}': { ...CONDITION_FIELDS, "f:type": {} } } } },
      },
    },
  }));
}

function subjectOf(text: string): JsonObject {
  const [kind, name] = [text.slice(0, text.indexOf(":")), text.slice(text.indexOf(":") + 1)];
  if (kind === "accounts") return { kind: "ServiceAccount", serviceAccount: { name: "*", namespace: name } };
  return kind === "user" ? { kind: "User", user: { name } } : { kind: "Group", group: { name } };
}
