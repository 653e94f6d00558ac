import type { IndexedSnapshot } from "../../api/indexes.ts";
import { hashWords } from "../../api/keyed-random.ts";
import { instanceOf } from "../../api/kinds/pod/runtime.ts";
import { formatDurationMs } from "../../api/meta/duration.ts";
import { timestamp } from "../../api/snapshot.ts";
import type { Container, ContainerState, ContainerStatus, Node, Pod } from "../../api/types/core.ts";
import { imageExists, processOf } from "../../images/catalogue.ts";
import type { Lifetime } from "../../images/image.ts";
import { missingVariable } from "./configuration.ts";
import { probeKill } from "./probe-kill.ts";

/** An event of the kubelet about a container or its pod. */
export interface ContainerEvent {
  type: "Normal" | "Warning";
  reason: string;
  message: string;
  /** Absent: about the pod as a whole. */
  container?: string;
}

export interface ContainerStep {
  status: ContainerStatus;
  events: ContainerEvent[];
  /** Milliseconds since 1970 at which the next change is due. */
  next?: number;
}

/** Restart k waits this long (milliseconds). Models pkg/kubelet MaxContainerBackOff and its doubling from 10 s. */
function restartDelay(restart: number): number {
  return restart <= 1 ? 1000 : Math.min(10_000 * 2 ** (restart - 2), 300_000);
}

/** An image that cannot be pulled shows ErrImagePull for so long after each try (milliseconds). */
const PULL_ERROR_SHOWN = 2000;

const MOST_EVENTS = 100;

/**
 * What a container has become by `now`, from what it was: one state after another, each at its own time, so that it does not matter how
 * often somebody looks. `startAt`: milliseconds since 1970 at which the kubelet starts it.
 */
export function advance(
  snapshot: IndexedSnapshot,
  pod: Pod,
  container: Container,
  before: ContainerStatus | undefined,
  startAt: number,
): ContainerStep {
  const { now } = snapshot;
  const events: ContainerEvent[] = [];
  let status = before ?? waiting(container, "ContainerCreating");
  for (;;) {
    const step = following(snapshot, pod, container, status, startAt);
    if (!step || step.at > now) return { status, events, ...(step ? { next: step.at } : {}) };
    status = step.status;
    events.push(...step.events);
    // After a long gap the newest are enough: the others would have expired.
    if (events.length > 2 * MOST_EVENTS) events.splice(0, events.length - MOST_EVENTS);
  }
}

/** A container that has not started, and why. */
export function waiting(container: Container, reason: "ContainerCreating" | "PodInitializing"): ContainerStatus {
  return {
    name: container.name,
    state: { waiting: { reason } },
    lastState: {},
    ready: false,
    restartCount: 0,
    image: container.image!,
    imageID: "",
    started: false,
  };
}

interface Step {
  at: number;
  status: ContainerStatus;
  events: ContainerEvent[];
}

/** The state after this one and when it comes; undefined when nothing will change by itself. */
function following(
  snapshot: IndexedSnapshot,
  pod: Pod,
  container: Container,
  status: ContainerStatus,
  startAt: number,
): Step | undefined {
  const { waiting, running, terminated } = status.state ?? {};
  if (waiting?.reason === "CrashLoopBackOff") {
    const finished = finishedAt(status.lastState);
    const at = finished + restartDelay((status.restartCount ?? 0) + 1);
    return start(snapshot, pod, container, { ...status, restartCount: (status.restartCount ?? 0) + 1 }, at);
  }
  if (waiting?.reason === "CreateContainerConfigError")
    return missingVariable(snapshot, pod, container)
      ? undefined
      : start(snapshot, pod, container, status, snapshot.now);
  if (waiting) return pull(snapshot, pod, container, status, startAt);
  if (running) return exit(snapshot, pod, container, status);
  if (terminated) return afterExit(pod, status, terminated.exitCode);
  return undefined;
}

