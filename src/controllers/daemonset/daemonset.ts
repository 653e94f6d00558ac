import { clone, compareStrings, equal } from "../../api/json.ts";
import { isFinished, isReady } from "../../api/kinds/pod/state.ts";
import { controllerOf } from "../../api/object.ts";
import type { ControllerRevision, DaemonSet, DaemonSetStatus } from "../../api/types/apps.ts";
import type { Node, Pod } from "../../api/types/core.ts";
import type { ObjectChange, Write } from "../../api/writes.ts";
import { claimPods, workloadsOfPod } from "../claim.ts";
import type { Controller } from "../controller.ts";
import {
  cleanUpRevisions,
  createRevision,
  newRevision,
  REVISION_HASH,
  renumbered,
  revisionData,
  revisionsOf,
  sameData,
} from "../history.ts";
import { keyOf, splitKey } from "../keys.ts";
import { isAvailable, nextAvailable, podRemoval, podsOf } from "../pods.ts";
import { recorder } from "../recorder.ts";
import { templateHash } from "../template-hash.ts";
import { isUpdated, placement, podFor, targetNode } from "./placement.ts";
import { rollingUpdate } from "./rolling-update.ts";

const COMPONENT = "daemonset-controller";
const told = recorder(COMPONENT);

/** One pod a node. Models kubernetes pkg/controller/daemon. */
export const daemonSetController: Controller = {
  name: COMPONENT,
  manager: "kube-controller-manager",
  affected(change, snapshot) {
    const object = change.after ?? change.before!;
    if (change.resource === "daemonsets.apps") return [keyOf(object)];
    if (change.resource === "pods") return workloadsOfPod(change, snapshot, "DaemonSet", "daemonsets.apps");
    if (change.resource === "nodes") return placementChanged(change) ? snapshot.list("daemonsets.apps").map(keyOf) : [];
    const owner = controllerOf(object);
    return owner?.kind === "DaemonSet" ? [`${object.metadata.namespace}/${owner.name}`] : [];
  },
  async reconcile(key, snapshot) {
    const { namespace, name } = splitKey(key);
    const set = snapshot.get<DaemonSet>("daemonsets.apps", namespace, name);
    if (!set || set.metadata.deletionTimestamp) return { writes: [] };
    const claims = claimPods(set, set.spec!.selector, snapshot);
    if (claims.length) return { writes: claims };
    const revisions = revisionsOf(snapshot, set);
    const chosen = await chooseRevision(set, revisions);
    if ("write" in chosen) return { writes: [chosen.write] };
    const hash = chosen.current.metadata.labels![REVISION_HASH]!;
    const nodes = snapshot.list<Node>("nodes");
    const pods = podsOf(snapshot, set);
    const byNode = groupByNode(pods);
    const writes = manage(set, nodes, byNode, hash);
    if (writes.length === 0 && set.spec!.updateStrategy?.type !== "OnDelete") {
      const plan = rollingUpdate(set, nodes, byNode, hash, snapshot.now);
      writes.push(...plan.remove.flatMap((pod) => podRemoval(set, pod, COMPONENT)));
      writes.push(...plan.create.map((node) => creation(set, node, hash)));
    }
    const status = statusOf(set, nodes, byNode, hash, snapshot.now);
    if (!equal(status, set.status))
      writes.push({ verb: "updateStatus", resource: "daemonsets.apps", object: { ...clone(set), status } });
    const live = new Set(pods.map((pod) => pod.metadata.labels?.[REVISION_HASH] ?? ""));
    const inUse = revisions.filter((revision) => live.has(revision.metadata.labels?.[REVISION_HASH] ?? ""));
    const kept = new Set([...inUse, chosen.current].map((revision) => revision.metadata.name!));
    writes.push(...cleanUpRevisions(revisions, kept, set.spec!.revisionHistoryLimit ?? 10));
    const wakeAt = nextAvailable(pods, set.spec!.minReadySeconds ?? 0, snapshot.now);
    return wakeAt === undefined ? { writes } : { writes, wakeAt };
  },
};

function placementChanged({ before, after }: ObjectChange): boolean {
  if (!before || !after) return true;
  const [a, b] = [before as Node, after as Node];
  return !equal(a.metadata.labels, b.metadata.labels) || !equal(a.spec?.taints, b.spec?.taints);
}

function groupByNode(pods: readonly Pod[]): Map<string, Pod[]> {
  const groups = new Map<string, Pod[]>();
  for (const pod of pods) {
    const node = targetNode(pod);
    if (node === undefined || (isFinished(pod) && pod.metadata.deletionTimestamp)) continue;
    const group = groups.get(node);
    if (group) group.push(pod);
    else groups.set(node, [pod]);
  }
  return groups;
}

