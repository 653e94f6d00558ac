import { getKey, setKey } from "../api/json.ts";
import { containerStatusesOf } from "../api/kinds/pod/state.ts";
import type { KubeObject } from "../api/object.ts";
import {
  type ConnectionCounts,
  type ContainerLog,
  type PodRuntime,
  RECORDS,
  type ServiceAffinities,
} from "../api/records.ts";
import type { ResourceKey, Snapshot } from "../api/snapshot.ts";
import type { Pod } from "../api/types/core.ts";
import type { Effect } from "./effects.ts";
import { affinityKey } from "./proxy/spread.ts";

/** How many clients a Service remembers, and how many lines a container keeps. */
const MAX_CLIENTS = 100;
const MAX_LINES = 1000;

export interface RecordWrite {
  resource: ResourceKey;
  object: KubeObject;
}

/** The records as `effects` leave them: one write a record that changes, each holding all that it held. */
export function recordEffects(snapshot: Snapshot, effects: readonly Effect[]): RecordWrite[] {
  const changed = new Map<string, RecordWrite>();
  const edit = <T extends KubeObject>(resource: ResourceKey, namespace: string, name: string, fresh: T): T => {
    const key = `${resource}/${namespace}/${name}`;
    const write = changed.get(key);
    if (write) return write.object as T;
    const object = { ...fresh, ...snapshot.get<T>(resource, namespace, name) };
    changed.set(key, { resource, object });
    return object;
  };
  const fresh = (kind: string, namespace: string, name: string) => ({
    apiVersion: "kubemu.dev/v1",
    kind,
    metadata: { name, namespace },
  });
  for (const effect of effects) {
    const { namespace } = effect;
    if (effect.kind === "connection") {
      const empty = { ...fresh("ConnectionCounts", namespace, effect.service), ports: {} } as ConnectionCounts;
      const record = edit(RECORDS.connections, namespace, effect.service, empty);
      record.ports = { ...record.ports };
      setKey(record.ports, effect.port, Number(getKey(record.ports, effect.port) ?? 0) + 1);
    } else if (effect.kind === "affinity") {
      const empty = { ...fresh("ServiceAffinities", namespace, effect.service), clients: {} } as ServiceAffinities;
      const record = edit(RECORDS.affinities, namespace, effect.service, empty);
      const entry = { endpoint: effect.endpoint, lastUsed: effect.at };
      const clients = { ...record.clients };
      setKey(clients, affinityKey(effect.client, effect.port), entry);
      record.clients = newestOf(clients);
    } else if (effect.kind !== "log") {
      const { pod: name, podUid } = effect;
      const empty: PodRuntime = {
        ...fresh("PodRuntime", namespace, name),
        kind: "PodRuntime",
        podUid,
        containers: {},
        volumes: {},
      };
      const record = edit(RECORDS.runtime, namespace, name, empty);
      if (record.podUid !== podUid) Object.assign(record, { podUid, containers: {}, volumes: {} });
      applyRuntime(record, effect);
    } else {
      const name = `${effect.pod}.${effect.container}`;
      const empty = { ...fresh("ContainerLog", namespace, name), podUid: effect.podUid, lines: [] } as ContainerLog;
      const record = edit(RECORDS.logs, namespace, name, empty);
      const instance = logUid(snapshot, effect);
      const kept = record.podUid === instance ? record.lines : [];
      if (record.podUid !== instance && record.podUid.startsWith(`${effect.podUid}/`))
        record.previous = { podUid: record.podUid, lines: record.lines };
      const time = new Date(effect.at).toISOString().replace("Z", "000000Z");
      record.podUid = instance;
      const { stream, lines, open } = effect;
      const added = lines.map((text, i) => ({
        time,
        stream,
        text,
        ...(open && i === lines.length - 1 ? { open: true as const } : {}),
      }));
      record.lines = [...kept, ...added].slice(-MAX_LINES);
    }
  }
  return [...changed.values()];
}

/** Replaces what changes, so that the record before it stays as it was. */
function applyRuntime(
  record: PodRuntime,
  effect: Extract<Effect, { kind: "files" | "memory" | "script" | "postStart" | "exit" }>,
): void {
  if (effect.kind === "files" && effect.volume !== undefined) {
    const before = getKey(record.volumes, effect.volume);
    record.volumes = { ...record.volumes };
    setKey(record.volumes, effect.volume, { ...before, ...effect.files });
    return;
  }
  const known = getKey(record.containers, effect.container);
  const before = known?.restart === effect.restart ? known : { restart: effect.restart, files: {} };
  record.containers = { ...record.containers };
  const after = { ...before };
  if (effect.kind === "exit") after.exit = { code: effect.code, at: effect.at };
  else if (effect.kind === "memory") after.memory = effect.memory;
  else if (effect.kind === "script") after.script = effect.script;
  else if (effect.kind === "postStart") after.postStarted = true;
  else after.files = { ...before.files, ...effect.files };
  setKey(record.containers, effect.container, after);
}

/** `<uid>/<restart count>`: the container whose lines these are. */
function logUid(snapshot: Snapshot, effect: Extract<Effect, { kind: "log" }>): string {
  const pod = snapshot.get<Pod>("pods", effect.namespace, effect.pod);
  const status = containerStatusesOf(pod?.status).find((candidate) => candidate.name === effect.container);
  return `${effect.podUid}/${status?.restartCount ?? 0}`;
}

function newestOf(clients: ServiceAffinities["clients"]): ServiceAffinities["clients"] {
  const entries = Object.entries(clients);
  if (entries.length <= MAX_CLIENTS) return clients;
  return Object.fromEntries(entries.sort((a, b) => b[1].lastUsed - a[1].lastUsed).slice(0, MAX_CLIENTS));
}
