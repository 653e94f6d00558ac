import type { KubeObject } from "./object.ts";

/**
 * What the simulator keeps in the cluster beside API objects, in the same snapshot and file, under resources that no API request
 * can name. All are bounded.
 */
export const RECORDS = {
  /** A name that the simulated internet knows. */
  outside: "outside.kubemu.dev",
  /** An image that a user described. */
  images: "images.kubemu.dev",
  /** What a container has printed: namespace, `pod.container`. */
  logs: "logs.kubemu.dev",
  /** ClientIP affinity: namespace, service name. */
  affinities: "affinities.kubemu.dev",
  /** How many connections a Service port has spread so far: namespace, service name. */
  connections: "connections.kubemu.dev",
  /** What a pod's containers have written and how they ended: namespace, pod name. */
  runtime: "runtime.kubemu.dev",
  /** What Services were before: namespace, service name. */
  services: "servicehistory.kubemu.dev",
  /** What is stored of Services and shown nobody: namespace, service name. */
  unshown: "unshown.kubemu.dev",
  /** How often Services have let go of an address or a port: `services`. */
  released: "released.kubemu.dev",
  /** What a new cluster has of itself and somebody has deleted: resource, name (`namespace:name`). */
  removed: "removed.kubemu.dev",
  /** Saved copies of the cluster. */
  snapshots: "snapshots.kubemu.dev",
} as const;

export interface OutsideHost extends KubeObject {
  kind: "OutsideHost";
  /** metadata.name is the DNS name, lower case, no dot at its end. */
  address: string;
  /** What it answers to HTTP on ports 80 and 443; absent: nothing listens. */
  http?: { status: number; body: string };
}

export interface ContainerLog extends KubeObject {
  kind: "ContainerLog";
  /** Pod UID and restart count that the lines belong to: a new pod of the same name begins anew. */
  podUid: string;
  lines: { time: string; stream: "stdout" | "stderr"; text: string; open?: true }[];
  /** The lines of the instance before. */
  previous?: { podUid: string; lines: ContainerLog["lines"] };
}

export interface ServiceAffinities extends KubeObject {
  kind: "ServiceAffinities";
  /** `client address|port|protocol` → endpoint address and port, and the last use in milliseconds since 1970. */
  clients: Record<string, { endpoint: string; lastUsed: number }>;
}

export interface ConnectionCounts extends KubeObject {
  kind: "ConnectionCounts";
  /** `port/protocol` → connections so far. */
  ports: Record<string, number>;
}

/** The one record of Services that let go of what they were given; one that is made again is given something else. */
export interface ReleasedAddresses extends KubeObject {
  kind: "ReleasedAddresses";
  /** `namespace/name` and how often, the latest last. */
  times: [string, number][];
}

/** metadata.name of that record. */
export const RELEASED_NAME = "services";

/** Fields of a Service that no reader sees; `metadata.uid` is the Service's. */
export interface UnshownFields extends KubeObject {
  kind: "UnshownFields";
  internalTrafficPolicy: string;
}

/** One file of a container that is not as the image or a volume has it. `at`: milliseconds since 1970. */
export type StoredFile =
  | { text: string; at: number }
  | { base64: string; at: number }
  | { folder: true; at: number }
  | { removed: true; at?: number };

/** What the containers of a pod have done by themselves, beside what the API tells. */
export interface PodRuntime extends KubeObject {
  kind: "PodRuntime";
  /** A new pod of the same name begins anew. */
  podUid: string;
  containers: Record<string, ContainerRuntime>;
  /** Files of volumes that containers write to (emptyDir …), by volume, then by path in it. */
  volumes: Record<string, Record<string, StoredFile>>;
}

export interface ContainerRuntime {
  /** Milliseconds since 1970 at which the kubelet first saw a container that came later than its pod. */
  seen?: number;
  /** The restart count that `files` and `exit` belong to: a restarted container has its image's files again. */
  restart: number;
  /** By absolute path. */
  files: Record<string, StoredFile>;
  /** The resource version that had been reached when it started. */
  started?: number;
  /** What the main process keeps in mind, by name. */
  memory?: Record<string, string>;
  /** Its `postStart` hook has run. */
  postStarted?: true;
  /** Where the script that is its main process stands. */
  script?: ScriptState;
  /** How a main process that somebody was attached to has ended. */
  exit?: { code: number; at: number };
}

/** Where a script stands: plain data, so that another process of kubemu can go on with it. */
export interface ScriptState {
  /** The operation that comes next. */
  next: number;
  /** Milliseconds since 1970 at which it comes. */
  at: number;
  status: number;
  /** Variables that the script has set, beside those of its container. */
  variables: Record<string, string>;
  cwd: string;
  /** What is left of the words of each `for`. */
  words?: Record<string, string[]>;
  /** Redirections of the compound commands around. */
  redirections?: ScriptTarget[][];
  /** What was before each subshell that it is in, and where it goes on behind it. */
  subshells?: { to: number; variables: Record<string, string>; cwd: string; redirections?: ScriptTarget[][] }[];
  /** `set -e`, `-u`, `-x`. */
  options?: string;
  /** The resource version that had been reached when it last went on. */
  version?: number;
  /** A server that it started: its command line, and what was piped into it. */
  serving?: string[];
  piped?: string;
  /** The loops that it turns in, the outermost first. */
  loops?: ScriptLoop[];
}

/** One turn of a loop that waits: what it printed, what it left in the variables. */
export interface ScriptLoop {
  /** The operations that it begins and ends with. */
  top: number;
  end: number;
  /** Milliseconds since 1970 at which the present turn began. */
  at: number;
  /** How long the turn before took, in milliseconds; what it printed, and what the one that is not over has. */
  period: number;
  lines: string[];
  current: string[];
  variables: string;
  /** How often it has turned. */
  turns: number;
  /** How many turns were alike, one after the other. */
  alike: number;
}

export interface ScriptTarget {
  fd: number;
  to: { path: string; append: boolean } | { fd: number } | { text: string };
}
