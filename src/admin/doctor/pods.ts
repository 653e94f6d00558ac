import { isReady, podCondition } from "../../api/kinds/pod/state.ts";
import { controllerOf } from "../../api/object.ts";
import type { ReplicaSet, StatefulSet } from "../../api/types/apps.ts";
import type { Container, ContainerStatus, Pod } from "../../api/types/core.ts";
import { commandOf, imageOf } from "../../images/catalogue.ts";
import { parseReference } from "../../images/reference.ts";
import { missingConfiguration } from "./configuration.ts";
import { editDistance } from "./distance.ts";
import { type Case, type Finding, inNamespace, type Make, patchService, shellWord } from "./finding.ts";
import { type Probed, probing, restarting } from "./probes.ts";
import { whyNoNode } from "./scheduling.ts";
import { ownerRef } from "./workloads.ts";

/** Why pods of a Service are not ready: image, crash, probe, node. One finding for each reason of each owner. */
export function checkPods(subject: Case, pods: readonly Pod[]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const pod of pods) {
    const finding = isReady(pod) ? soonStopped(subject, pod) : reasonOf(subject, pod);
    if (!finding) continue;
    const key = `${finding.code} ${ownerRef(subject.snapshot, pod)}`;
    if (!findings.has(key)) findings.set(key, finding);
  }
  const list = [...findings.values()];
  if (pods.some((pod) => !isReady(pod))) list.push(...unready(subject, pods));
  return list;
}

/** Whether addresses of pods that are not ready are told, and should be. */
function unready(subject: Case, pods: readonly Pod[]): Finding[] {
  const { service, name, namespace } = subject;
  const waiting = pods.filter((pod) => !isReady(pod));
  const base = { object: `service/${name}`, namespace };
  // Peers of a headless Service find each other so before they are ready.
  if (service.spec?.publishNotReadyAddresses && service.spec.clusterIP === "None") return [];
  if (service.spec?.publishNotReadyAddresses)
    return [
      {
        ...base,
        severity: "error",
        code: "publishes-not-ready",
        problem: `publishNotReadyAddresses sends connections to ${waiting.length} of ${pods.length} pods before they are ready`,
        fix: [patchService(subject, { spec: { publishNotReadyAddresses: false } })],
      },
    ];
  if (service.spec?.clusterIP !== "None" || waiting.length < pods.length) return [];
  return [
    {
      ...base,
      severity: "hint",
      code: "peers-not-published",
      problem:
        "no pod is ready and publishNotReadyAddresses is not set: pods that wait for each other's names never find them",
      fix: [patchService(subject, { spec: { publishNotReadyAddresses: true } })],
    },
  ];
}

function maker(pod: Pod): Make {
  return (code, problem, ...fix) => ({
    severity: "error",
    code,
    object: `pod/${pod.metadata.name}`,
    namespace: pod.metadata.namespace ?? "default",
    problem,
    fix,
  });
}

/** A pod that is ready until its liveness probe stops it. */
function soonStopped(subject: Case, pod: Pod): Finding | undefined {
  for (const [index, container] of (pod.spec?.containers ?? []).entries()) {
    const finding = restarting({ subject, pod, container, index }, maker(pod));
    if (finding) return finding;
  }
  return undefined;
}

function reasonOf(subject: Case, pod: Pod): Finding {
  const name = pod.metadata.name!;
  const flags = inNamespace(subject);
  const describe = `kubectl describe pod ${name}${flags}`;
  const finding = maker(pod);
  if (!pod.spec?.nodeName) {
    const { why, fix } = whyNoNode(subject, pod);
    return finding("pod-not-scheduled", why, fix);
  }
  const early = beforeContainers(subject, pod, finding);
  if (early) return early;
  for (const [index, container] of (pod.spec.containers ?? []).entries()) {
    const status = pod.status?.containerStatuses?.find((candidate) => candidate.name === container.name);
    if (status?.ready) continue;
    return (
      stale(subject, pod, finding) ??
      configuring(subject, pod, status, finding) ??
      pulling(subject, pod, container, status, finding) ??
      crashing({ subject, pod, container, index }, status, finding) ??
      probing({ subject, pod, container, index }, status, finding) ??
      finding(
        "pod-not-ready",
        `container ${container.name} is not ready${reasonText(status)}`,
        status?.state?.waiting ? `kubectl wait --for=condition=Ready pod/${name}${flags} --timeout=60s` : describe,
      )
    );
  }
  const gates = (pod.spec.readinessGates ?? []).filter(
    ({ conditionType }) => podCondition(pod, conditionType)?.status !== "True",
  );
  if (gates.length === 0) return finding("pod-not-ready", "it is not ready", describe);
  const types = gates.map(({ conditionType }) => conditionType);
  const patch = { status: { conditions: types.map((type) => ({ type, status: "True" })) } };
  return finding(
    "readiness-gate",
    `its containers are ready, and nobody has set the condition ${types.join(", ")} that its readinessGates wait for`,
    `kubectl patch pod ${name}${flags} --subresource=status -p ${shellWord(JSON.stringify(patch))}`,
  );
}

function reasonText(status: ContainerStatus | undefined): string {
  const { reason, message } = status?.state?.waiting ?? {};
  return reason ? `: ${reason}${message ? ` (${message})` : ""}` : "";
}

