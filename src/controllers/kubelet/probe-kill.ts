import type { IndexedSnapshot } from "../../api/indexes.ts";
import type { Container, Pod, Probe } from "../../api/types/core.ts";
import { processOf } from "../../images/catalogue.ts";
import { probeFailure } from "../../images/probe.ts";

/** The end of a running container that the kubelet stops because a probe of it fails. */
export interface ProbeKill {
  /** Milliseconds since 1970. */
  at: number;
  exitCode: number;
  /** Of the event. */
  message: string;
}

const GRACE_SECONDS = 30;

/**
 * When a container that started at `startedAt` is stopped as things are: its startup probe has failed often enough or, once that
 * succeeds, its liveness probe. Servers end well when they are told to; others do not listen, and are killed after the pod's grace
 * period. Models kubernetes pkg/kubelet/prober/worker.go and kuberuntime_manager.go computePodActions.
 */
export function probeKill(
  snapshot: IndexedSnapshot,
  pod: Pod,
  container: Container,
  startedAt: number,
): ProbeKill | undefined {
  if (!pod.spec?.containers.includes(container)) return undefined;
  const failureOf = (probe: Probe | undefined) => probe && probeFailure(snapshot, pod, container, probe);
  const startup = failureOf(container.startupProbe);
  const failure = startup ?? failureOf(container.livenessProbe);
  if (!failure) return undefined;
  const failing = (startup ? container.startupProbe : container.livenessProbe)!;
  const { initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3, terminationGracePeriodSeconds } = failing;
  const serves = processOf(snapshot, pod, container).listens.length > 0;
  const grace = terminationGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? GRACE_SECONDS;
  const begun = startedAt + initialDelaySeconds * 1000;
  const passed = Math.max(0, Math.ceil(((failure.since ?? begun) - begun) / (periodSeconds * 1000)));
  const seconds = (passed + failureThreshold - 1) * periodSeconds + (serves ? 0 : grace);
  const which = startup ? "startup" : "liveness";
  return {
    at: begun + seconds * 1000,
    exitCode: serves ? 0 : 137,
    message: `Container ${container.name} failed ${which} probe, will be restarted`,
  };
}
