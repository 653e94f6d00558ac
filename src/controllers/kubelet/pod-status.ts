import { byInvolvedObject, type IndexedSnapshot } from "../../api/indexes.ts";
import { settingOf } from "../../api/settings.ts";
import { timestamp } from "../../api/snapshot.ts";
import type { Container, ContainerStatus, Event, Node, Pod, PodCondition, PodStatus } from "../../api/types/core.ts";
import { isBeforeScript, processOf } from "../../images/catalogue.ts";
import { probeFailure } from "../../images/probe.ts";
import { mountedVolumes } from "./configuration.ts";
import { advance, type ContainerEvent, waiting } from "./containers.ts";
import { addressFor } from "./pod-addresses.ts";
import { seenAt } from "./start-records.ts";

export interface PodStep {
  status: PodStatus;
  events: ContainerEvent[];
  next?: number;
}

/** What the kubelet of the pod's node reports of it at the snapshot's instant. Models pkg/kubelet/kubelet_pods.go generateAPIPodStatus. */
export function podStep(snapshot: IndexedSnapshot, pod: Pod, node: Node): PodStep {
  const { now, cluster } = snapshot;
  const before = pod.status ?? {};
  const startTime = before.startTime ?? timestamp(now);
  const started = Date.parse(startTime);
  const events: ContainerEvent[] = [];
  const nexts: number[] = [];
  const run = (container: Container, old: readonly ContainerStatus[] | undefined, startAt: number): ContainerStatus => {
    const step = advance(
      snapshot,
      pod,
      container,
      old?.find((status) => status.name === container.name),
      startAt,
    );
    events.push(...step.events);
    if (step.next !== undefined) nexts.push(step.next);
    return step.status;
  };
  const volumes = mountedVolumes(snapshot, pod);
  const begin = Math.max(started, volumes.since) + settingOf(cluster, "pod-start");
  // What was mounted once stays so.
  const blocked = volumes.failure !== undefined && !before.podIP;
  if (blocked && !before.containerStatuses)
    events.push({ type: "Warning", reason: "FailedMount", message: volumes.failure! });
  const init: ContainerStatus[] = [];
  let initialised = true;
  let mainStart = begin;
  for (const container of pod.spec?.initContainers ?? []) {
    const sidecar = container.restartPolicy === "Always";
    if (blocked) initialised = false;
    if (!initialised) {
      init.push(
        before.initContainerStatuses?.find((status) => status.name === container.name) ??
          waiting(container, "PodInitializing"),
      );
      continue;
    }
    const status = run(container, before.initContainerStatuses, mainStart);
    const done = status.state?.terminated?.exitCode === 0;
    init.push({ ...status, ready: sidecar ? status.state?.running !== undefined : done });
    if (sidecar ? !status.state?.running : !done) initialised = false;
    else if (done) mainStart = Math.max(mainStart, Date.parse(status.state!.terminated!.finishedAt!));
  }
  const main = (pod.spec?.containers ?? []).map((container) => {
    if (!initialised) return { ...waiting(container, "PodInitializing"), image: container.image! };
    if (blocked) return waiting(container, "ContainerCreating");
    const ran = run(container, before.containerStatuses, mainStart);
    const status = ran.state?.running && !hasStarted(snapshot, pod, container) ? { ...ran, started: false } : ran;
    const probe = readyAt(snapshot, pod, container, status);
    if (probe !== undefined && probe > now) nexts.push(probe);
    return { ...status, ready: probe !== undefined && probe <= now };
  });
  const ephemeral = initialised ? lateContainers(snapshot, pod, run, begin) : [];
  const address =
    main.some((status) => status.containerID) || (now >= begin && !blocked)
      ? addressFor(snapshot, pod, node)
      : undefined;
  const addressed = { ...pod, status: { ...before, ...(address ? { podIP: address } : {}) } };
  for (const status of main) events.push(...probeEvents(snapshot, addressed, status));
  const phase = phaseOf(pod, main, initialised);
  const internalIP = node.status?.addresses?.find((entry) => entry.type === "InternalIP")?.address;
  const status: PodStatus = {
    observedGeneration: pod.metadata.generation ?? 1,
    phase,
    conditions: conditionsOf(pod, before, { initialised, main, phase, sandbox: address !== undefined }, now),
    ...(internalIP ? { hostIP: internalIP, hostIPs: [{ ip: internalIP }] } : {}),
    ...(address ? { podIP: address, podIPs: [{ ip: address }] } : {}),
    startTime,
    ...(init.length ? { initContainerStatuses: init } : {}),
    containerStatuses: main,
    ...(ephemeral.length ? { ephemeralContainerStatuses: ephemeral } : {}),
    ...(before.qosClass ? { qosClass: before.qosClass } : {}),
  };
  return { status, events, ...(nexts.length ? { next: Math.min(...nexts) } : {}) };
}

