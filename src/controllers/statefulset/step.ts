import type { IndexedSnapshot } from "../../api/indexes.ts";
import { clone } from "../../api/json.ts";
import { isFinished } from "../../api/kinds/pod/state.ts";
import type { StatefulSet } from "../../api/types/apps.ts";
import type { Pod } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import { REVISION_HASH } from "../history.ts";
import { isAvailable } from "../pods.ts";
import { type EventWrite, recorder } from "../recorder.ts";
import { claimsOf, firstOrdinal, ordinalOf, POD_INDEX, POD_NAME, podOf } from "./identity.ts";
import { isRunningAndReady, type Revisions } from "./status.ts";

const COMPONENT = "statefulset-controller";
const record = recorder(COMPONENT);

/** What is to be done now; the next change of a pod brings the controller back. Models defaultStatefulSetControl.updateStatefulSet. */
export function step(set: StatefulSet, pods: Pod[], revisions: Revisions, snapshot: IndexedSnapshot): Write[] {
  const first = firstOrdinal(set);
  const count = set.spec!.replicas ?? 1;
  const ordered = set.spec!.podManagementPolicy !== "Parallel";
  const isFine = (pod: Pod) => isRunningAndReady(pod) && isAvailable(pod, set.spec!.minReadySeconds ?? 0, snapshot.now);
  const byOrdinal = new Map(pods.map((pod) => [ordinalOf(pod), pod]));
  const writes: Write[] = [];
  for (let ordinal = first; ordinal < first + count; ordinal++) {
    const pod = byOrdinal.get(ordinal);
    const done = keep(set, ordinal, pod, revisions, snapshot);
    writes.push(...done);
    if (ordered && (done.length || !pod || pod.metadata.deletionTimestamp || !isFine(pod))) return writes;
  }
  const condemned = pods.filter((pod) => !isWanted(ordinalOf(pod), first, count)).reverse();
  const wanted = pods.filter((pod) => isWanted(ordinalOf(pod), first, count));
  const firstUnavailable = [...wanted, ...[...condemned].reverse()].find(
    (pod) => !isFine(pod) || pod.metadata.deletionTimestamp,
  );
  for (const pod of condemned) {
    if (pod.metadata.deletionTimestamp) {
      if (ordered) return writes;
      continue;
    }
    if (ordered && !isFine(pod) && pod !== firstUnavailable) return writes;
    writes.push(...removal(set, pod));
    if (ordered) return writes;
  }
  if (writes.length || set.spec!.updateStrategy?.type === "OnDelete") return writes;
  return update(set, wanted, revisions, isFine);
}

function isWanted(ordinal: number, first: number, count: number): boolean {
  return ordinal >= first && ordinal < first + count;
}

/** Models processReplica. */
function keep(
  set: StatefulSet,
  ordinal: number,
  pod: Pod | undefined,
  revisions: Revisions,
  snapshot: IndexedSnapshot,
): Write[] {
  if (!pod) return creation(set, ordinal, revisions, snapshot);
  if (isFinished(pod)) return pod.metadata.deletionTimestamp ? [] : removal(set, pod);
  if (pod.metadata.deletionTimestamp || pod.metadata.labels?.[POD_NAME] === pod.metadata.name) return [];
  const next = clone(pod);
  next.metadata.labels = {
    ...next.metadata.labels,
    [POD_NAME]: pod.metadata.name!,
    [POD_INDEX]: String(ordinal),
  };
  return [{ verb: "update", resource: "pods", object: next }, told(set, pod.metadata.name!, "Update")];
}

/** Models newVersionedStatefulSetPod: below the partition pods stay at the current revision. */
function creation(set: StatefulSet, ordinal: number, revisions: Revisions, snapshot: IndexedSnapshot): Write[] {
  const { type, rollingUpdate } = set.spec!.updateStrategy ?? {};
  const kept = rollingUpdate ? (rollingUpdate.partition ?? 0) : (set.status?.currentReplicas ?? 0);
  const old = (type === "RollingUpdate" || !!rollingUpdate) && ordinal < firstOrdinal(set) + kept;
  const pod = podOf(set, ordinal, old ? revisions.current : revisions.update);
  const name = pod.metadata.name!;
  const writes: Write[] = [];
  for (const { claim } of claimsOf(set, ordinal)) {
    const claimName = claim.metadata.name!;
    if (snapshot.get("persistentvolumeclaims", set.metadata.namespace!, claimName)) continue;
    writes.push(
      { verb: "create", resource: "persistentvolumeclaims", object: claim },
      record(
        set,
        "Normal",
        "SuccessfulCreate",
        `Create Claim ${claimName} Pod ${name} in StatefulSet ${set.metadata.name} success`,
      ),
    );
  }
  const announce = {
    about: set,
    component: COMPONENT,
    done: told(set, name, "Create").message,
    failed: `create Pod ${name} in StatefulSet ${set.metadata.name} failed error`,
  };
  return [...writes, { verb: "create", resource: "pods", object: pod, announce }];
}

function removal(set: StatefulSet, pod: Pod): Write[] {
  const name = pod.metadata.name!;
  return [{ verb: "delete", resource: "pods", namespace: pod.metadata.namespace!, name }, told(set, name, "Delete")];
}

/** Models recordPodEvent. */
function told(set: StatefulSet, pod: string, title: "Create" | "Update" | "Delete"): EventWrite {
  const message = `${title} Pod ${pod} in StatefulSet ${set.metadata.name} successful`;
  return record(set, "Normal", `Successful${title}`, message);
}

/** The largest number first, one at a time, down to the partition. */
function update(set: StatefulSet, pods: Pod[], { update: wanted }: Revisions, isFine: (pod: Pod) => boolean): Write[] {
  const partition = set.spec!.updateStrategy?.rollingUpdate?.partition ?? 0;
  for (let i = pods.length - 1; i >= partition; i--) {
    const pod = pods[i]!;
    if (pod.metadata.labels?.[REVISION_HASH] !== wanted.metadata.name && !pod.metadata.deletionTimestamp)
      return removal(set, pod);
    if (pod.metadata.deletionTimestamp || !isFine(pod)) return [];
  }
  return [];
}
