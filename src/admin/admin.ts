import type { Kubeconfig } from "../api/kubeconfig.ts";
import type { Snapshot } from "../api/snapshot.ts";
import type { Effect } from "../network/effects.ts";

/** What only a simulator has: a second interface beside `ApiClient`. */
export interface Admin {
  /** The cluster as it is now, for programs, trace and doctor. */
  snapshot(): Promise<Snapshot>;
  /** Makes a new cluster in the place of this one. */
  reset(options: { profile?: string; seed?: string }): Promise<void>;
  settings(): Promise<Readonly<Record<string, string>>>;
  setSetting(name: string, value: string): Promise<void>;
  /** Stores what connections left behind: who was answered by whom, and what containers logged. */
  recordEffects(effects: readonly Effect[]): Promise<void>;
  /** Path of the state file, for texts. */
  readonly stateFile: string;
  /** The kubeconfig section of the state file. */
  kubeconfig(): Promise<Kubeconfig>;
  setKubeconfig(config: Kubeconfig): Promise<void>;
}