/** Until its startup probe succeeds no other probe is made. */
function hasStarted(snapshot: IndexedSnapshot, pod: Pod, container: Container): boolean {
  return !container.startupProbe || !probeFailure(snapshot, pod, container, container.startupProbe);
}

/** What is told of the probes of a container: the first failure of each, which without a script is at its start. */
function probeEvents(snapshot: IndexedSnapshot, pod: Pod, status: ContainerStatus): ContainerEvent[] {
  const before = pod.status?.containerStatuses?.find(({ name }) => name === status.name);
  const isNew = status.state?.running && before?.state?.running?.startedAt !== status.state.running.startedAt;
  const container = pod.spec?.containers.find(({ name }) => name === status.name);
  if (!container || !status.state?.running) return [];
  if (!container.readinessProbe && !container.livenessProbe && !container.startupProbe) return [];
  const present = { ...pod, status: { ...pod.status, containerStatuses: [status] } };
  if (isBeforeScript(snapshot, present, container)) return [];
  const { lifetime } = processOf(snapshot, pod, container);
  const scripted = "runs" in lifetime && lifetime.program === "script";
  if (!isNew && !scripted) return [];
  const started = hasStarted(snapshot, pod, container);
  const probes = started
    ? ([
        ["Readiness", container.readinessProbe],
        ["Liveness", container.livenessProbe],
      ] as const)
    : ([["Startup", container.startupProbe]] as const);
  return probes.flatMap(([kind, probe]) => {
    const failure = probe && probeFailure(snapshot, pod, container, probe);
    if (!failure) return [];
    const how = failure.errored ? "errored and resulted in unknown state" : "failed";
    const message = `${kind} probe ${how}: ${failure.output}`;
    // A script fails a probe at any time.
    if (scripted && wasTold(snapshot, pod, message, Date.parse(status.state!.running!.startedAt!))) return [];
    return [{ type: "Warning", reason: "Unhealthy", message, container: container.name }];
  });
}

function wasTold(snapshot: IndexedSnapshot, pod: Pod, message: string, since: number): boolean {
  return snapshot
    .listBy<Event>("events", byInvolvedObject, pod.metadata.uid ?? "")
    .some((event) => event.message === message && Date.parse(event.lastTimestamp ?? "") >= since);
}

/** Containers that came later: nobody asks whether they are ready or have started. */
function lateContainers(
  snapshot: IndexedSnapshot,
  pod: Pod,
  run: (container: Container, old: readonly ContainerStatus[] | undefined, startAt: number) => ContainerStatus,
  begin: number,
): ContainerStatus[] {
  return (pod.spec?.ephemeralContainers ?? []).map((container) => {
    const at = Math.max(begin, seenAt(snapshot, pod, container.name) ?? snapshot.now);
    const { started: _, ...status } = run(container as Container, pod.status?.ephemeralContainerStatuses, at);
    return { ...status, ready: false };
  });
}

