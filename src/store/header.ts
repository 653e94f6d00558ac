/** What stands in the state file above the objects. */
export interface Header {
  apiVersion: "kubemu.dev/v1";
  kind: "Cluster";
  formatVersion: number;
  profile: string;
  seed: string;
  /** The last one handed out. */
  resourceVersion: number;
  /** Milliseconds since 1970: the instant that the file shows. */
  time: number;
  settings: Record<string, string>;
  /** clientcmd's Config, as `kubectl config view` shows it. */
  kubeconfig: unknown;
  /** What the controllers want to look at again, at which instant: sorted by time, then controller, then key. */
  agenda: [at: number, controller: string, key: string][];
}

export const FORMAT_VERSION = 3;
