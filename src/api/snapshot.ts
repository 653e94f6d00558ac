import type { KubeObject } from "./object.ts";

/** `services`, `deployments.apps`: the key of a resource in the registry, in the state file and in a snapshot. */
export type ResourceKey = string;

/** What does not change between two commands but by `reset` and `settings set`. */
export interface ClusterInfo {
  /** `docker-desktop`, `bare`, `kind`, `linux`, `cloud`. */
  profile: string;
  seed: string;
  settings: Readonly<Record<string, string>>;
}

/**
 * The cluster at one instant; reading never changes it. Objects that it hands out are shared: copy (`clone`) before changing.
 * Lists are in key order (namespace, then name), as etcd has them.
 */
export interface Snapshot {
  readonly cluster: ClusterInfo;
  /** Milliseconds since 1970: the instant that this snapshot shows. */
  readonly now: number;
  get<T extends KubeObject = KubeObject>(resource: ResourceKey, namespace: string, name: string): T | undefined;
  /** `namespace` undefined or "": all namespaces. For cluster-scoped resources it is not given. */
  list<T extends KubeObject = KubeObject>(resource: ResourceKey, namespace?: string): T[];
}

/** RFC 3339 in whole seconds, as metav1.Time is written. */
export function timestamp(ms: number): string {
  if (ms !== last.ms) last = { ms, text: secondsText(new Date(ms)) };
  return last.text;
}

/** Member by member: the first toISOString of a process takes four times as long. */
function secondsText(date: Date): string {
  const day = [date.getUTCFullYear(), two(date.getUTCMonth() + 1), two(date.getUTCDate())].join("-");
  return `${day}T${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}Z`;
}

function two(number: number): string {
  return number < 10 ? `0${number}` : `${number}`;
}

/** A command's requests come at one instant. */
let last = { ms: Number.NaN, text: "" };

/** metav1.MicroTime. */
export function microTimestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}000Z`;
}
