import { byLabel, type IndexedSnapshot } from "../api/indexes.ts";
import { clone } from "../api/json.ts";
import { fromLabelSelector } from "../api/meta/label-selector.ts";
import { controllerOf, type KubeObject, type LabelSelector } from "../api/object.ts";
import type { ResourceKey } from "../api/snapshot.ts";
import type { Pod } from "../api/types/core.ts";
import type { ObjectChange, Write } from "../api/writes.ts";
import { controllerReference, keyOf } from "./keys.ts";
import { isActive, podsOf } from "./pods.ts";

/** A workload as far as its pods are concerned. */
interface Workload extends KubeObject {
  spec?: { selector?: LabelSelector };
}

export function selects(selector: LabelSelector | undefined, pod: KubeObject): boolean {
  return !!selector && fromLabelSelector(selector).matches(pod.metadata.labels ?? {});
}

/** The pods of a namespace that a selector matches, in key order; looks only at those that share one of its labels. */
export function podsMatching(snapshot: IndexedSnapshot, namespace: string, selector: LabelSelector): Pod[] {
  const [pair] = Object.entries(selector.matchLabels ?? {});
  const candidates = pair
    ? snapshot.listBy<Pod>("pods", byLabel, `${pair[0]}=${pair[1]}`)
    : snapshot.list<Pod>("pods", namespace);
  return candidates.filter((pod) => pod.metadata.namespace === namespace && selects(selector, pod));
}

/**
 * Pods without a controller that the selector matches become the owner's; its own that no longer match are let go. Nothing when all
 * is as it should be. Models kubernetes pkg/controller/controller_ref_manager.go ClaimPods.
 */
export function claimPods(
  owner: KubeObject,
  selector: LabelSelector,
  snapshot: IndexedSnapshot,
  mayAdopt: (pod: Pod) => boolean = () => true,
): Write[] {
  const writes: Write[] = [];
  for (const pod of podsOf(snapshot, owner)) {
    if (pod.metadata.deletionTimestamp || (selects(selector, pod) && mayAdopt(pod))) continue;
    const next = clone(pod);
    next.metadata.ownerReferences = next.metadata.ownerReferences!.filter(({ uid }) => uid !== owner.metadata.uid);
    if (next.metadata.ownerReferences.length === 0) delete next.metadata.ownerReferences;
    writes.push({ verb: "update", resource: "pods", object: next });
  }
  if (owner.metadata.deletionTimestamp) return writes;
  for (const pod of podsMatching(snapshot, owner.metadata.namespace!, selector)) {
    if (controllerOf(pod) || !isActive(pod) || !mayAdopt(pod)) continue;
    const next = clone(pod);
    next.metadata.ownerReferences = [...(next.metadata.ownerReferences ?? []), controllerReference(owner)];
    writes.push({ verb: "update", resource: "pods", object: next });
  }
  return writes;
}

/** The workloads of one kind that a change of a pod concerns: its controller before and after, or those that could adopt it. */
export function workloadsOfPod(
  change: ObjectChange,
  snapshot: IndexedSnapshot,
  kind: string,
  resource: ResourceKey,
  selectorOf: (workload: KubeObject) => LabelSelector | undefined = (workload) => (workload as Workload).spec?.selector,
): Iterable<string> {
  const keys = new Set<string>();
  for (const pod of [change.before, change.after]) {
    const owner = pod && controllerOf(pod);
    if (owner?.kind === kind) keys.add(`${pod!.metadata.namespace}/${owner.name}`);
  }
  const { after } = change;
  if (after && !controllerOf(after) && !after.metadata.deletionTimestamp)
    for (const workload of snapshot.list(resource, after.metadata.namespace))
      if (selects(selectorOf(workload), after)) keys.add(keyOf(workload));
  return keys;
}
