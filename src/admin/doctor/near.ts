import { getKey, sortedKeys } from "../../api/json.ts";
import { formatLabels } from "../../api/meta/label-selector.ts";
import { editDistance, nearest } from "./distance.ts";
import { about, type Case, type Finding, patchService } from "./finding.ts";
import { livePods, ownerRef, workloads } from "./workloads.ts";

type Labels = Readonly<Record<string, string>>;

/** Pods that a selector nearly names. */
export interface Near {
  /** Who makes them. */
  ref: string;
  /** What the selector should say. */
  labels: Labels;
  /** 0: the same. */
  cost: number;
  /** Pairs of the selector that these pods have nothing like. */
  foreign: string[];
  /** Keys of the selector whose labels belong to one generation of pods. */
  generated: string[];
}

/** Further than so is another word, not a slip. */
const MAX_SHARE = 0.5;
/** What a pair costs that the pods have nothing like. */
const FOREIGN = 0.6;

/** Labels that controllers give to one generation of pods, or to one pod. */
export const GENERATED: ReadonlySet<string> = new Set([
  "pod-template-hash",
  "controller-revision-hash",
  "statefulset.kubernetes.io/pod-name",
  "apps.kubernetes.io/pod-index",
]);

/** The labels of the Service's namespace that its selector nearly names; of several those of the workload that is called as it is. */
export function nearestPods({ snapshot, namespace, name }: Case, wanted: Labels): Near | undefined {
  const candidates = [
    ...workloads(snapshot, namespace).map(({ ref, labels }) => ({ ref, labels })),
    ...livePods(snapshot, namespace).map((pod) => ({
      ref: ownerRef(snapshot, pod),
      labels: pod.metadata.labels ?? {},
    })),
  ].flatMap(({ ref, labels }) => compare(ref, wanted, labels) ?? []);
  const named = (near: Near) => (near.ref.endsWith(`/${name}`) ? 0 : 1);
  return candidates.sort((a, b) => a.cost - b.cost || named(a) - named(b))[0];
}

/** For each pair of a selector the nearest label; undefined when none is anywhere near. */
function compare(ref: string, wanted: Labels, all: Labels): Near | undefined {
  const pairs = Object.entries(all).filter(([key]) => !GENERATED.has(key));
  const labels: Record<string, string> = {};
  const foreign: string[] = [];
  const generated: string[] = [];
  let total = 0;
  for (const [key, value] of Object.entries(wanted)) {
    if (GENERATED.has(key)) {
      generated.push(key);
      total += 0.1;
      continue;
    }
    const own = pairs.find(([other]) => other === key);
    const best = own?.[1] === value ? own : nearest(`${key}=${value}`, pairs, ([k, v]) => `${k}=${v}`);
    const cost = best ? distanceOf(key, value, best) : 1;
    if (best && cost <= MAX_SHARE) {
      labels[best[0]] = best[1];
      total += cost;
      continue;
    }
    foreign.push(`${key}=${value}`);
    if (own) labels[key] = own[1];
    total += FOREIGN;
  }
  const alike = Object.keys(wanted).length - foreign.length - generated.length;
  return alike > 0 ? { ref, labels, cost: total, foreign, generated } : undefined;
}

/** 0: the same; a share of the longer of the differing parts. The same value under another key, or a case apart, is near. */
function distanceOf(key: string, value: string, [otherKey, otherValue]: readonly [string, string]): number {
  const share = (a: string, b: string) => (a === b ? 0 : a.toLowerCase() === b.toLowerCase() ? 0.1 : editShare(a, b));
  if (value === otherValue) return Math.min(0.4, share(key, otherKey));
  return share(key, otherKey) + share(value, otherValue);
}

function editShare(a: string, b: string): number {
  return editDistance(a, b) / Math.max(a.length, b.length);
}

/** What differs, and the patch that lets the selector name those pods. */
export function nearFinding(subject: Case, wanted: Labels, near: Near): Finding {
  const text = formatLabels(wanted);
  const has = `${near.ref} has ${formatLabels(near.labels)}`;
  const problem =
    near.foreign.length > 0
      ? `selector ${text} matches no pod; ${has}, but not ${near.foreign.join(",")}`
      : near.generated.length > 0
        ? `selector ${text} matches no pod: ${near.generated.join(" and ")} is of one generation of pods, and changes with each rollout; ${has}`
        : `selector ${text} matches no pod; the nearest label is ${formatLabels(near.labels)} of ${near.ref}`;
  return about(subject, "error", "selector-matches-nothing", problem, selectInstead(subject, wanted, near.labels));
}

/** The patch that replaces a selector by another. */
export function selectInstead(subject: Case, wanted: Labels, labels: Labels): string {
  // Keys that go must be named in a merge patch.
  const patch: Record<string, string | null> = {};
  for (const key of sortedKeys(wanted)) if (!Object.hasOwn(labels, key)) patch[key] = null;
  for (const key of sortedKeys(labels)) if (getKey(wanted, key) !== getKey(labels, key)) patch[key] = labels[key]!;
  return patchService(subject, { spec: { selector: patch } });
}
