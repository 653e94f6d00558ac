import type { Json } from "../json.ts";
import { FieldSet } from "./field-set.ts";
import type { Managers } from "./managers.ts";
import type { MergeType } from "./merge-type.ts";
import { removeItems } from "./remove-items.ts";
import { namedFields, toFieldSet } from "./to-field-set.ts";

/**
 * Removes what the applier had in its last configuration (`last`), has not in this one, and nobody else owns; `managers` has the new sets already. Models
 * structured-merge-diff merge.Updater.prune.
 */
export function prune(merged: Json, managers: Managers, last: FieldSet | undefined, type: MergeType): Json {
  if (last === undefined || last.empty) return merged;
  const named = namedFields(type);
  const fieldsOf = (value: Json) => toFieldSet(value, type).withNamedFields(named);
  const all = fieldsOf(merged);
  const lastNamed = last.withNamedFields(named);

  const without = removeItems(merged, lastNamed, type);
  let owned = new FieldSet();
  for (const { set } of managers.values()) owned = owned.union(set);
  const kept = fieldsOf(without).union(owned.withNamedFields(named));
  const withOwned = removeItems(merged, all.difference(kept), type);

  // What nobody owns but the applier did not have either stays as well.
  return removeItems(merged, all.difference(fieldsOf(withOwned)).intersection(lastNamed), type);
}
