import { clone, equal } from "../../api/json.ts";
import type { Deployment, ReplicaSet } from "../../api/types/apps.ts";
import type { PodTemplateSpec } from "../../api/types/core.ts";
import { controllerReference } from "../keys.ts";
import { templateHash } from "../template-hash.ts";

export const REVISION = "deployment.kubernetes.io/revision";
const REVISION_HISTORY = "deployment.kubernetes.io/revision-history";
export const DESIRED = "deployment.kubernetes.io/desired-replicas";
const MAXIMUM = "deployment.kubernetes.io/max-replicas";
const HASH = "pod-template-hash";

/** Annotations of a Deployment that its ReplicaSets do not get. Models deployment_util.go annotationsToSkip. */
const NOT_COPIED = [
  "kubectl.kubernetes.io/last-applied-configuration",
  REVISION,
  REVISION_HISTORY,
  DESIRED,
  MAXIMUM,
  "deprecated.deployment.rollback.to",
];

export function revisionOf(set: ReplicaSet | Deployment): number {
  return Number(set.metadata.annotations?.[REVISION] ?? 0);
}

/** The ReplicaSet of the current template. Models deploymentutil.FindNewReplicaSet. */
export function newReplicaSetOf(deployment: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  return [...sets].sort(byAge).find((set) => sameTemplate(set.spec!.template!, deployment.spec!.template));
}

export function byAge(a: ReplicaSet, b: ReplicaSet): number {
  const [first, second] = [a.metadata.creationTimestamp ?? "", b.metadata.creationTimestamp ?? ""];
  if (first !== second) return first < second ? -1 : 1;
  return a.metadata.name! < b.metadata.name! ? -1 : 1;
}

function sameTemplate(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  const bare = (template: PodTemplateSpec) => {
    const copy = clone(template);
    if (copy.metadata?.labels) delete copy.metadata.labels[HASH];
    return copy;
  };
  return equal(bare(a), bare(b));
}

/** The ReplicaSet for a template that has none yet. */
export async function makeReplicaSet(deployment: Deployment, revision: number, replicas: number): Promise<ReplicaSet> {
  const template = clone(deployment.spec!.template);
  const hash = await templateHash(template, deployment.status?.collisionCount);
  template.metadata = { ...template.metadata, labels: { ...template.metadata?.labels, [HASH]: hash } };
  const selector = clone(deployment.spec!.selector);
  selector.matchLabels = { ...selector.matchLabels, [HASH]: hash };
  const { minReadySeconds } = deployment.spec!;
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      namespace: deployment.metadata.namespace!,
      labels: { ...template.metadata.labels },
      annotations: { ...replicaSetAnnotations(deployment, {}, revision), ...sizeAnnotations(deployment) },
      ownerReferences: [controllerReference(deployment)],
    },
    spec: { replicas, ...(minReadySeconds ? { minReadySeconds } : {}), selector, template },
  };
}

/** Models deploymentutil.SetNewReplicaSetAnnotations, but for the sizes. */
export function replicaSetAnnotations(
  deployment: Deployment,
  old: Record<string, string>,
  revision: number,
): Record<string, string> {
  const out = { ...old };
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {}))
    if (!NOT_COPIED.includes(key)) out[key] = value;
  const before = Number(old[REVISION] ?? 0);
  if (before < revision) {
    out[REVISION] = String(revision);
    if (before > 0)
      out[REVISION_HISTORY] = old[REVISION_HISTORY] ? `${old[REVISION_HISTORY]},${before}` : String(before);
  }
  return out;
}

export function sizeAnnotations(deployment: Deployment): Record<string, string> {
  const replicas = deployment.spec!.replicas ?? 1;
  return { [DESIRED]: String(replicas), [MAXIMUM]: String(replicas + limits(deployment).surge) };
}

/** How far a rolling update may go over and under the wanted number. Models deploymentutil.ResolveFenceposts. */
export function limits(deployment: Deployment): { surge: number; unavailable: number } {
  if (deployment.spec!.strategy?.type === "Recreate") return { surge: 0, unavailable: 0 };
  const replicas = deployment.spec!.replicas ?? 1;
  const { maxSurge = "25%", maxUnavailable = "25%" } = deployment.spec!.strategy?.rollingUpdate ?? {};
  const surge = part(maxSurge, replicas, Math.ceil);
  const unavailable = part(maxUnavailable, replicas, Math.floor);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : Math.min(unavailable, replicas) };
}

function part(value: number | string, of: number, round: (n: number) => number): number {
  return typeof value === "number" ? value : round((Number.parseInt(value, 10) * of) / 100);
}
