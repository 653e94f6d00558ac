import { dns1123SubdomainErrors } from "../../meta/names.ts";
import { immutableErrors, invalidEach, labelSelectorErrors } from "../../meta/object-meta.ts";
import type { KubeObject, LabelSelector } from "../../object.ts";
import type { FieldError } from "../../status.ts";
import type { KindBehaviour } from "../kind.ts";
import { nonnegativeQuantityErrors } from "../pod/resources-validation.ts";

interface CSIStorageCapacity extends KubeObject {
  storageClassName?: string;
  capacity?: string | number;
  nodeTopology?: LabelSelector;
}

/** Models ValidateCSIStorageCapacity of kubernetes pkg/apis/storage/validation/validation.go. */
function validate({ storageClassName = "", capacity, nodeTopology }: CSIStorageCapacity): FieldError[] {
  return [
    ...labelSelectorErrors(nodeTopology, "nodeTopology"),
    ...invalidEach("storageClassName", storageClassName, dns1123SubdomainErrors(storageClassName)),
    ...(capacity === undefined ? [] : nonnegativeQuantityErrors(capacity, "capacity")),
  ];
}

export const behaviour: KindBehaviour<CSIStorageCapacity> = {
  validate,
  validateUpdate: (next, previous) => [
    ...validate(next),
    ...immutableErrors(next.nodeTopology, previous.nodeTopology, "nodeTopology"),
    ...immutableErrors(next.storageClassName, previous.storageClassName, "storageClassName"),
  ],
};
