import { compareStrings } from "../json.ts";
import type { FieldsV1, ManagedFieldsEntry } from "../object.ts";
import { FieldSet } from "./field-set.ts";

/** One entry of managedFields with its set decoded. */
export interface ManagedSet {
  manager: string;
  operation: "Apply" | "Update";
  apiVersion: string;
  subresource: string;
  /** RFC 3339; none for an applier that changed nothing yet. */
  time: string | undefined;
  set: FieldSet;
}

/** The entries of an object by `identity`. */
export type Managers = Map<string, ManagedSet>;

/** Who an entry is of: appliers keep theirs when the version changes. The text also orders conflicts. Models BuildManagerIdentifier. */
export function identity(entry: Pick<ManagedSet, "manager" | "operation" | "apiVersion" | "subresource">): string {
  return JSON.stringify({
    manager: entry.manager || undefined,
    operation: entry.operation,
    apiVersion: entry.operation === "Apply" ? undefined : entry.apiVersion,
    subresource: entry.subresource || undefined,
  });
}

/** Decodes managedFields; `undefined` when an entry is damaged. Models DecodeManagedFields of k8s.io/apimachinery pkg/util/managedfields. */
export function decodeManagers(entries: readonly ManagedFieldsEntry[] | undefined): Managers | undefined {
  const out: Managers = new Map();
  for (const { manager = "", operation, apiVersion, subresource = "", time, fieldsType, fieldsV1 } of entries ?? []) {
    if ((operation !== "Apply" && operation !== "Update") || !apiVersion || fieldsType !== "FieldsV1") return undefined;
    const set = decodeSet(fieldsV1 ?? {});
    if (set === undefined) return undefined;
    const entry = { manager, operation, apiVersion, subresource, time, set };
    out.set(identity(entry), entry);
  }
  return out;
}

/** `undefined` when a key is damaged. */
export function decodeSet(fields: FieldsV1): FieldSet | undefined {
  try {
    return FieldSet.fromFieldsV1(fields);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const secondsOf = (time: string | undefined) => (time === undefined ? 0 : Math.floor(Date.parse(time) / 1000));

/** As the object has them: appliers first, then by time, manager, version, subresource; `undefined` when there are none. */
export function encodeManagers(managers: Managers): ManagedFieldsEntry[] | undefined {
  const sorted = [...managers.values()].sort(
    (a, b) =>
      compareStrings(a.operation, b.operation) ||
      secondsOf(a.time) - secondsOf(b.time) ||
      compareStrings(a.manager, b.manager) ||
      compareStrings(a.apiVersion, b.apiVersion) ||
      compareStrings(a.subresource, b.subresource),
  );
  if (!sorted.length) return undefined;
  return sorted.map(({ manager, operation, apiVersion, subresource, time, set }) => ({
    ...(manager ? { manager } : {}),
    operation,
    apiVersion,
    ...(time === undefined ? {} : { time }),
    fieldsType: "FieldsV1" as const,
    fieldsV1: set.toFieldsV1(),
    ...(subresource ? { subresource } : {}),
  }));
}

const maxUpdaters = 10;

/** Joins the oldest updaters of a version as `ancient-changes` until no more than ten are left. Models internal/capmanagers.go. */
export function capUpdaters(managers: Managers): void {
  const updaters = [...managers.entries()].filter(([, entry]) => entry.operation === "Update");
  if (updaters.length <= maxUpdaters) return;
  updaters.sort(([a, x], [b, y]) => secondsOf(x.time) - secondsOf(y.time) || compareStrings(a, b));
  const firstOfVersion = new Map<string, string>();
  let left = updaters.length;
  for (const [id, entry] of updaters) {
    if (left <= maxUpdaters) return;
    const { apiVersion } = entry;
    const bucket = { manager: "ancient-changes", operation: "Update", apiVersion, subresource: "" } as const;
    const bucketId = identity(bucket);
    const first = firstOfVersion.get(apiVersion);
    if (first === undefined) {
      firstOfVersion.set(apiVersion, id);
      continue;
    }
    const base = managers.get(bucketId) ?? managers.get(first)!;
    managers.delete(first);
    managers.delete(id);
    managers.set(bucketId, { ...bucket, time: entry.time, set: entry.set.union(base.set) });
    left--;
  }
}
