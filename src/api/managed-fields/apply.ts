import { clone, equal, getKey, isObject, type Json, type JsonObject } from "../json.ts";
import type { KubeObject } from "../object.ts";
import { timestamp } from "../snapshot.ts";
import { ApiError, badRequest } from "../status.ts";
import { conflictError } from "./conflict.ts";
import { emptyObject } from "./empty-object.ts";
import { annotateLastApplied, fieldsOfLastApplied, hasLastApplied } from "./last-applied.ts";
import { decodeManagers, encodeManagers, identity, type Managers } from "./managers.ts";
import { merge } from "./merge.ts";
import { type MergeType, mergeTypeOf } from "./merge-type.ts";
import { ConflictsError, takeOwnership, withoutReset, withoutUnowned } from "./ownership.ts";
import { prune } from "./prune.ts";
import { toFieldSet } from "./to-field-set.ts";
import { changesOf, type Request, recordUpdate, resetSet, withoutManagedFields } from "./update.ts";
import { typeErrors } from "./validate.ts";

export interface ApplyRequest extends Request {
  /** The stored object; `undefined` when the apply creates it. */
  live: KubeObject | undefined;
  /** The configuration as sent. */
  applied: JsonObject;
  force: boolean;
}

export interface ApplyResult {
  /** The merged object with its new managedFields; not defaulted. */
  object: KubeObject;
  /** False when the configuration changed no field; managedFields may have changed still. */
  changed: boolean;
}

/**
 * Server-side apply. Throws ApiError: Conflict when fields of others would change and `force` is off, BadRequest for what is no configuration, and an error
 * without reason for what the schema does not allow. Models FieldManager.Apply of k8s.io/apimachinery pkg/util/managedfields.
 */
export function applyConfiguration(request: ApplyRequest): ApplyResult {
  const { live, applied, schema, manager, now } = request;
  const gvk = gvkOf(applied);
  const known = schema.root["x-kubernetes-group-version-kind"]?.some(
    (k) => gvk === formatGvk(k.group, k.version, k.kind),
  );
  if (known === false) throw badRequest(`invalid object type: ${gvk}`);
  const metadata = getKey(applied, "metadata");
  if (isObject(metadata) && (metadata.managedFields ?? null) !== null)
    throw badRequest("metadata.managedFields must be nil");

  const type = mergeTypeOf(schema, schema.root);
  const errors = typeErrors(applied, type);
  if (errors !== "")
    throw new ApiError({
      code: 500,
      message: `failed to create typed patch object (${nameOf(applied)}; ${gvk}): ${errors}`,
    });

  const before = live === undefined ? emptyObject(schema) : withoutManagedFields(live);
  const stored = decodeManagers(live?.metadata.managedFields);
  if (stored === undefined) throw new ApiError({ code: 500, message: "failed to decode managed fields" });
  if (stored.size === 0 && live !== undefined)
    recordUpdate(stored, emptyObject(schema), before, { ...request, manager: "before-first-apply" });

  const [merged, managers] = applyUpgrading(before, stored, type, request);
  const changed = !equal(before, merged);
  const id = applierId(request);
  const own = managers.get(id);
  if (own !== undefined) {
    const set = withoutUnowned(own.set);
    if (set.empty) managers.delete(id);
    // A configuration that changes nothing keeps the time of the last one; that of a new applier has none.
    else managers.set(id, { ...own, time: changed ? timestamp(now) : own.time, set });
  }

  const object = clone(merged) as unknown as KubeObject;
  // kubectl alone keeps the annotation of client-side apply up to date.
  if (manager === "kubectl" && hasLastApplied(object)) annotateLastApplied(object, applied);
  const entries = encodeManagers(managers);
  object.metadata = { ...object.metadata, ...(entries ? { managedFields: entries } : {}) };
  return { object, changed };
}

function applierId({ manager, apiVersion, subresource }: Request): string {
  return identity({ manager: manager || "unknown", operation: "Apply", apiVersion, subresource });
}

/**
 * Applies; fields that kubectl's client-side apply had set are no conflict for `kubectl`. Models internal/lastappliedmanager.go.
 */
function applyUpgrading(
  before: JsonObject,
  managers: Managers,
  type: MergeType,
  request: ApplyRequest,
): [Json, Managers] {
  try {
    return applyOnce(before, managers, type, request, request.force);
  } catch (error) {
    if (!(error instanceof ConflictsError)) throw error;
    const allowed = request.manager === "kubectl" ? fieldsOfLastApplied(before, type, request.apiVersion) : undefined;
    const left = allowed ? error.conflicts.filter(({ path }) => !allowed.hasPath(path)) : error.conflicts;
    if (left.length) throw conflictError(left);
    return applyOnce(before, managers, type, request, true);
  }
}

/** Models structured-merge-diff merge.Updater.Apply. */
function applyOnce(
  before: JsonObject,
  startingPoint: Managers,
  type: MergeType,
  request: ApplyRequest,
  force: boolean,
): [Json, Managers] {
  const { applied, apiVersion, subresource } = request;
  const reset = resetSet(request.resetFields);
  const managers: Managers = new Map(startingPoint);
  const id = applierId(request);
  const last = managers.get(id);
  const set = withoutReset(toFieldSet(applied, type), reset);
  const manager = request.manager || "unknown";
  managers.set(id, { manager, operation: "Apply", apiVersion, subresource, time: last?.time, set });
  const merged = prune(merge(before, applied, type) ?? null, managers, last?.set, type);
  takeOwnership(managers, id, changesOf(before, merged as JsonObject, request), force);
  return [merged, managers];
}

function formatGvk(group: string, version: string, kind: string): string {
  return `${group}/${version}, Kind=${kind}`;
}

function gvkOf(object: JsonObject): string {
  const parts = String(object.apiVersion ?? "").split("/");
  const version = parts.at(-1) ?? "";
  return formatGvk(parts.length > 1 ? parts[0]! : "", version, String(object.kind ?? ""));
}

/** `namespace/name` as a body says it. */
export function nameOf(object: JsonObject): string {
  const metadata = getKey(object, "metadata");
  const text = (key: string) => (isObject(metadata) && typeof metadata[key] === "string" ? metadata[key] : "");
  return `${text("namespace")}/${text("name")}`;
}
