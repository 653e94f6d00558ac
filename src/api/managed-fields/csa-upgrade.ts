import { equal } from "../json.ts";
import { LAST_APPLIED } from "../meta/last-applied.ts";
import type { ManagedFieldsEntry } from "../object.ts";
import { FieldSet, fieldPath } from "./field-set.ts";
import { decodeSet } from "./managers.ts";

/**
 * What `kubectl apply --server-side` does about fields that were applied client-side before. Models k8s.io/client-go util/csaupgrade and
 * migrateToSSAIfNecessary of k8s.io/kubectl pkg/cmd/apply.
 */

const annotationPath = FieldSet.of(fieldPath("metadata", "annotations", LAST_APPLIED));

/** The entries that own the annotation of client-side apply. */
export function ownersOfLastApplied(
  entries: readonly ManagedFieldsEntry[],
  operation: "Apply" | "Update",
): ManagedFieldsEntry[] {
  return entries.filter((entry) => {
    if (entry.operation !== operation) return false;
    const set = decodeSet(entry.fieldsV1 ?? {});
    return set !== undefined && annotationPath.difference(set).empty;
  });
}

/**
 * managedFields with what the `from` managers own by updates moved to the applier `to`; the same list when there is nothing to move. `from` is worked
 * through in order.
 */
function upgradeManagedFields(
  entries: readonly ManagedFieldsEntry[],
  from: readonly string[],
  to: string,
): ManagedFieldsEntry[] {
  return from.reduce<ManagedFieldsEntry[]>((list, name) => upgradeFrom(list, name, to), [...entries]);
}

function upgradeFrom(entries: ManagedFieldsEntry[], from: string, to: string): ManagedFieldsEntry[] {
  const isOld = (entry: ManagedFieldsEntry) =>
    entry.manager === from && entry.operation === "Update" && !entry.subresource;
  const out = [...entries];
  let index = out.findIndex((entry) => entry.manager === to && entry.operation === "Apply" && !entry.subresource);
  if (index < 0) {
    index = out.findIndex(isOld);
    if (index < 0) return entries;
    out[index] = { ...out[index]!, operation: "Apply", manager: to };
  }
  const target = out[index]!;
  const old = out.find((entry) => isOld(entry) && entry.apiVersion === target.apiVersion);
  const set = decodeSet(target.fieldsV1 ?? {}) ?? new FieldSet();
  const union = old === undefined ? set : set.union(decodeSet(old.fieldsV1 ?? {}) ?? new FieldSet());
  out[index] = { ...target, fieldsV1: union.toFieldsV1() };
  return out.filter((entry) => !isOld(entry));
}

/** The JSON patch that stores the upgrade; `undefined` when there is nothing to move. A conflict is told by the resourceVersion. */
export function upgradePatch(
  entries: readonly ManagedFieldsEntry[],
  from: readonly string[],
  to: string,
  resourceVersion: string,
): { op: "replace"; path: string; value: unknown }[] | undefined {
  const upgraded = upgradeManagedFields(entries, from, to);
  if (equal(entries, upgraded)) return undefined;
  return [
    { op: "replace", path: "/metadata/managedFields", value: upgraded },
    { op: "replace", path: "/metadata/resourceVersion", value: resourceVersion },
  ];
}
