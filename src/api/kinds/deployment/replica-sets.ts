import { clone, compareStrings, equal } from "../../json.ts";
import { LAST_APPLIED } from "../../meta/last-applied.ts";
import type { KubeObject } from "../../object.ts";
import type { Deployment, ReplicaSet } from "../../types/apps.ts";
import type { PodTemplateSpec } from "../../types/core.ts";

/**
 * What ties a Deployment and its ReplicaSets together, for the controller and for kubectl. Models kubernetes
 * pkg/controller/deployment/util/deployment_util.go and kubectl pkg/util/deployment.
 */

export const REVISION = "deployment.kubernetes.io/revision";
export const REVISION_HISTORY = "deployment.kubernetes.io/revision-history";
export const DESIRED_REPLICAS = "deployment.kubernetes.io/desired-replicas";
export const MAX_REPLICAS = "deployment.kubernetes.io/max-replicas";

/** The label of a ReplicaSet and its pods that tells their template from the Deployment's others. */
export const TEMPLATE_HASH = "pod-template-hash";

/** Annotations that a Deployment and its ReplicaSets do not hand to each other. Models annotationsToSkip. */
export const OWN_ANNOTATIONS: readonly string[] = [
  LAST_APPLIED,
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  "deprecated.deployment.rollback.to",
];

/** 0 where there is none yet. */
export function revisionOf({ metadata }: Pick<KubeObject, "metadata">): number {
  return Number(metadata.annotations?.[REVISION] ?? 0);
}

/** The ReplicaSet of the current template, the oldest where there are several. Models FindNewReplicaSet. */
export function newReplicaSetOf(deployment: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  return [...sets].sort(byAge).find((set) => sameTemplate(set.spec?.template, deployment.spec?.template));
}

/** The oldest first. Models ReplicaSetsByCreationTimestamp of kubernetes pkg/controller/controller_utils.go. */
export function byAge({ metadata: a }: ReplicaSet, { metadata: b }: ReplicaSet): number {
  return (
    compareStrings(a.creationTimestamp ?? "", b.creationTimestamp ?? "") || compareStrings(a.name ?? "", b.name ?? "")
  );
}

/** Whether two templates are the same but for the label that tells them apart. Models EqualIgnoreHash. */
export function sameTemplate(a: PodTemplateSpec | undefined, b: PodTemplateSpec | undefined): boolean {
  return equal(withoutHash(a ?? {}), withoutHash(b ?? {}));
}

/** A copy without the label that a ReplicaSet's template has and the Deployment's has not. */
export function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const copy = clone(template);
  if (copy.metadata?.labels) delete copy.metadata.labels[TEMPLATE_HASH];
  return copy;
}
