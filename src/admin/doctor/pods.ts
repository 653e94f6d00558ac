import { isReady } from "../../api/kinds/pod/state.ts";
import type { Container, ContainerStatus, Pod, Probe } from "../../api/types/core.ts";
import { imageOf, processOf } from "../../images/catalogue.ts";
import { parseReference } from "../../images/reference.ts";
import { editDistance } from "./distance.ts";
import { type Case, type Finding, inNamespace, patchService, shellWord } from "./finding.ts";
import { ownerRef } from "./workloads.ts";

/** Why pods of a Service are not ready: image, crash, probe, node. One finding for each reason of each owner. */
export function checkPods(subject: Case, pods: readonly Pod[]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const pod of pods) {
    if (isReady(pod)) continue;
    const finding = reasonOf(subject, pod);
    const key = `${finding.code} ${ownerRef(subject.snapshot, pod)}`;
    if (!findings.has(key)) findings.set(key, finding);
  }
  const list = [...findings.values()];
  if (list.length > 0) list.push(...unready(subject, pods));
  return list;
}

/** Whether addresses of pods that are not ready are told, and should be. */
function unready(subject: Case, pods: readonly Pod[]): Finding[] {
  const { service, name, namespace } = subject;
  const waiting = pods.filter((pod) => !isReady(pod));
  const base = { object: `service/${name}`, namespace };
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

function reasonOf(subject: Case, pod: Pod): Finding {
  const name = pod.metadata.name!;
  const flags = inNamespace(subject);
  const finding = (code: string, problem: string, ...fix: string[]): Finding => ({
    severity: "error",
    code,
    object: `pod/${name}`,
    namespace: pod.metadata.namespace ?? "default",
    problem,
    fix,
  });
  const scheduled = pod.status?.conditions?.find((condition) => condition.type === "PodScheduled");
  if (!pod.spec?.nodeName)
    return finding(
      "pod-not-scheduled",
      scheduled?.message ? `no node takes it: ${scheduled.message}` : "it has no node yet",
      `kubectl describe pod ${name}${flags}`,
    );
  for (const [index, container] of (pod.spec.containers ?? []).entries()) {
    const status = pod.status?.containerStatuses?.find((candidate) => candidate.name === container.name);
    if (status?.ready) continue;
    return (
      pulling(subject, pod, container, status, finding) ??
      crashing(subject, pod, container, status, finding) ??
      probing(subject, pod, container, index, status, finding) ??
      finding(
        "pod-not-ready",
        `container ${container.name} is not ready${status?.state?.waiting?.reason ? `: ${status.state.waiting.reason}` : ""}`,
        status?.state?.waiting
          ? `kubectl wait --for=condition=Ready pod/${name}${flags} --timeout=60s`
          : `kubectl describe pod ${name}${flags}`,
      )
    );
  }
  return finding("pod-not-ready", "it is not ready", `kubectl describe pod ${name}${flags}`);
}

type Make = (code: string, problem: string, ...fix: string[]) => Finding;

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
      ? `kubectl describe pod ${pod.metadata.name}${inNamespace(subject)}`
      : `kubectl set image ${ref}${inNamespace(subject)} ${container.name}=${withTag(image, known)}`;
  const which = known === undefined ? "" : `; there is ${withTag(image, known)}`;
  return finding("image-pull", `${reason}: image ${image} cannot be pulled${which}`, fix);
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

function crashing(
  subject: Case,
  pod: Pod,
  container: Container,
  status: ContainerStatus | undefined,
  finding: Make,
): Finding | undefined {
  const ended = status?.state?.terminated ?? (status?.state?.waiting ? status.lastState?.terminated : undefined);
  if (!ended) return undefined;
  const previous = status?.state?.terminated ? "" : " --previous";
  const how =
    ended.reason === "StartError" ? (ended.message ?? "it cannot be started") : `exit status ${ended.exitCode}`;
  const again = (status?.restartCount ?? 0) > 0 ? ` (${status?.restartCount} restarts)` : "";
  return finding(
    "container-crashes",
    `container ${container.name} does not stay up${again}: ${how}`,
    `kubectl logs ${pod.metadata.name} -c ${container.name}${inNamespace(subject)}${previous}`,
  );
}

function probing(
  subject: Case,
  pod: Pod,
  container: Container,
  index: number,
  status: ContainerStatus | undefined,
  finding: Make,
): Finding | undefined {
  const probe = container.readinessProbe;
  if (!probe || !status?.state?.running) return undefined;
  const [field, port] = probePort(probe);
  if (field === undefined || port === undefined)
    return finding(
      "readiness-probe",
      `the readiness probe of container ${container.name} fails: ${(probe.exec?.command ?? []).join(" ")}`,
      `kubectl describe pod ${pod.metadata.name}${inNamespace(subject)}`,
    );
  const number = typeof port === "number" ? port : container.ports?.find((it) => it.name === port)?.containerPort;
  const listens = processOf(subject.snapshot, pod, container).listens.filter((listen) => listen.protocol === "TCP");
  if (listens.some((listen) => listen.port === number))
    return finding(
      "readiness-probe",
      `the readiness probe of container ${container.name} has not succeeded yet`,
      `kubectl wait --for=condition=Ready pod/${pod.metadata.name}${inNamespace(subject)} --timeout=60s`,
    );
  const [first] = listens;
  const ref = ownerRef(subject.snapshot, pod);
  const patch = [
    {
      op: "replace",
      path: `/spec/template/spec/containers/${index}/readinessProbe/${field}/port`,
      value: first?.port,
    },
  ];
  const where = first ? `; container ${container.name} listens on ${listens.map((it) => it.port).join(", ")}` : "";
  const [kind, name] = ref.split("/");
  return finding(
    "readiness-probe",
    `its readiness probe asks port ${port}, where nobody listens${where}`,
    first && kind !== "pod"
      ? `kubectl patch ${kind} ${name}${inNamespace(subject)} --type=json -p ${shellWord(JSON.stringify(patch))}`
      : `kubectl describe pod ${pod.metadata.name}${inNamespace(subject)}`,
  );
}

function probePort(probe: Probe): [field: string | undefined, port: number | string | undefined] {
  if (probe.httpGet) return ["httpGet", probe.httpGet.port];
  if (probe.tcpSocket) return ["tcpSocket", probe.tcpSocket.port];
  if (probe.grpc) return ["grpc", probe.grpc.port];
  return [undefined, undefined];
}
