import { clone, getKey, isObject, type JsonObject } from "../json.ts";
import type { KindSchema } from "../schema/node.ts";
import { haveConflicts } from "./conflicts.ts";
import { diffMaps } from "./diff-maps.ts";
import { mergeMap } from "./merge-maps.ts";
import { PatchConflictError } from "./patch-error.ts";
import { PatchSchema } from "./patch-meta.ts";

/**
 * The strategic merge patch that turns `original` into `modified`, as `kubectl edit`, `label` and `set` send it; `{}` when they are the same. The
 * arguments are not changed. Throws PatchError. Models strategicpatch.CreateTwoWayMergePatch.
 */
export function createTwoWayMergePatch(original: JsonObject, modified: JsonObject, schema: KindSchema): JsonObject {
  return diffMaps(clone(original), clone(modified), new PatchSchema(schema), {
    setElementOrder: true,
    ignoreChangesAndAdditions: false,
    ignoreDeletions: false,
  });
}

/**
 * The strategic merge patch that `kubectl apply` sends: additions and changes from `current` (the live object) to `modified` (the manifest), removals
 * from `original` (the last applied manifest) to `modified`. The arguments are not changed. Throws PatchError, and with `overwrite` off PatchConflictError
 * when it touches what changed from `original` to `current`. Models strategicpatch.CreateThreeWayMergePatch.
 */
export function createThreeWayMergePatch(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
  schema: KindSchema,
  overwrite: boolean,
): JsonObject {
  const root = new PatchSchema(schema);
  // The three diffs work on the same copies, as in the real one: what the first sorts, the others see sorted.
  const before = clone(original);
  const after = clone(modified);
  const live = clone(current);
  const changes = diffMaps(live, after, root, {
    setElementOrder: true,
    ignoreChangesAndAdditions: false,
    ignoreDeletions: true,
  });
  const removals = diffMaps(before, after, root, {
    setElementOrder: true,
    ignoreChangesAndAdditions: true,
    ignoreDeletions: false,
  });
  const patch = mergeMap(clone(removals), clone(changes), root, { server: false });
  if (!overwrite) {
    const changed = diffMaps(before, live, root, {
      setElementOrder: false,
      ignoreChangesAndAdditions: false,
      ignoreDeletions: false,
    });
    if (haveConflicts(patch, changed, root)) throw new PatchConflictError(patch, changed);
  }
  return patch;
}

/** True when a patch touches what says which object it is for. Models the preconditions that apply and edit pass. */
export function changesIdentity(patch: JsonObject): boolean {
  const metadata = getKey(patch, "metadata");
  return (
    Object.hasOwn(patch, "apiVersion") ||
    Object.hasOwn(patch, "kind") ||
    (isObject(metadata) && Object.hasOwn(metadata, "name"))
  );
}
