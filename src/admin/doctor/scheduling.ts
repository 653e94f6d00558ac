import { matchesAffinity, tolerates } from "../../api/kinds/pod/node-fit.ts";
import { podCondition } from "../../api/kinds/pod/state.ts";
import { totalResources } from "../../api/kinds/pod/total-resources.ts";
import { parseQuantity } from "../../api/meta/quantity.ts";
import type { Node, PersistentVolumeClaim, Pod, Taint } from "../../api/types/core.ts";
import { type Case, inNamespace } from "./finding.ts";
import { livePods, ownerRef } from "./workloads.ts";

/** Why a pod has no node, and what gives it one. */
export interface NoNode {
  why: string;
  fix: string;
}

interface Obstacle {
  what: string;
  fix: string;
}

/** What keeps a pod from every node; undefined where it is nothing of what is looked at here. */
export function whyNoNode(subject: Case, pod: Pod): NoNode {
  const { snapshot } = subject;
  const missing = claimFault(subject, pod, (claim) => claim === undefined);
  if (missing) return missing;
  const nodes = snapshot.list<Node>("nodes").map((node) => ({ node, obstacles: obstaclesOf(subject, pod, node) }));
  const told = nodes.filter(({ obstacles }) => obstacles.length > 0);
  const show = `kubectl describe pod ${pod.metadata.name}${inNamespace(subject)}`;
  if (nodes.length > 0 && told.length === nodes.length) {
    // Somebody keeps the control plane free on purpose: it is the last to be opened.
    const order = [...told].sort((a, b) => effort(a) - effort(b));
    const what = told.map(({ node, obstacles }) => `${node.metadata.name} ${obstacles[0]!.what}`).join(", ");
    return { why: `no node takes it: ${what}`, fix: order[0]!.obstacles[0]!.fix };
  }
  const unbound = claimFault(subject, pod, (claim) => claim?.status?.phase !== "Bound");
  if (unbound) return unbound;
  const message = podCondition(pod, "PodScheduled")?.message;
  return { why: message ? `no node takes it: ${message}` : "it has no node yet", fix: show };
}

function effort({ node, obstacles }: { node: Node; obstacles: readonly Obstacle[] }): number {
  return obstacles.length + (node.spec?.taints?.some(({ key }) => key === CONTROL_PLANE) ? 10 : 0);
}

const CONTROL_PLANE = "node-role.kubernetes.io/control-plane";
const CORDONED = "node.kubernetes.io/unschedulable";

function obstaclesOf(subject: Case, pod: Pod, node: Node): Obstacle[] {
  const name = node.metadata.name!;
  const spec = pod.spec!;
  const obstacles: Obstacle[] = [];
  const tolerated = (taint: Taint) => spec.tolerations?.some((toleration) => tolerates(toleration, taint)) ?? false;
  for (const taint of node.spec?.taints ?? []) {
    if (taint.effect === "PreferNoSchedule" || tolerated(taint)) continue;
    const text = `${taint.key}${taint.value ? `=${taint.value}` : ""}:${taint.effect}`;
    if (taint.key === CORDONED) obstacles.push({ what: "is cordoned", fix: `kubectl uncordon ${name}` });
    else obstacles.push({ what: `has taint ${text}`, fix: `kubectl taint node ${name} ${text}-` });
  }
  const lacking = Object.entries(spec.nodeSelector ?? {}).filter(
    ([key, value]) => node.metadata.labels?.[key] !== value,
  );
  const labels = lacking.map(([key, value]) => `${key}=${value}`);
  if (labels.length > 0)
    obstacles.push({
      what: `has no label ${labels.join(",")}`,
      fix: `kubectl label node ${name} --overwrite ${labels.join(" ")}`,
    });
  else if (!matchesAffinity(spec, node))
    obstacles.push({ what: "is none of its node affinity", fix: "kubectl get nodes --show-labels" });
  return [...obstacles, ...shortages(subject, pod, node), ...takenPorts(subject, pod, node)];
}

