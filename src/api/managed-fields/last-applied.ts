import { emitJson } from "../encoding/json-emit.ts";
import { clone, getKey, isObject, type Json, type JsonObject, setKey } from "../json.ts";
import { LAST_APPLIED } from "../meta/last-applied.ts";
import type { KubeObject } from "../object.ts";
import { compare } from "./compare.ts";
import type { FieldSet } from "./field-set.ts";
import { ItemError } from "./list-items.ts";
import type { MergeType } from "./merge-type.ts";
import { toFieldSet } from "./to-field-set.ts";
import { typeErrors } from "./validate.ts";

/** Bytes that all annotations together may have. */
const annotationLimit = 256 * 1024;

function annotationOf(object: JsonObject | KubeObject): string | undefined {
  const metadata = (object as JsonObject).metadata;
  const annotations = isObject(metadata) ? metadata.annotations : undefined;
  const text = isObject(annotations) ? getKey(annotations, LAST_APPLIED) : undefined;
  return typeof text === "string" && text !== "" ? text : undefined;
}

export function hasLastApplied(object: KubeObject): boolean {
  return annotationOf(object) !== undefined;
}

/**
 * The fields of the last client-side apply that are as it left them; `undefined` when there was none or it is of another version. Models
 * allowedConflictsFromLastApplied of k8s.io/apimachinery pkg/util/managedfields/internal.
 */
export function fieldsOfLastApplied(live: JsonObject, type: MergeType, apiVersion: string): FieldSet | undefined {
  const text = annotationOf(live);
  if (text === undefined) return undefined;
  let last: Json;
  try {
    last = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  if (!isObject(last) || last.apiVersion !== apiVersion || typeErrors(last, type) !== "") return undefined;
  try {
    const { modified, added, removed } = compare(last, live, type);
    return toFieldSet(last, type).difference(modified).difference(added).difference(removed);
  } catch (error) {
    if (error instanceof ItemError) return undefined;
    throw error;
  }
}

/** Writes the annotation anew from an applied configuration, in place; leaves it out when it would be too long. Models internal/lastappliedupdater.go. */
export function annotateLastApplied(object: KubeObject, applied: JsonObject): void {
  const config = clone(applied);
  const metadata = config.metadata;
  if (isObject(metadata) && isObject(metadata.annotations)) delete metadata.annotations[LAST_APPLIED];
  const annotations = { ...object.metadata.annotations, [LAST_APPLIED]: `${emitJson(config)}\n` };
  const size = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + new TextEncoder().encode(key + value).length,
    0,
  );
  if (size > annotationLimit) delete (annotations as Record<string, string>)[LAST_APPLIED];
  setKey(object.metadata, "annotations", annotations);
}
