import { clone } from "../../json.ts";
import { ipWarnings } from "../../meta/ip.ts";
import { timestamp } from "../../snapshot.ts";
import type { Pod, PodStatus } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { applyAppArmorAnnotations } from "./apparmor.ts";
import { setDefaults } from "./defaults.ts";
import { dropDisabledFields } from "./dropped-fields.ts";
import { qosClassOf } from "./qos.ts";
import { keepAllButResources, validateResize } from "./resize.ts";
import { describePodSpecChange } from "./spec-diff.ts";
import { validatePodStatusUpdate } from "./status-validation.ts";
import { commonErrors, validateEphemeralContainersUpdate, validatePod, validatePodUpdate } from "./validation.ts";
import { podWarnings } from "./warnings.ts";

/** Models dropNonEphemeralContainerUpdates. */
function keepAllButEphemeral(next: Pod, previous: Pod): void {
  const { ephemeralContainers } = next.spec ?? {};
  const { ephemeralContainers: _, ...kept } = clone(previous.spec!);
  next.spec = { ...kept, ...(ephemeralContainers ? { ephemeralContainers } : {}) };
  keepMetadata(next, previous);
}

/** Models metav1.ResetObjectMetaForStatus. */
function keepMetadata(next: Pod, previous: Pod): void {
  const { managedFields } = next.metadata;
  const { managedFields: _, ...kept } = clone(previous.metadata);
  next.metadata = { ...kept, ...(managedFields ? { managedFields } : {}) };
}

/** Models preserveOldObservedGeneration. */
function keepObservedGenerations(status: PodStatus, before: PodStatus): void {
  if (!status.observedGeneration && before.observedGeneration) status.observedGeneration = before.observedGeneration;
  const left = [...(before.conditions ?? [])];
  for (const condition of status.conditions ?? []) {
    const at = left.findIndex(({ type }) => type === condition.type);
    const old = at < 0 ? undefined : left.splice(at, 1)[0];
    if (!condition.observedGeneration && old?.observedGeneration) condition.observedGeneration = old.observedGeneration;
  }
}

function statusWarnings({ status }: Pod): string[] {
  return (["podIPs", "hostIPs"] as const).flatMap((list) =>
    (status?.[list] ?? []).flatMap(({ ip = "" }, i) => ipWarnings(`status.${list}[${i}].ip`, ip)),
  );
}

/** Models kubernetes pkg/registry/core/pod/strategy.go. Admission (service account, tolerations, priority) is admission.ts. */
export const behaviour: KindBehaviour<Pod> = {
  hasGeneration: true,
  setDefaults,
  prepareForCreate(pod, { now, warn }) {
    pod.status = { phase: "Pending", qosClass: qosClassOf(pod) };
    dropDisabledFields(pod.spec);
    if (pod.spec?.schedulingGates?.length)
      pod.status.conditions = [
        {
          type: "PodScheduled",
          status: "False",
          // Go writes a zero time of this type as null.
          lastProbeTime: null as unknown as string,
          lastTransitionTime: timestamp(now),
          reason: "SchedulingGated",
          message: "Scheduling is blocked due to non-empty scheduling gates",
        },
      ];
    applyAppArmorAnnotations(pod, warn);
  },
  prepareForUpdate(next, previous, { subresource }) {
    dropDisabledFields(next.spec);
    if (subresource === "ephemeralcontainers") keepAllButEphemeral(next, previous);
    if (subresource === "binding") delete next.status?.nominatedNodeName;
    if (subresource === "resize") keepAllButResources(next, previous, () => keepMetadata(next, previous));
    if (subresource !== "status" || !next.status || !previous.status) return;
    next.status.qosClass ||= previous.status.qosClass;
    keepObservedGenerations(next.status, previous.status);
    delete next.status.nodeAllocatableResourceClaimStatuses;
    if (next.metadata.deletionTimestamp && !previous.metadata.deletionTimestamp) delete next.metadata.deletionTimestamp;
    if (previous.metadata.ownerReferences) next.metadata.ownerReferences = previous.metadata.ownerReferences;
    else delete next.metadata.ownerReferences;
  },
  validate: validatePod,
  validateUpdate(next, previous, { subresource }) {
    if (subresource === "ephemeralcontainers") return validateEphemeralContainersUpdate(next, previous);
    if (subresource === "resize") return validateResize(next, previous, commonErrors(next));
    return validatePodUpdate(next, previous, describePodSpecChange);
  },
  validateStatusUpdate: validatePodStatusUpdate,
  warnings(next, previous, { subresource }) {
    if (!previous) return podWarnings(next);
    return subresource === "status" ? statusWarnings(next) : [];
  },
  selectableFields: ({ spec, status }) => ({
    "spec.nodeName": spec?.nodeName ?? "",
    "spec.host": spec?.nodeName ?? "",
    "spec.restartPolicy": spec?.restartPolicy ?? "",
    "spec.schedulerName": spec?.schedulerName ?? "",
    "spec.serviceAccountName": spec?.serviceAccountName ?? "",
    "spec.hostNetwork": String(spec?.hostNetwork ?? false),
    "status.phase": status?.phase ?? "",
    "status.podIP": status?.podIP ?? status?.podIPs?.[0]?.ip ?? "",
    // The label is known, but no pod has a value for it.
    "status.podIPs": "",
    "status.nominatedNodeName": status?.nominatedNodeName ?? "",
  }),
  selectableFieldNames: [
    "spec.nodeName",
    "spec.host",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "spec.hostNetwork",
    "status.phase",
    "status.podIP",
    "status.podIPs",
    "status.nominatedNodeName",
  ],
};