/** Models constructHistory: the revision of the current template, or the write that makes it. */
async function chooseRevision(
  set: DaemonSet,
  revisions: ControllerRevision[],
): Promise<{ current: ControllerRevision } | { write: Write }> {
  const data = revisionData(set.spec!.template);
  const current = revisions.filter((revision) => sameData(revision, data)).at(-1);
  const next = Math.max(0, ...revisions.filter((revision) => revision !== current).map(({ revision }) => revision)) + 1;
  if (current) return current.revision < next ? { write: renumbered(current, next) } : { current };
  const hash = await templateHash(set.spec!.template, set.status?.collisionCount);
  const labels = set.spec!.template.metadata?.labels ?? {};
  return { write: createRevision(newRevision(set, data, labels, hash, next, REVISION_HASH)) };
}

/** Models podsShouldBeOnNode. */
function manage(set: DaemonSet, nodes: readonly Node[], byNode: ReadonlyMap<string, Pod[]>, hash: string): Write[] {
  const writes: Write[] = [];
  const known = new Set(nodes.map((node) => node.metadata.name!));
  for (const node of nodes) {
    const { run, stay } = placement(set, node);
    const pods = byNode.get(node.metadata.name!);
    if (run && !pods) writes.push(creation(set, node.metadata.name!, hash));
    if (!pods) continue;
    const live = pods.filter((pod) => !pod.metadata.deletionTimestamp);
    if (!stay) writes.push(...live.flatMap((pod) => podRemoval(set, pod, COMPONENT)));
    else writes.push(...tidy(set, node, live, hash));
  }
  for (const [node, pods] of byNode)
    if (!known.has(node))
      writes.push(...pods.filter((pod) => !pod.spec?.nodeName).flatMap((pod) => podRemoval(set, pod, COMPONENT)));
  return writes;
}

/** Finished pods are made anew; of several that run the oldest stays. */
function tidy(set: DaemonSet, node: Node, live: Pod[], hash: string): Write[] {
  const over = live.filter(isFinished);
  const writes = over.flatMap((pod) => [finished(set, pod, node), ...podRemoval(set, pod, COMPONENT)]);
  const running = live.filter((pod) => !over.includes(pod)).sort(oldestFirst);
  const { maxSurge = 0 } = set.spec!.updateStrategy?.rollingUpdate ?? {};
  const surges = set.spec!.updateStrategy?.type !== "OnDelete" && maxSurge !== 0 && maxSurge !== "0%";
  if (!surges) return [...writes, ...running.slice(1).flatMap((pod) => podRemoval(set, pod, COMPONENT))];
  const fresh = running.find((pod) => pod.metadata.labels?.[REVISION_HASH] === hash);
  const old = running.find((pod) => pod.metadata.labels?.[REVISION_HASH] !== hash);
  writes.push(
    ...running.filter((pod) => pod !== fresh && pod !== old).flatMap((pod) => podRemoval(set, pod, COMPONENT)),
  );
  if (fresh && old && !isReady(old)) writes.push(...podRemoval(set, old, COMPONENT));
  return writes;
}

function oldestFirst(a: Pod, b: Pod): number {
  const placed = Number(!a.spec?.nodeName) - Number(!b.spec?.nodeName);
  return placed || compareStrings(a.metadata.creationTimestamp ?? "", b.metadata.creationTimestamp ?? "");
}

function finished(set: DaemonSet, pod: Pod, node: Node): Write {
  const failed = pod.status?.phase === "Failed";
  const where = `daemon pod ${keyOf(pod)} on node ${node.metadata.name}`;
  return failed
    ? told(set, "Warning", "FailedDaemonPod", `Found failed ${where}, will try to kill it`)
    : told(set, "Normal", "SucceededDaemonPod", `Found succeeded ${where}, will try to delete it`);
}

function creation(set: DaemonSet, node: string, hash: string): Write {
  return {
    verb: "create",
    resource: "pods",
    object: podFor(set, node, hash),
    announce: { about: set, component: COMPONENT },
  };
}

/** Models updateDaemonSetStatus. */
function statusOf(
  set: DaemonSet,
  nodes: readonly Node[],
  byNode: ReadonlyMap<string, Pod[]>,
  hash: string,
  now: number,
): DaemonSetStatus {
  let [desired, current, misscheduled, ready, updated, available] = [0, 0, 0, 0, 0, 0];
  for (const node of nodes) {
    const { run } = placement(set, node);
    const pods = byNode.get(node.metadata.name!);
    if (!run) {
      if (pods?.length) misscheduled++;
      continue;
    }
    desired++;
    const pod = pods && [...pods].sort(oldestFirst)[0];
    if (!pod) continue;
    current++;
    if (isReady(pod)) ready++;
    if (isAvailable(pod, set.spec!.minReadySeconds ?? 0, now)) available++;
    if (isUpdated(set, pod, hash)) updated++;
  }
  return {
    currentNumberScheduled: current,
    numberMisscheduled: misscheduled,
    desiredNumberScheduled: desired,
    numberReady: ready,
    observedGeneration: set.metadata.generation ?? 1,
    ...(updated ? { updatedNumberScheduled: updated } : {}),
    ...(available ? { numberAvailable: available } : {}),
    ...(desired - available ? { numberUnavailable: desired - available } : {}),
    ...(set.status?.collisionCount ? { collisionCount: set.status.collisionCount } : {}),
  };
}
