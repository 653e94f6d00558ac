import { clone } from "../../api/json.ts";
import {
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  OWN_ANNOTATIONS,
  REVISION,
  REVISION_HISTORY,
  TEMPLATE_HASH,
} from "../../api/kinds/deployment/replica-sets.ts";
import type { Deployment, ReplicaSet } from "../../api/types/apps.ts";
import { controllerReference } from "../keys.ts";
import { templateHash } from "../template-hash.ts";

/** The ReplicaSet for a template that has none yet. */
export async function makeReplicaSet(deployment: Deployment, revision: number, replicas: number): Promise<ReplicaSet> {
  const template = clone(deployment.spec!.template);
  const hash = await templateHash(template, deployment.status?.collisionCount);
  template.metadata = { ...template.metadata, labels: { ...template.metadata?.labels, [TEMPLATE_HASH]: hash } };
  const selector = clone(deployment.spec!.selector);
  selector.matchLabels = { ...selector.matchLabels, [TEMPLATE_HASH]: hash };
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
    if (!OWN_ANNOTATIONS.includes(key)) out[key] = value;
  const before = Number(old[REVISION] ?? 0);
  if (before < revision) {
    out[REVISION] = String(revision);
    if (before > 0)
      out[REVISION_HISTORY] = old[REVISION_HISTORY] ? `${old[REVISION_HISTORY]},${before}` : String(before);
  }
  return out;
}

/** How many pods the Deployment wants, and how many there may be while it rolls out. Models SetReplicasAnnotations. */
export function sizeAnnotations(deployment: Deployment): Record<string, string> {
  const replicas = deployment.spec!.replicas ?? 1;
  return { [DESIRED_REPLICAS]: String(replicas), [MAX_REPLICAS]: String(replicas + limits(deployment).surge) };
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