/** The image is there, or it is tried again and again. Models pkg/kubelet/images/image_manager.go. */
function pull(
  snapshot: IndexedSnapshot,
  pod: Pod,
  container: Container,
  status: ContainerStatus,
  startAt: number,
): Step | undefined {
  const image = container.image!;
  const reason = status.state?.waiting?.reason;
  if (imageExists(snapshot, image)) {
    if (reason === "ContainerCreating" || reason === "PodInitializing")
      return start(snapshot, pod, container, status, startAt);
    // Nobody has failed to pull another image yet.
    if (status.image !== image) return start(snapshot, pod, container, { ...status, image }, snapshot.now);
  }
  // Tries come 10 s, 20 s, 40 s … after each other, five minutes at the most.
  let tryAt = startAt;
  let delay = 10_000;
  if (reason === "ErrImagePull" || reason === "ImagePullBackOff")
    while (tryAt + delay <= snapshot.now) {
      tryAt += delay;
      delay = Math.min(delay * 2, 300_000);
    }
  const why = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
  const waiting = (next: string, message: string): ContainerStatus => ({
    ...status,
    state: { waiting: { reason: next, message } },
  });
  if (reason === "ErrImagePull")
    return {
      at: tryAt + PULL_ERROR_SHOWN,
      status: waiting("ImagePullBackOff", `Back-off pulling image "${image}": ErrImagePull: ${why}`),
      events: [
        event("Normal", "BackOff", `Back-off pulling image "${image}"`, container),
        event("Warning", "Failed", "Error: ImagePullBackOff", container),
      ],
    };
  const at = reason === "ImagePullBackOff" ? tryAt + delay : startAt;
  return {
    at,
    status: waiting("ErrImagePull", why),
    events: [
      event("Normal", "Pulling", `Pulling image "${image}"`, container),
      event("Warning", "Failed", `Failed to pull image "${image}": ${why}`, container),
      event("Warning", "Failed", "Error: ErrImagePull", container),
    ],
  };
}

function event(type: "Normal" | "Warning", reason: string, message: string, container: Container): ContainerEvent {
  return { type, reason, message, container: container.name };
}

function start(snapshot: IndexedSnapshot, pod: Pod, container: Container, status: ContainerStatus, at: number): Step {
  const { lifetime } = processOf(snapshot, pod, container);
  const { seed } = snapshot.cluster;
  const image = container.image!;
  const pulled =
    container.imagePullPolicy === "Always" || (status.restartCount ?? 0) === 0
      ? [
          event("Normal", "Pulling", `Pulling image "${image}"`, container),
          event(
            "Normal",
            "Pulled",
            `Successfully pulled image "${image}" in 0s (0s including waiting). Image size: ${imageSize(image)} bytes.`,
            container,
          ),
        ]
      : [
          event(
            "Normal",
            "Pulled",
            `Container image "${image}" already present on machine and can be accessed by the pod`,
            container,
          ),
        ];
  const missing = missingVariable(snapshot, pod, container);
  if (missing !== undefined)
    return {
      at,
      status: { ...status, state: { waiting: { reason: "CreateContainerConfigError", message: missing } } },
      events: [...pulled, event("Warning", "Failed", `Error: ${missing}`, container)],
    };
  const created = event("Normal", "Created", `Container created`, container);
  const runtime = runtimeOf(pod, snapshot);
  const base: ContainerStatus = {
    ...status,
    imageID: `${runtime === "docker" ? "docker-pullable://" : ""}${image.split(/[:@]/)[0]}@sha256:${hex(image)}`,
    containerID: `${runtime}://${hex(seed, "container", pod.metadata.uid ?? "", container.name, status.restartCount ?? 0)}`,
  };
  if ("cannotStart" in lifetime) {
    const terminated = {
      exitCode: 128,
      reason: "StartError",
      message: lifetime.cannotStart,
      startedAt: "1970-01-01T00:00:00Z",
      finishedAt: timestamp(at),
      containerID: base.containerID!,
    };
    return {
      at,
      status: { ...base, ready: false, started: false, state: { terminated } },
      events: [...pulled, created, event("Warning", "Failed", `Error: ${lifetime.cannotStart}`, container)],
    };
  }
  return {
    at,
    status: { ...base, started: true, state: { running: { startedAt: timestamp(at) } } },
    events: [...pulled, created, event("Normal", "Started", "Container started", container)],
  };
}

