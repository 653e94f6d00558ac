import { dns1123SubdomainErrors } from "../../meta/names.ts";
import { immutableErrors, invalidEach, labelSelectorErrors } from "../../meta/object-meta.ts";
import { parseQuantity } from "../../meta/quantity.ts";
import type { KubeObject, LabelSelector } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import type { KindBehaviour } from "../kind.ts";

interface CSIStorageCapacity extends KubeObject {
  storageClassName?: string;
  capacity?: string | number;
  nodeTopology?: LabelSelector;
}

/** Models ValidateCSIStorageCapacity of kubernetes pkg/apis/storage/validation/validation.go. */
function validate({ storageClassName = "", capacity, nodeTopology }: CSIStorageCapacity): FieldError[] {
  const errors = [
    ...labelSelectorErrors(nodeTopology, "nodeTopology"),
    ...invalidEach("storageClassName", storageClassName, dns1123SubdomainErrors(storageClassName)),
  ];
  if (capacity !== undefined && parseQuantity(String(capacity)).nano < 0n)
    errors.push(field.invalid("capacity", String(capacity), "must be greater than or equal to 0"));
  return errors;
}

export const behaviour: KindBehaviour<CSIStorageCapacity> = {
  validate,
  validateUpdate: (next, previous) => [
    ...immutableErrors(next.nodeTopology, previous.nodeTopology, "nodeTopology"),
    ...immutableErrors(next.storageClassName, previous.storageClassName, "storageClassName"),
  ],
};
