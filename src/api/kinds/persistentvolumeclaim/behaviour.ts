import { clone, compareStrings, equal } from "../../json.ts";
import { immutableErrors } from "../../meta/object-meta.ts";
import { parseQuantity } from "../../meta/quantity.ts";
import type { KubeObject } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import type { PersistentVolumeClaim } from "../../types/core.ts";
import type { KindBehaviour, RequestContext } from "../kind.ts";
import { describeSpecChange } from "../pod/spec-diff.ts";
import { roundResources } from "../pod/template-defaults.ts";
import { claimSpecErrors, normalizeSources } from "./validation.ts";
import { claimWarnings } from "./warnings.ts";

const validate = ({ spec = {} }: PersistentVolumeClaim) => claimSpecErrors(spec, "spec");

/** Models ValidatePersistentVolumeClaimUpdate: the volume may be named once, a bound claim may grow. */
function validateUpdate(next: PersistentVolumeClaim, previous: PersistentVolumeClaim): FieldError[] {
  const errors = validate(next);
  const [after, before] = [clone(next.spec ?? {}), clone(previous.spec ?? {})];
  if (!before.volumeName) before.volumeName = after.volumeName!;
  if (before.storageClassName === undefined) before.storageClassName = after.storageClassName!;
  const size = (claim: PersistentVolumeClaim) => claim.spec?.resources?.requests?.storage ?? "0";
  if (next.status?.phase === "Bound") {
    after.resources = { ...after.resources, requests: { ...after.resources?.requests, storage: size(previous) } };
    after.volumeAttributesClassName = before.volumeAttributesClassName!;
  }
  if (!equal(after, before)) {
    const text =
      "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";
    errors.push(field.forbidden("spec", `${text}\n${describeSpecChange(before, after, "PersistentVolumeClaimSpec")}`));
  }
  const amount = (text: string | number | undefined) => parseQuantity(String(text ?? 0)).nano;
  const shrinks = amount(size(next)) < amount(size(previous));
  if (shrinks && amount(size(next)) <= amount(previous.status?.capacity?.storage))
    errors.push(field.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity"));
  return [...errors, ...immutableErrors(next.spec?.volumeMode, previous.spec?.volumeMode, "volumeMode")];
}

interface StorageClass extends KubeObject {
  provisioner: string;
}

/** The class of a claim that names none: the newest of those that are the default. Models plugin/pkg/admission/storage/storageclass. */
function setDefaultClass(claim: PersistentVolumeClaim, { snapshot }: RequestContext): void {
  if (claim.spec?.storageClassName !== undefined) return;
  const [newest] = snapshot
    .list<StorageClass>("storageclasses.storage.k8s.io")
    .filter(({ metadata }) => metadata.annotations?.["storageclass.kubernetes.io/is-default-class"] === "true")
    .sort(
      (a, b) =>
        compareStrings(b.metadata.creationTimestamp ?? "", a.metadata.creationTimestamp ?? "") ||
        compareStrings(a.metadata.name!, b.metadata.name!),
    );
  if (newest) claim.spec!.storageClassName = newest.metadata.name!;
}

/** Models kubernetes pkg/registry/core/persistentvolumeclaim/strategy.go. */
export const behaviour: KindBehaviour<PersistentVolumeClaim> = {
  setDefaults(claim) {
    claim.spec ??= {};
    claim.spec.volumeMode ??= "Filesystem";
    roundResources(claim.spec.resources?.limits);
    roundResources(claim.spec.resources?.requests);
    roundResources(claim.status?.capacity);
  },
  prepareForCreate(claim, context) {
    claim.status = { phase: "Pending" };
    setDefaultClass(claim, context);
    normalizeSources(claim.spec!);
    // The admission plug-in StorageObjectInUseProtection.
    const finalizers = claim.metadata.finalizers ?? [];
    if (!finalizers.includes("kubernetes.io/pvc-protection"))
      claim.metadata.finalizers = [...finalizers, "kubernetes.io/pvc-protection"];
  },
  prepareForUpdate: (next, previous) => normalizeSources(next.spec!, previous.spec),
  validate,
  validateUpdate,
  warnings: claimWarnings,
};