/** `docker` or `containerd`, as the node says. */
function runtimeOf(pod: Pod, snapshot: IndexedSnapshot): string {
  const node = snapshot.get<Node>("nodes", "", pod.spec?.nodeName ?? "");
  return node?.status?.nodeInfo?.containerRuntimeVersion?.split("://")[0] ?? "containerd";
}

function exit(snapshot: IndexedSnapshot, pod: Pod, container: Container, status: ContainerStatus): Step | undefined {
  const lifetime: Lifetime = processOf(snapshot, pod, container).lifetime;
  const recorded = instanceOf(snapshot, pod, status.name, status.restartCount)?.exit;
  const startedAt = status.state!.running!.startedAt!;
  const own = recorded
    ? { at: recorded.at, exitCode: recorded.code }
    : "exits" in lifetime
      ? { at: Date.parse(startedAt) + lifetime.afterMs, exitCode: lifetime.exits }
      : undefined;
  const kill = probeKill(snapshot, pod, container, Date.parse(startedAt));
  const killed = kill && (!own || kill.at < own.at) ? kill : undefined;
  const end = killed ?? own;
  if (!end) return undefined;
  const terminated = {
    exitCode: end.exitCode,
    reason: end.exitCode === 0 ? "Completed" : "Error",
    startedAt,
    finishedAt: timestamp(end.at),
    containerID: status.containerID!,
  };
  return {
    at: end.at,
    status: { ...status, ready: false, started: false, state: { terminated } },
    events: killed ? [event("Normal", "Killing", killed.message, container)] : [],
  };
}

/** An init container that succeeded stays ended; a sidecar goes on with the pod; what came later runs once. Models pkg/kubelet/container/helpers.go. */
function restartPolicyOf(pod: Pod, name: string): string {
  if (pod.spec?.ephemeralContainers?.some((container) => container.name === name)) return "Never";
  const policy = pod.spec?.restartPolicy ?? "Always";
  const init = pod.spec?.initContainers?.find((container) => container.name === name);
  if (!init) return policy;
  if (init.restartPolicy === "Always") return "Always";
  return policy === "Never" ? "Never" : "OnFailure";
}

function afterExit(pod: Pod, status: ContainerStatus, exitCode: number): Step | undefined {
  const policy = restartPolicyOf(pod, status.name);
  if (policy === "Never" || (policy === "OnFailure" && exitCode === 0)) return undefined;
  if (pod.metadata.deletionTimestamp) return undefined;
  const lastState: ContainerState = status.state!;
  const restart = (status.restartCount ?? 0) + 1;
  const message = `back-off ${formatDurationMs(restartDelay(restart + 1))} restarting failed container=${status.name} pod=${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`;
  return {
    at: finishedAt(lastState) + 500,
    status: { ...status, lastState, state: { waiting: { reason: "CrashLoopBackOff", message } } },
    events:
      restart > 1
        ? [
            {
              type: "Warning",
              reason: "BackOff",
              message: `Back-off restarting failed container ${status.name} in pod ${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`,
              container: status.name,
            },
          ]
        : [],
  };
}

function finishedAt(state: ContainerState | undefined): number {
  return Date.parse(state?.terminated?.finishedAt ?? "");
}

function hex(...parts: (string | number)[]): string {
  return [0, 1]
    .flatMap((half) => hashWords(...parts, half))
    .map((word) => word.toString(16).padStart(8, "0"))
    .join("");
}

function imageSize(image: string): number {
  return 20_000_000 + (hashWords("image size", image)[0] % 80_000_000);
}
