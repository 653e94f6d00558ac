import { clone } from "../../api/json.ts";
import type { ControllerRevision, StatefulSet } from "../../api/types/apps.ts";
import type { PersistentVolumeClaim, Pod, Volume } from "../../api/types/core.ts";
import { REVISION_HASH, revisionTemplate } from "../history.ts";
import { podFromTemplate } from "../pods.ts";

export const POD_NAME = "statefulset.kubernetes.io/pod-name";
export const POD_INDEX = "apps.kubernetes.io/pod-index";

/** The number at the end of a pod's name, -1 where it has none. Models getParentNameAndOrdinal. */
export function ordinalOf(pod: Pod): number {
  const match = /-([0-9]+)$/.exec(pod.metadata.name ?? "");
  return match ? Number(match[1]) : -1;
}

export function belongsTo(set: StatefulSet, pod: Pod): boolean {
  const name = pod.metadata.name ?? "";
  const ordinal = ordinalOf(pod);
  return ordinal >= 0 && name.slice(0, name.lastIndexOf("-")) === set.metadata.name;
}

export function firstOrdinal(set: StatefulSet): number {
  return set.spec!.ordinals?.start ?? 0;
}

/** The pod with this number, as the revision has it. Models newStatefulSetPod and initIdentity. */
export function podOf(set: StatefulSet, ordinal: number, revision: ControllerRevision): Pod {
  const name = `${set.metadata.name}-${ordinal}`;
  const pod = podFromTemplate(revisionTemplate(revision), set, { name });
  pod.metadata.labels = {
    ...pod.metadata.labels,
    [POD_NAME]: name,
    [POD_INDEX]: String(ordinal),
    [REVISION_HASH]: revision.metadata.name!,
  };
  pod.spec!.hostname = name;
  if (set.spec!.serviceName) pod.spec!.subdomain = set.spec!.serviceName;
  const claims = claimsOf(set, ordinal);
  if (claims.length) {
    const own = new Set(claims.map(({ volume }) => volume.name));
    pod.spec!.volumes = [
      ...claims.map(({ volume }) => volume),
      ...(pod.spec!.volumes ?? []).filter((volume) => !own.has(volume.name)),
    ];
  }
  return pod;
}

/** The claims that a pod brings along, and the volumes that use them. Models updateStorage. */
export function claimsOf(set: StatefulSet, ordinal: number): { claim: PersistentVolumeClaim; volume: Volume }[] {
  return (set.spec!.volumeClaimTemplates ?? []).map((template) => {
    const claim = clone(template);
    const name = template.metadata.name!;
    claim.metadata = {
      ...claim.metadata,
      name: `${name}-${set.metadata.name}-${ordinal}`,
      namespace: set.metadata.namespace!,
      labels: { ...claim.metadata.labels, ...set.spec!.selector.matchLabels },
    };
    delete claim.status;
    return { claim, volume: { name, persistentVolumeClaim: { claimName: claim.metadata.name! } } };
  });
}
