import type { KubeObject } from "../../object.ts";

export interface Queuing {
  queues?: number;
  handSize?: number;
  queueLengthLimit?: number;
}

export interface PriorityLevel extends KubeObject {
  spec?: {
    type?: string;
    exempt?: { nominalConcurrencyShares?: number; lendablePercent?: number };
    limited?: {
      nominalConcurrencyShares?: number;
      lendablePercent?: number;
      borrowingLimitPercent?: number;
      limitResponse?: { type?: string; queuing?: Queuing };
    };
  };
}
