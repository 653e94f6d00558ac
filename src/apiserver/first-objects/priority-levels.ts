import type { KubeObject } from "../../api/object.ts";
import type { Made } from "./made.ts";

export const FLOWCONTROL = "flowcontrol.apiserver.k8s.io/v1";
export const AUTO_UPDATE = { "apf.kubernetes.io/autoupdate-spec": "true" };
export const PRODUCER = "api-priority-and-fairness-config-producer-v1";

interface Level {
  shares: number;
  /** In percent. */
  lendable: number;
  /** Absent: what is too much is refused. */
  queues?: [count: number, handSize: number];
}

const LEVELS: Record<string, Level> = {
  "catch-all": { shares: 5, lendable: 0 },
  "global-default": { shares: 20, lendable: 50, queues: [128, 6] },
  "leader-election": { shares: 10, lendable: 0, queues: [16, 4] },
  "node-high": { shares: 40, lendable: 25, queues: [64, 6] },
  system: { shares: 30, lendable: 33, queues: [64, 6] },
  "workload-high": { shares: 40, lendable: 50, queues: [128, 6] },
  "workload-low": { shares: 100, lendable: 90, queues: [128, 6] },
};

/** Models apiserver pkg/apis/flowcontrol/bootstrap (PriorityLevelConfigurations). */
export function priorityLevels(): Made[] {
  const exempt = { type: "Exempt", exempt: { lendablePercent: 0, nominalConcurrencyShares: 0 } };
  return [made("exempt", exempt), ...Object.entries(LEVELS).map(([name, level]) => made(name, limited(level)))];
}

function limited({ shares, lendable, queues }: Level) {
  const limitResponse = queues
    ? { type: "Queue", queuing: { queues: queues[0], handSize: queues[1], queueLengthLimit: 50 } }
    : { type: "Reject" };
  return {
    type: "Limited",
    limited: { nominalConcurrencyShares: shares, lendablePercent: lendable, limitResponse },
  };
}

function made(name: string, spec: object): Made {
  return {
    object: {
      apiVersion: FLOWCONTROL,
      kind: "PriorityLevelConfiguration",
      metadata: { name, annotations: { ...AUTO_UPDATE }, generation: 1 },
      spec,
    } as KubeObject,
    manager: PRODUCER,
    later: { values: { status: {} } },
  };
}