/** Ports of the node itself, which one pod alone can have. */
function takenPorts(subject: Case, pod: Pod, node: Node): Obstacle[] {
  const portsOf = ({ spec }: Pod) =>
    (spec?.containers ?? []).flatMap(({ ports = [] }) =>
      ports.flatMap(({ hostPort, protocol = "TCP" }) => (hostPort ? `${hostPort}/${protocol}` : [])),
    );
  const wanted = portsOf(pod);
  for (const other of livePods(subject.snapshot)) {
    if (other.spec?.nodeName !== node.metadata.name) continue;
    const taken = portsOf(other).find((port) => wanted.includes(port));
    if (taken === undefined) continue;
    const ref = ownerRef(subject.snapshot, pod);
    const [kind = "", name = ""] = ref.split("/");
    const scaled = ["deployment", "statefulset", "replicaset"].includes(kind);
    const ready = livePods(subject.snapshot, subject.namespace).filter(
      (it) => it.spec?.nodeName && ownerRef(subject.snapshot, it) === ref,
    );
    return [
      {
        what: `has given its port ${taken} to pod/${other.metadata.name}`,
        fix:
          scaled && ready.length > 0
            ? `kubectl scale ${kind} ${name}${inNamespace(subject)} --replicas=${ready.length}`
            : `kubectl describe pod ${pod.metadata.name}${inNamespace(subject)}`,
      },
    ];
  }
  return [];
}

function shortages(subject: Case, pod: Pod, node: Node): Obstacle[] {
  const { snapshot } = subject;
  const there = livePods(snapshot).filter((other) => other.spec?.nodeName === node.metadata.name);
  const requests = totalResources(pod, "requests");
  return [...requests].flatMap(([resource, { nano, text }]) => {
    const has = node.status?.allocatable?.[resource];
    if (has === undefined && ["cpu", "memory", "ephemeral-storage"].includes(resource)) return [];
    const room = parseQuantity(String(has ?? "0")).nano;
    const taken = there.reduce((sum, other) => sum + (totalResources(other, "requests").get(resource)?.nano ?? 0n), 0n);
    if (nano <= room - taken) return [];
    return [
      {
        what: `has too little ${resource} for the ${text} that it requests`,
        fix: lower(subject, pod, resource),
      },
    ];
  });
}

function lower(subject: Case, pod: Pod, resource: string): string {
  const ref = ownerRef(subject.snapshot, pod);
  const flags = inNamespace(subject);
  const small: Record<string, string> = { cpu: "100m", memory: "64Mi", "ephemeral-storage": "64Mi" };
  const containers = (pod.spec?.containers ?? []).filter(({ resources }) => resources?.requests?.[resource]);
  const [first] = containers;
  if (ref.startsWith("pod/") || !first || small[resource] === undefined)
    return `kubectl describe pod ${pod.metadata.name}${flags}`;
  return `kubectl set resources ${ref}${flags} -c ${first.name} --requests=${resource}=${small[resource]}`;
}

function claimFault(
  subject: Case,
  pod: Pod,
  bad: (claim: PersistentVolumeClaim | undefined) => boolean,
): NoNode | undefined {
  const { snapshot, namespace } = subject;
  const flags = inNamespace(subject);
  for (const { persistentVolumeClaim } of pod.spec?.volumes ?? []) {
    const name = persistentVolumeClaim?.claimName;
    if (name === undefined) continue;
    const claim = snapshot.get<PersistentVolumeClaim>("persistentvolumeclaims", namespace, name);
    if (!bad(claim)) continue;
    const [why, fix] = claim
      ? ["is not bound", `kubectl describe persistentvolumeclaim ${name}${flags}`]
      : ["does not exist", `kubectl get persistentvolumeclaims${flags}`];
    return { why: `no node takes it: PersistentVolumeClaim ${name} ${why}`, fix };
  }
  return undefined;
}
