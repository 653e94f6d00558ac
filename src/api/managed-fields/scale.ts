import type { ManagedFieldsEntry } from "../object.ts";
import { FieldSet, fieldPath } from "./field-set.ts";
import { decodeManagers, encodeManagers, type Managers } from "./managers.ts";

const SCALE = "autoscaling/v1";
const REPLICAS = fieldPath("spec", "replicas");

/**
 * Who owns the replicas of an object, as the managedFields of its Scale; `apiVersion` is the object's. Models ScaleHandler.ToSubresource of apimachinery
 * pkg/util/managedfields/scalehandler.go.
 */
export function scaleManagedFields(
  parent: readonly ManagedFieldsEntry[] | undefined,
  apiVersion: string,
): ManagedFieldsEntry[] | undefined {
  const owners: Managers = new Map();
  for (const [id, entry] of decodeManagers(parent) ?? [])
    if (entry.apiVersion === apiVersion && entry.set.hasPath(REPLICAS))
      owners.set(id, { ...entry, apiVersion: SCALE, set: FieldSet.of(REPLICAS) });
  return encodeManagers(owners);
}

/**
 * The object's managedFields after a write of its Scale, which has `scale`. Updaters are told apart by the version that they spoke: what one has set of the
 * object is taken from it, and what it has set of the Scale has no time. Models ScaleHandler.ToParent.
 */
export function parentManagedFields(
  parent: readonly ManagedFieldsEntry[] | undefined,
  scale: readonly ManagedFieldsEntry[] | undefined,
  apiVersion: string,
): ManagedFieldsEntry[] | undefined {
  const owners = decodeManagers(scale) ?? new Map();
  const out: Managers = new Map();
  const before: Managers = decodeManagers(parent) ?? new Map();
  for (const [id, entry] of before) {
    if (entry.apiVersion !== apiVersion) continue;
    if (!entry.set.hasPath(REPLICAS) || owners.delete(id)) out.set(id, entry);
    else {
      const set = entry.set.difference(FieldSet.of(REPLICAS));
      if (!set.empty) out.set(id, { ...entry, set });
    }
  }
  for (const [id, entry] of owners)
    if (entry.set.hasPath(REPLICAS))
      out.set(id, { ...entry, apiVersion, time: before.get(id)?.time, set: FieldSet.of(REPLICAS) });
  return encodeManagers(out);
}
