import type { KubeObject } from "../../object.ts";

export interface Subject {
  kind: string;
  user?: { name: string };
  group?: { name: string };
  serviceAccount?: { namespace: string; name: string };
}

export interface PolicyRule {
  verbs?: string[];
  apiGroups?: string[];
  resources?: string[];
  namespaces?: string[];
  clusterScope?: boolean;
  nonResourceURLs?: string[];
}

export interface FlowSchema extends KubeObject {
  spec?: {
    matchingPrecedence?: number;
    distinguisherMethod?: { type: string };
    priorityLevelConfiguration?: { name?: string };
    rules?: { subjects?: Subject[]; resourceRules?: PolicyRule[]; nonResourceRules?: PolicyRule[] }[];
  };
  status?: { conditions?: { type: string; status: string }[] };
}