/** A ConfigMap or Secret that is not there. */
function configuring(subject: Case, pod: Pod, status: ContainerStatus | undefined, finding: Make): Finding | undefined {
  const { reason, message } = status?.state?.waiting ?? {};
  const waits =
    reason === "CreateContainerConfigError" || reason === "ContainerCreating" || reason === "PodInitializing";
  if (!waits) return undefined;
  const missing = missingConfiguration(subject, pod);
  if (missing) return finding("configuration-missing", missing.problem, missing.fix);
  if (reason !== "CreateContainerConfigError") return undefined;
  const show = `kubectl describe pod ${pod.metadata.name}${inNamespace(subject)}`;
  return finding("configuration-missing", `its containers cannot be made: ${message}`, show);
}

/** The init container that the others wait for. */
function beforeContainers(subject: Case, pod: Pod, finding: Make): Finding | undefined {
  for (const [index, container] of (pod.spec?.initContainers ?? []).entries()) {
    const status = pod.status?.initContainerStatuses?.find((candidate) => candidate.name === container.name);
    if (status?.ready) continue;
    const failed =
      pulling(subject, pod, container, status, finding) ??
      crashing({ subject, pod, container, index }, status, finding);
    if (failed) return failed;
    if (!status?.state?.running || container.restartPolicy === "Always") continue;
    return finding(
      "init-container",
      `its containers wait for init container ${container.name}, which has not ended: ${commandOf(subject.snapshot, container).join(" ")}`,
      `kubectl logs ${pod.metadata.name} -c ${container.name}${inNamespace(subject)}`,
    );
  }
  return undefined;
}

/** A StatefulSet does not replace a pod that never became ready, even when its template was mended. */
function stale(subject: Case, pod: Pod, finding: Make): Finding | undefined {
  const [kind, name = ""] = ownerRef(subject.snapshot, pod).split("/");
  if (kind !== "statefulset") return undefined;
  const set = subject.snapshot.get<StatefulSet>("statefulsets.apps", subject.namespace, name);
  const { updateRevision } = set?.status ?? {};
  const revision = pod.metadata.labels?.["controller-revision-hash"];
  if (!updateRevision || !revision || revision === updateRevision) return undefined;
  return finding(
    "stateful-pod-stale",
    `it is not ready and of an older revision than statefulset/${name}, which replaces no pod that is not ready`,
    `kubectl delete pod ${pod.metadata.name}${inNamespace(subject)}`,
  );
}

const PULL_REASONS = ["ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull"];

function pulling(
  subject: Case,
  pod: Pod,
  container: Container,
  status: ContainerStatus | undefined,
  finding: Make,
): Finding | undefined {
  const reason = status?.state?.waiting?.reason ?? "";
  if (!PULL_REASONS.includes(reason)) return undefined;
  const image = container.image ?? "";
  const { tag } = parseReference(image);
  const tags = imageOf(subject.snapshot, image).tags ?? [];
  const ref = ownerRef(subject.snapshot, pod);
  const known = nearestTag(tag, tags);
  const fix =
    known === undefined
      ? (undo(subject, ref) ?? `kubectl describe pod ${pod.metadata.name}${inNamespace(subject)}`)
      : `kubectl set image ${ref}${inNamespace(subject)} ${container.name}=${withTag(image, known)}`;
  const which = known === undefined ? "" : `; there is ${withTag(image, known)}`;
  return finding("image-pull", `${reason}: image ${image} cannot be pulled${which}`, fix);
}

/** The way back to a revision whose pods still serve. */
function undo(subject: Case, ref: string): string | undefined {
  const { snapshot, namespace } = subject;
  const [kind, name] = ref.split("/");
  if (kind !== "deployment") return undefined;
  const sets = snapshot
    .list<ReplicaSet>("replicasets.apps", namespace)
    .filter((set) => controllerOf(set)?.name === name && (set.status?.readyReplicas ?? 0) > 0);
  return sets.length > 0 ? `kubectl rollout undo ${ref}${inNamespace(subject)}` : undefined;
}

/** The tag that is nearest, of several the newest. */
function nearestTag(wanted: string, tags: readonly string[]): string | undefined {
  let best: string | undefined;
  for (const tag of tags) if (best === undefined || editDistance(wanted, tag) <= editDistance(wanted, best)) best = tag;
  return best;
}

function withTag(image: string, tag: string): string {
  const slash = image.lastIndexOf("/");
  const colon = image.indexOf(":", slash + 1);
  return `${colon < 0 ? image : image.slice(0, colon)}:${tag}`;
}

function crashing(probed: Probed, status: ContainerStatus | undefined, finding: Make): Finding | undefined {
  const { subject, pod, container } = probed;
  const ended = status?.state?.terminated ?? (status?.state?.waiting ? status.lastState?.terminated : undefined);
  if (!ended) return undefined;
  const stopped = restarting(probed, finding);
  if (stopped) return stopped;
  const previous = status?.state?.terminated ? "" : " --previous";
  const how =
    ended.reason === "StartError" ? (ended.message ?? "it cannot be started") : `exit status ${ended.exitCode}`;
  const again = (status?.restartCount ?? 0) > 0 ? ` (${status?.restartCount} restarts)` : "";
  if (ended.exitCode === 0)
    return finding(
      "container-ends",
      `container ${container.name} does not stay up${again}: its program ends by itself, without an error: ${commandOf(subject.snapshot, container).join(" ")}`,
      `kubectl logs ${pod.metadata.name} -c ${container.name}${inNamespace(subject)}${previous}`,
    );
  return finding(
    "container-crashes",
    `container ${container.name} does not stay up${again}: ${how}`,
    `kubectl logs ${pod.metadata.name} -c ${container.name}${inNamespace(subject)}${previous}`,
  );
}
