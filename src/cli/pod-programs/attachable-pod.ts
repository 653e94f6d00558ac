import { isReady, podCondition } from "../../api/kinds/pod/state.ts";
import { formatLabelSelector, formatLabels } from "../../api/meta/label-selector.ts";
import type { KubeObject } from "../../api/object.ts";
import { kindByGvk } from "../../api/registry.ts";
import type { Pod } from "../../api/types/core.ts";
import { isList } from "../../printers/printer.ts";
import { type CommandContext, CommandError, UsageError } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";
import type { filenameOptions } from "../resources/files.ts";
import { findResources } from "../resources/find.ts";

/** `--pod-running-timeout` in milliseconds. Models kubectl pkg/cmd/util/helpers.go (GetPodRunningTimeoutFlag). */
export function podRunningTimeout(path: string, flags: FlagValues): number {
  const timeout = flags.duration("pod-running-timeout");
  if (timeout <= 0) throw new UsageError(path, "--pod-running-timeout must be higher than zero");
  return timeout;
}

export interface PodQuery {
  /** `web-x7k2p`, `deployment/web`, `svc/web`. */
  name: string;
  /** The type of a name that has none; `pods` unless given. */
  resource?: string;
  files?: ReturnType<typeof filenameOptions>;
  /** Milliseconds to wait for a first pod. */
  timeout: number;
}

/** The pod that a command is to reach. Models kubectl pkg/polymorphichelpers/attachablepodforobject.go. */
export async function attachablePod(query: PodQuery, context: CommandContext): Promise<Pod> {
  const object = await namedObject(query, context);
  if (object.kind === "Pod") return object as Pod;
  const selector = podSelector(object, "cannot attach to");
  const pods = await podsBehind(object.metadata.namespace ?? "", selector, query.timeout, context);
  return [...pods].sort((a, b) => activePods(b, a))[0]!;
}

/** The one object that a name, a TYPE/NAME or a file stands for. */
export async function namedObject(query: PodQuery, context: CommandContext): Promise<KubeObject> {
  const { files } = query;
  const found = findResources(
    {
      ...(files && files.filenames.length > 0 ? { files } : {}),
      ...(query.name === "" ? {} : { namesOf: { resource: query.resource ?? "pods", names: [query.name] } }),
      namespace: context.namespace,
      enforceNamespace: context.namespaceGiven,
      typed: true,
    },
    context,
  );
  const infos = await found.infos();
  const object = infos[0]?.object;
  if (infos.length !== 1 || !object || isList(object))
    throw new CommandError("cannot exec into multiple objects at a time");
  return object;
}

/** The labels of the pods behind an object. Models kubectl pkg/polymorphichelpers/helpers.go (SelectorsForObject). */
export function podSelector(object: KubeObject, failure: string): string {
  const spec = (object.spec ?? {}) as { selector?: unknown };
  const type = goType(object);
  switch (object.kind) {
    case "Deployment":
    case "ReplicaSet":
    case "StatefulSet":
    case "DaemonSet":
    case "Job":
      return formatLabelSelector(spec.selector as Parameters<typeof formatLabelSelector>[0]);
    case "ReplicationController":
      return formatLabels(spec.selector as Record<string, string>);
    case "Service": {
      const labels = (spec.selector ?? {}) as Record<string, string>;
      if (Object.keys(labels).length === 0)
        throw new CommandError(
          `${failure} ${type}: invalid service '${object.metadata.name}': Service is defined without a selector`,
        );
      return formatLabels(labels);
    }
    default:
      throw new CommandError(`${failure} ${type}: selector for ${type} not implemented`);
  }
}

/** `*v1.Service`: what Go's %T prints. */
function goType(object: KubeObject): string {
  const info = kindByGvk(object.apiVersion, object.kind);
  return `*${info?.version ?? object.apiVersion.replace(/^.*\//, "")}.${object.kind}`;
}

/** Pods of a selector; waits for the first one. Models kubectl pkg/polymorphichelpers/helpers.go (GetPodList). */
export async function podsBehind(
  namespace: string,
  labelSelector: string,
  timeout: number,
  context: CommandContext,
): Promise<Pod[]> {
  const until = context.clock.now() + timeout;
  for (;;) {
    const { items } = await context.client.list("pods", { namespace, labelSelector });
    if (items.length > 0) return items as Pod[];
    if (context.clock.now() >= until) throw new CommandError("timed out waiting for the condition");
    await context.flush();
    await context.clock.sleep(Math.min(100, Math.max(1, until - context.clock.now())));
  }
}

const zeroTime = Number.POSITIVE_INFINITY;

/** Milliseconds since 1970 at which a ready pod became so; 0 when that is not told. */
function readySince(pod: Pod): number {
  return Date.parse(podCondition(pod, "Ready")?.lastTransitionTime ?? "") || 0;
}

function mostRestarts(pod: Pod): number {
  return Math.max(0, ...(pod.status?.containerStatuses ?? []).map(({ restartCount }) => restartCount));
}

/**
 * Less than 0 when `a` is to be removed before `b`. Models kubectl pkg/util/podutils (ActivePods): unassigned, pending, not ready,
 * being deleted, ready for a shorter time, more restarts, newer.
 */
export function activePods(a: Pod, b: Pod): number {
  const by = (value: (pod: Pod) => number) => value(a) - value(b);
  const phases = ["Pending", "Unknown", "Running"];
  return (
    by((pod) => (pod.spec?.nodeName ? 1 : 0)) ||
    by((pod) => Math.max(0, phases.indexOf(pod.status?.phase ?? ""))) ||
    by((pod) => (isReady(pod) ? 1 : 0)) ||
    by((pod) => (pod.metadata.deletionTimestamp ? 0 : 1)) ||
    by((pod) => (isReady(pod) ? -(readySince(pod) || zeroTime) : 0)) ||
    -by(mostRestarts) ||
    -by((pod) => Date.parse(pod.metadata.creationTimestamp ?? "") || 0)
  );
}

/** Models kubectl pkg/util/podutils (ByLogging): the best pod to take logs of comes first. */
export function byLogging(a: Pod, b: Pod): number {
  const by = (value: (pod: Pod) => number) => value(a) - value(b);
  const phases = ["Running", "Unknown", "Pending"];
  return (
    -by((pod) => (pod.spec?.nodeName ? 1 : 0)) ||
    by((pod) => Math.max(0, phases.indexOf(pod.status?.phase ?? ""))) ||
    -by((pod) => (isReady(pod) ? 1 : 0)) ||
    by((pod) => (isReady(pod) ? readySince(pod) || zeroTime : 0)) ||
    -by(mostRestarts) ||
    by((pod) => Date.parse(pod.metadata.creationTimestamp ?? "") || zeroTime)
  );
}
