import { clone, type Json, type JsonObject } from "../json.ts";
import type { FieldsV1, KubeObject, ManagedFieldsEntry } from "../object.ts";
import type { KindSchema } from "../schema/node.ts";
import { timestamp } from "../snapshot.ts";
import type { Comparison } from "./compare.ts";
import { emptyObject } from "./empty-object.ts";
import { FieldSet, fieldPath } from "./field-set.ts";
import { ItemError } from "./list-items.ts";
import { capUpdaters, decodeManagers, encodeManagers, identity, type Managers } from "./managers.ts";
import { mergeTypeOf } from "./merge-type.ts";
import { outline, renamed } from "./outline.ts";
import { type ChangeIn, compareWithoutReset, takeOwnership, withoutReset, withoutUnowned } from "./ownership.ts";

export interface Request {
  /** Name of the field manager; "" becomes `unknown`. */
  manager: string;
  /** Version of the request, `v1` or `apps/v1`. */
  apiVersion: string;
  /** "" for the main resource. */
  subresource: string;
  /** Milliseconds since 1970. */
  now: number;
  schema: KindSchema;
  /** Paths that this request cannot set; `resetFieldsOf` knows them. */
  resetFields: readonly (readonly string[])[];
  /** The other versions that the kind is served in, in which others may have set what they own; absent: entries are all of this one. */
  otherVersions?: ReadonlyMap<string, OtherVersion>;
}

export interface OtherVersion {
  schema: KindSchema;
  /** An object of the request's version in this one. */
  convert(object: JsonObject): JsonObject;
}

export interface UpdateRequest extends Request {
  /** The stored object; `undefined` for a creation. */
  live: KubeObject | undefined;
  /** The object as the client wants it, defaulted, before the server allocates anything. Its own managedFields count, as they do in a PUT. */
  next: KubeObject;
}

/** What differs between two objects of the request's version, as each version sees it. */
export function changesOf(before: JsonObject, after: JsonObject, request: Request): ChangeIn {
  const known = new Map<string, Comparison>();
  const reset = resetSet(request.resetFields);
  const compareIn = (apiVersion: string) => {
    const other = apiVersion === request.apiVersion ? undefined : request.otherVersions?.get(apiVersion);
    const { schema } = other ?? request;
    const [then, now] = other ? [other.convert(before), other.convert(after)] : [before, after];
    return compareWithoutReset(then, now, mergeTypeOf(schema, schema.root), reset);
  };
  return (apiVersion) => {
    const change = known.get(apiVersion) ?? compareIn(apiVersion);
    known.set(apiVersion, change);
    return change;
  };
}

export function resetSet(resetFields: Request["resetFields"]): FieldSet {
  return FieldSet.of(...resetFields.map((names) => fieldPath(...names)));
}

/** A copy without managedFields, which nobody owns. */
export function withoutManagedFields(object: KubeObject): JsonObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return clone({ ...object, metadata }) as unknown as JsonObject;
}

/**
 * managedFields after a create, update or patch (all but apply); `undefined` when the object has none. Models FieldManager.UpdateNoErrors of
 * k8s.io/apimachinery pkg/util/managedfields, which drops them when the object cannot be compared.
 */
export function updateManagedFields(request: UpdateRequest): ManagedFieldsEntry[] | undefined {
  const { live, next } = request;
  const managers = startingPoint(request);
  // Objects that were stored without managedFields are not tracked until the first apply.
  if (managers.size === 0 && live !== undefined) return undefined;
  if (managers.size === 0 && next.metadata.managedFields === undefined) return ofNew(request);
  try {
    const before = live === undefined ? emptyObject(request.schema) : withoutManagedFields(live);
    recordUpdate(managers, before, withoutManagedFields(next), request);
  } catch (error) {
    if (error instanceof ItemError) return undefined;
    throw error;
  }
  return encodeManagers(managers);
}

interface Creation {
  /** What items of lists are called, in the order in which `outline` met them. */
  ids: string[];
  fields: FieldsV1 | undefined;
}

interface Creations {
  /** `emptyObject` of the schema. */
  before: JsonObject;
  byOutline: Map<string, Creation>;
}

const creations = new WeakMap<KindSchema, Creations>();
const MOST_OUTLINES = 2000;

/** Objects of one outline have the same fields: they are worked out once. */
function ofNew(request: UpdateRequest): ManagedFieldsEntry[] | undefined {
  const { apiVersion, subresource, now } = request;
  let fields: FieldsV1 | undefined;
  try {
    fields = fieldsOfNew(request);
  } catch (error) {
    if (!(error instanceof ItemError)) throw error;
  }
  if (!fields) return undefined;
  return [
    {
      manager: request.manager || "unknown",
      operation: "Update",
      apiVersion,
      time: timestamp(now),
      fieldsType: "FieldsV1",
      fieldsV1: fields,
      ...(subresource ? { subresource } : {}),
    },
  ];
}

function fieldsOfNew(request: UpdateRequest): FieldsV1 | undefined {
  const { schema, next, resetFields } = request;
  let known = creations.get(schema);
  if (!known || known.byOutline.size > MOST_OUTLINES) {
    known = { before: emptyObject(schema), byOutline: new Map() };
    creations.set(schema, known);
  }
  const { before, byOutline } = known;
  const ids: string[] = [];
  const type = mergeTypeOf(schema, schema.root);
  const id = `${JSON.stringify(resetFields)} ${outline(next as unknown as Json, before, type, ids)}`;
  const same = byOutline.get(id);
  if (same && (!same.fields || ids.every((name, i) => name === same.ids[i]))) return same.fields;
  // Which of two equal names is meant could not be told.
  if (same?.fields && new Set(same.ids).size === ids.length) {
    return renamed(same.fields, new Map(same.ids.map((name, i) => [name, ids[i]!])));
  }
  const managers: Managers = new Map();
  recordUpdate(managers, before, withoutManagedFields(next), request);
  const fields = encodeManagers(managers)?.[0]?.fieldsV1;
  byOutline.set(id, { ids, fields });
  return fields;
}

/** The entries that the request starts from. Models decodeLiveOrNew. */
function startingPoint({ live, next, subresource }: UpdateRequest): Managers {
  const given = next.metadata.managedFields;
  const stored = () => decodeManagers(live?.metadata.managedFields) ?? new Map();
  if (subresource !== "") return stored();
  const reset = given !== undefined && (given.length === 0 || (given.length === 1 && !Object.keys(given[0]!).length));
  if (reset) return new Map();
  const decoded = decodeManagers(given);
  return decoded?.size ? decoded : stored();
}

/** Gives `request.manager` what differs between the two objects. Changes `managers`. */
export function recordUpdate(managers: Managers, before: JsonObject, after: JsonObject, request: Request): void {
  const { apiVersion, subresource, now } = request;
  const entry = { manager: request.manager || "unknown", operation: "Update", apiVersion, subresource } as const;
  const reset = resetSet(request.resetFields);
  const changeIn = changesOf(before, after, request);
  const change = changeIn(apiVersion);
  takeOwnership(managers, "", changeIn, true);
  const own = withoutUnowned(withoutReset(change.modified.union(change.added), reset));
  if (!own.empty) {
    const id = identity(entry);
    const previous = managers.get(id);
    managers.set(id, { ...entry, time: timestamp(now), set: previous ? own.union(previous.set) : own });
  }
  capUpdaters(managers);
}
