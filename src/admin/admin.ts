import type { Kubeconfig } from "../api/kubeconfig.ts";
import type { KubeObject } from "../api/object.ts";
import type { NewClusterOptions } from "../api/profiles/profile.ts";
import type { Snapshot } from "../api/snapshot.ts";
import type { Effect } from "../network/effects.ts";

/** What only a simulator has: a second interface beside `ApiClient`. */
export interface Admin {
  /** The cluster as it is now, for programs, trace and doctor. */
  snapshot(): Promise<Snapshot>;
  /** Makes a new cluster in the place of this one. */
  reset(options: NewClusterOptions): Promise<void>;
  settings(): Promise<Readonly<Record<string, string>>>;
  setSetting(name: string, value: string): Promise<void>;
  /** Stores what connections left behind: who was answered by whom, and what containers logged. */
  recordEffects(effects: readonly Effect[]): Promise<void>;
  /** Stores one of the simulator's own records (`RECORDS`), in the place of the one of its name. */
  putRecord(resource: string, record: KubeObject): Promise<void>;
  /** False: there was none of that name. */
  removeRecord(resource: string, name: string): Promise<boolean>;
  /** Puts a saved cluster in the place of this one. `bytes`: a whole state file, which errors name by `path`. */
  restore(bytes: Buffer, path: string): Promise<void>;
  /** What has changed since a saved cluster, as a unified diff whose old side is called `name`. */
  diffWith(name: string, bytes: Buffer, path: string): Promise<string>;
  /** Path of the state file, for texts. */
  readonly stateFile: string;
  /** The kubeconfig section of the state file. */
  kubeconfig(): Promise<Kubeconfig>;
  setKubeconfig(config: Kubeconfig): Promise<void>;
}
