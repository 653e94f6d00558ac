import { clone } from "../../json.ts";
import { timestamp } from "../../snapshot.ts";
import type { Pod } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { applyAppArmorAnnotations } from "./apparmor.ts";
import { setDefaults } from "./defaults.ts";
import { dropDisabledFields } from "./dropped-fields.ts";
import { qosClassOf } from "./qos.ts";
import { describePodSpecChange } from "./spec-diff.ts";
import { validateEphemeralContainersUpdate, validatePod, validatePodUpdate } from "./validation.ts";
import { podWarnings } from "./warnings.ts";

/** Models dropNonEphemeralContainerUpdates. */
function keepAllButEphemeral(next: Pod, previous: Pod): void {
  const { ephemeralContainers } = next.spec ?? {};
  const { managedFields } = next.metadata;
  next.spec = { ...clone(previous.spec!), ...(ephemeralContainers ? { ephemeralContainers } : {}) };
  next.metadata = { ...clone(previous.metadata), ...(managedFields ? { managedFields } : {}) };
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
    if (subresource !== "status" || !next.status || !previous.status) return;
    next.status.qosClass ||= previous.status.qosClass;
    if (next.status.observedGeneration === undefined && previous.status.observedGeneration !== undefined)
      next.status.observedGeneration = previous.status.observedGeneration;
    if (previous.metadata.ownerReferences) next.metadata.ownerReferences = previous.metadata.ownerReferences;
    else delete next.metadata.ownerReferences;
  },
  validate: validatePod,
  validateUpdate: (next, previous, { subresource }) =>
    subresource === "ephemeralcontainers"
      ? validateEphemeralContainersUpdate(next, previous)
      : validatePodUpdate(next, previous, describePodSpecChange),
  warnings: (next, previous) => (previous ? [] : podWarnings(next)),
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
