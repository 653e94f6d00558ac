import { labelKeyErrors } from "../../meta/names.ts";
import { immutableErrors, invalidEach } from "../../meta/object-meta.ts";
import type { KubeObject } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import type { KindBehaviour } from "../kind.ts";

interface StorageClass extends KubeObject {
  provisioner?: string;
  parameters?: Record<string, string>;
  reclaimPolicy?: string;
  volumeBindingMode?: string;
}

const POLICIES = ["Delete", "Retain"];
const MODES = ["Immediate", "WaitForFirstConsumer"];

/** Models ValidateStorageClass of kubernetes pkg/apis/storage/validation/validation.go. */
function validate({ provisioner = "", parameters = {}, reclaimPolicy, volumeBindingMode }: StorageClass): FieldError[] {
  const lower = provisioner.toLowerCase();
  const errors =
    provisioner === "" ? [field.required("provisioner")] : invalidEach("provisioner", lower, labelKeyErrors(lower));
  for (const key of Object.keys(parameters))
    if (key === "") errors.push(field.invalid("parameters", key, "field can not be empty."));
  if (reclaimPolicy && !POLICIES.includes(reclaimPolicy))
    errors.push(field.notSupported("reclaimPolicy", reclaimPolicy, POLICIES));
  if (volumeBindingMode !== undefined && !MODES.includes(volumeBindingMode))
    errors.push(field.notSupported("volumeBindingMode", volumeBindingMode, MODES));
  return errors;
}

/** Models kubernetes pkg/registry/storage/storageclass/strategy.go and SetDefaults_StorageClass. */
export const behaviour: KindBehaviour<StorageClass> = {
  setDefaults(storageClass) {
    storageClass.reclaimPolicy ??= "Delete";
    storageClass.volumeBindingMode ??= "Immediate";
  },
  validate,
  validateUpdate: (next, previous) =>
    (["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"] as const).flatMap((name) =>
      immutableErrors(next[name], previous[name], name),
    ),
};
