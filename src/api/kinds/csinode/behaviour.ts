import { byteLength } from "../../encoding/text.ts";
import { equal } from "../../json.ts";
import { labelKeyErrors } from "../../meta/names.ts";
import { FIELD_IMMUTABLE, invalidEach, nonnegativeErrors } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { KindBehaviour } from "../kind.ts";
import { csiDriverNameErrors } from "../storage-rules.ts";
import type { CSINode, CSINodeDriver } from "./types.ts";

const LONGEST_ID = 256;

/** Models ValidateCSINode of kubernetes pkg/apis/storage/validation/validation.go. */
function validate({ spec }: CSINode): FieldError[] {
  const drivers = spec?.drivers ?? [];
  return drivers.flatMap((driver, i) => {
    const path = `spec.drivers[${i}]`;
    const errors = driverErrors(driver, path);
    if (drivers.findIndex(({ name }) => name === driver.name) < i)
      errors.push(field.duplicate(`${path}.name`, driver.name));
    return [...errors, ...topologyKeysErrors(driver.topologyKeys ?? [], path)];
  });
}

function driverErrors({ name = "", nodeID = "", allocatable }: CSINodeDriver, path: string): FieldError[] {
  const errors = csiDriverNameErrors(name, `${path}.name`);
  if (nodeID === "") errors.push(field.required(`${path}.nodeID`));
  if (byteLength(nodeID) > LONGEST_ID)
    errors.push(field.invalid(`${path}.nodeID`, nodeID, `must be ${LONGEST_ID} characters or less`));
  return [...errors, ...nonnegativeErrors(allocatable?.count, `${path}.allocatable.count`)];
}

function topologyKeysErrors(keys: readonly string[], path: string): FieldError[] {
  return keys.flatMap((key, i) => [
    ...(key === "" ? [field.required(path)] : []),
    ...(keys.indexOf(key) < i ? [field.duplicate(path, key)] : []),
    ...invalidEach(path, key, labelKeyErrors(key)),
  ]);
}

/** A driver that stays may change what it allocates alone. Models ValidateCSINodeUpdate. */
function changeErrors(next: CSINode, previous: CSINode): FieldError[] {
  return (previous.spec?.drivers ?? []).flatMap((before) =>
    (next.spec?.drivers ?? [])
      .filter((after) => after.name === before.name && !equal(goDriver(after), goDriver(before)))
      .map((after) => field.invalid("spec.drivers", goDriver(after), FIELD_IMMUTABLE)),
  );
}

// The internal structure, whose fields have no JSON names.
function goDriver({ name = "", nodeID = "", topologyKeys }: CSINodeDriver) {
  return { Name: name, NodeID: nodeID, TopologyKeys: topologyKeys ?? null, Allocatable: null };
}

/** Models kubernetes pkg/registry/storage/csinode/strategy.go. */
export const behaviour: KindBehaviour<CSINode> = {
  validate,
  validateUpdate: (next, previous) => [...validate(next), ...changeErrors(next, previous)],
};
