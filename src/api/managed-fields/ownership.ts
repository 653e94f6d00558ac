import type { Json } from "../json.ts";
import { type Comparison, compare } from "./compare.ts";
import { FieldSet, fieldPath } from "./field-set.ts";
import type { ManagedSet, Managers } from "./managers.ts";
import type { MergeType } from "./merge-type.ts";
import type { Path } from "./path-element.ts";

/** A field that a manager would take from another. */
export interface Conflict {
  /** The entry that owns it. */
  owner: ManagedSet;
  /** `identity` of the owner. */
  id: string;
  path: Path;
}

export class ConflictsError extends Error {
  override readonly name = "ConflictsError";
  readonly conflicts: Conflict[];
  constructor(conflicts: Conflict[]) {
    super(`${conflicts.length} conflicts`);
    this.conflicts = conflicts;
  }
}

/** Metadata that nobody owns. Models internal/stripmeta.go. */
const unowned = FieldSet.of(
  fieldPath("apiVersion"),
  fieldPath("kind"),
  fieldPath("metadata"),
  ...[
    "name",
    "namespace",
    "creationTimestamp",
    "selfLink",
    "uid",
    "clusterName",
    "generation",
    "managedFields",
    "resourceVersion",
  ].map((name) => fieldPath("metadata", name)),
);

export function withoutUnowned(set: FieldSet): FieldSet {
  return set.difference(unowned);
}

/** Without the fields that a request to this resource cannot set, and what is below them. */
export function withoutReset(set: FieldSet, resetFields: FieldSet): FieldSet {
  return set.recursiveDifference(resetFields);
}

export function compareWithoutReset(before: Json, after: Json, type: MergeType, resetFields: FieldSet): Comparison {
  const { removed, modified, added } = compare(before, after, type);
  return {
    removed: withoutReset(removed, resetFields),
    modified: withoutReset(modified, resetFields),
    added: withoutReset(added, resetFields),
  };
}

/** What a request changes, as a version sees it. */
export type ChangeIn = (apiVersion: string) => Comparison;

/**
 * Takes what `self` changes from the other managers, and what is gone from all of them; managers that own nothing any more are dropped. Changes `managers`.
 * Without `force` throws ConflictsError before anything is taken. What changes is asked in the version of each manager. Models structured-merge-diff
 * merge.Updater.update.
 */
export function takeOwnership(managers: Managers, self: string, changeIn: ChangeIn, force: boolean): void {
  const changedIn = (apiVersion: string) => {
    const { modified, added } = changeIn(apiVersion);
    return modified.union(added);
  };
  const conflicts: Conflict[] = [];
  const ids = [...managers.keys()].filter((id) => id !== self).sort();
  for (const id of ids) {
    const owner = managers.get(id)!;
    for (const path of owner.set.intersection(changedIn(owner.apiVersion)).paths()) conflicts.push({ owner, id, path });
  }
  if (!force && conflicts.length) throw new ConflictsError(conflicts);
  for (const id of ids) {
    const owner = managers.get(id)!;
    const { removed } = changeIn(owner.apiVersion);
    const taken = owner.set.intersection(changedIn(owner.apiVersion));
    managers.set(id, { ...owner, set: owner.set.difference(taken).difference(removed) });
  }
  for (const [id, { set }] of managers) if (set.empty) managers.delete(id);
}