/** Milliseconds since 1970 at which the readiness probe of a running container succeeds; undefined: never as it is. */
function readyAt(
  snapshot: IndexedSnapshot,
  pod: Pod,
  container: Container,
  status: ContainerStatus,
): number | undefined {
  const running = status.state?.running;
  if (!running) return undefined;
  const startedAt = Date.parse(running.startedAt!);
  if (!hasStarted(snapshot, pod, container)) return undefined;
  const probe = container.readinessProbe;
  if (!probe) return startedAt;
  if (probeFailure(snapshot, pod, container, probe)) return undefined;
  // Without a start-up time pods are ready when the command that made them returns.
  return settingOf(snapshot.cluster, "pod-start") > 0 ? startedAt + (probe.initialDelaySeconds ?? 0) * 1000 : startedAt;
}

/** Models pkg/kubelet getPhase. */
function phaseOf(pod: Pod, main: readonly ContainerStatus[], initialised: boolean): PodStatus["phase"] {
  const policy = pod.spec?.restartPolicy ?? "Always";
  if (!initialised) return "Pending";
  if (main.some((status) => status.state?.waiting && !status.lastState?.terminated)) return "Pending";
  const finished = main.every((status) => status.state?.terminated);
  if (!finished || policy === "Always") return "Running";
  if (main.every((status) => status.state?.terminated?.exitCode === 0)) return "Succeeded";
  return policy === "Never" ? "Failed" : "Running";
}

interface Facts {
  initialised: boolean;
  main: readonly ContainerStatus[];
  phase: PodStatus["phase"];
  sandbox: boolean;
}

/** In the order in which the real kubelet reports them. */
function conditionsOf(pod: Pod, before: PodStatus, facts: Facts, now: number): PodCondition[] {
  const { initialised, main, phase, sandbox } = facts;
  const over = phase === "Succeeded" || phase === "Failed";
  const unready = main.filter((status) => !status.ready).map((status) => status.name);
  const containersReady = unready.length === 0;
  const notReady = over
    ? { reason: phase === "Succeeded" ? "PodCompleted" : "PodFailed" }
    : { reason: "ContainersNotReady", message: `containers with unready status: [${unready.join(" ")}]` };
  const gates = (pod.spec?.readinessGates ?? []).filter(
    (gate) => before.conditions?.find((condition) => condition.type === gate.conditionType)?.status !== "True",
  );
  const ready = containersReady && gates.length === 0;
  const uninitialised = {
    reason: "ContainersNotInitialized",
    message: `containers with incomplete status: [${(pod.spec?.initContainers ?? []).map((container) => container.name).join(" ")}]`,
  };
  const wanted: { type: string; ok: boolean; why?: { reason: string; message?: string } }[] = [
    { type: "PodReadyToStartContainers", ok: sandbox && !over },
    { type: "Initialized", ok: initialised, why: uninitialised },
    {
      type: "Ready",
      ok: ready,
      why: containersReady
        ? {
            reason: "ReadinessGatesNotReady",
            message: gates
              .map((gate) => `corresponding condition of pod readiness gate "${gate.conditionType}" does not exist.`)
              .join(", "),
          }
        : notReady,
    },
    { type: "ContainersReady", ok: containersReady, why: notReady },
    { type: "PodScheduled", ok: true },
  ];
  const made = wanted.map(({ type, ok, why }): PodCondition => {
    const status = ok ? "True" : "False";
    const old = before.conditions?.find((condition) => condition.type === type);
    const reason =
      type === "Initialized" && ok && phase === "Succeeded" ? { reason: "PodCompleted" } : ok ? {} : (why ?? {});
    return {
      type,
      status,
      observedGeneration: pod.metadata.generation ?? 1,
      lastProbeTime: null as unknown as string,
      lastTransitionTime: old?.status === status ? old.lastTransitionTime! : timestamp(now),
      ...reason,
    };
  });
  const own = new Set(wanted.map(({ type }) => type));
  return [...(before.conditions ?? []).filter((condition) => !own.has(condition.type)), ...made];
}
