import { formatLabels, selectorFromSet } from "../../api/meta/label-selector.ts";
import type { Pod } from "../../api/types/core.ts";
import { withoutSelector } from "./endpoint-slices.ts";
import { about, applyObject, type Case, type Finding, inNamespace } from "./finding.ts";
import { nearestPods, nearFinding, selectInstead } from "./near.ts";
import { withoutPods } from "./no-pods.ts";
import { livePods, ownerRef, workloads } from "./workloads.ts";

/** Why a Service has no pods: its selector, another namespace, or nobody that runs any. */
export function checkSelector(subject: Case): Finding[] {
  const labels = subject.service.spec?.selector;
  if (!labels || Object.keys(labels).length === 0) return withoutSelector(subject);
  if (podsOf(subject).length > 0) return [];
  const near = nearestPods(subject, labels);
  const slip = near?.foreign.length === 0 ? near : undefined;
  return [
    withoutPods(subject) ??
      (slip && nearFinding(subject, labels, slip)) ??
      ofWorkloadItself(subject, labels) ??
      elsewhere(subject, labels) ??
      (near && nearFinding(subject, labels, near)) ??
      sameName(subject, labels) ??
      nowhere(subject, labels),
  ];
}

/** The live pods that the Service selects. */
export function podsOf({ snapshot, service, namespace }: Case): Pod[] {
  const labels = service.spec?.selector;
  if (!labels || Object.keys(labels).length === 0) return [];
  const selector = selectorFromSet(labels);
  return livePods(snapshot, namespace).filter((pod) => selector.matches(pod.metadata.labels));
}

type Labels = Readonly<Record<string, string>>;

/** A label of the Deployment where one of its pods is meant. */
function ofWorkloadItself(subject: Case, labels: Labels): Finding | undefined {
  const selector = selectorFromSet(labels);
  const found = workloads(subject.snapshot, subject.namespace).find(({ ownLabels }) => selector.matches(ownLabels));
  if (!found) return undefined;
  return about(
    subject,
    "error",
    "selector-matches-nothing",
    `selector ${formatLabels(labels)} matches no pod: ${found.ref} itself has that label, its pods have ${formatLabels(found.labels)}`,
    selectInstead(subject, labels, found.labels),
  );
}

function elsewhere(subject: Case, labels: Labels): Finding | undefined {
  const { snapshot, name, namespace } = subject;
  const selector = selectorFromSet(labels);
  const pod = livePods(snapshot).find(
    (candidate) => candidate.metadata.namespace !== namespace && selector.matches(candidate.metadata.labels),
  );
  if (!pod) return undefined;
  const there = pod.metadata.namespace ?? "default";
  return about(
    subject,
    "error",
    "pods-in-another-namespace",
    `selector ${formatLabels(labels)} matches pods in namespace ${there} alone; a Service selects in its own namespace, and is ${name}.${there} for others`,
    `kubectl delete service ${name}${inNamespace(subject)}`,
    makeThere(subject, ownerRef(snapshot, pod), there),
  );
}

/** What kubectl can expose. */
const EXPOSED = ["deployment", "replicaset", "replicationcontroller", "pod"];

/** The command that makes the same Service in another namespace. */
function makeThere(subject: Case, ref: string, there: string): string {
  const { name, service } = subject;
  const { selector, type = "ClusterIP", clusterIP, ports = [] } = service.spec ?? {};
  const [port] = ports;
  if (!EXPOSED.includes(ref.split("/")[0]!) || !port || ports.length > 1 || clusterIP === "None")
    return applyObject({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace: there },
      spec: { type, ...(clusterIP === "None" ? { clusterIP } : {}), selector, ports },
    });
  const kind = type === "ClusterIP" ? "" : ` --type=${type}`;
  const protocol = (port.protocol ?? "TCP") === "TCP" ? "" : ` --protocol=${port.protocol}`;
  const flags = inNamespace({ ...subject, namespace: there });
  return `kubectl expose ${ref}${flags} --name=${name} --port=${port.port} --target-port=${port.targetPort ?? port.port}${protocol}${kind}`;
}

/** Nothing is near, but somebody is called as the Service is. */
function sameName(subject: Case, labels: Labels): Finding | undefined {
  const found = workloads(subject.snapshot, subject.namespace).find(({ name }) => name === subject.name);
  if (!found || Object.keys(found.labels).length === 0) return undefined;
  return about(
    subject,
    "error",
    "selector-matches-nothing",
    `selector ${formatLabels(labels)} matches no pod; ${found.ref}, which has the Service's name, has ${formatLabels(found.labels)}`,
    selectInstead(subject, labels, found.labels),
  );
}

function nowhere(subject: Case, labels: Labels): Finding {
  return about(
    subject,
    "error",
    "selector-matches-nothing",
    `selector ${formatLabels(labels)} matches no pod, and no label in namespace ${subject.namespace} is near it`,
    `kubectl get pods --show-labels${inNamespace(subject)}`,
  );
}
