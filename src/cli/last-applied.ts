import { emitJson } from "../api/encoding/json-emit.ts";
import { getKey, type Json, type JsonObject } from "../api/json.ts";
import { LAST_APPLIED } from "../api/meta/last-applied.ts";
import type { KubeObject } from "../api/object.ts";

// These model kubectl pkg/util/apply.go for objects that come from files or from the server; none changes its argument.

/** The text of the annotation, undefined when there is none. */
export function lastAppliedOf(object: KubeObject): string | undefined {
  const { annotations } = object.metadata ?? {};
  return annotations ? getKey(annotations, LAST_APPLIED) : undefined;
}

/** The object as one line of JSON (and a line end) without its annotation, as unstructured objects are written. */
export function encodeObject(object: KubeObject): string {
  return `${emitJson(object as unknown as Json)}\n`;
}

function withAnnotations(object: KubeObject, annotations: Record<string, string>): KubeObject {
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** What a manifest asks for: itself, with `annotate` also in its own annotation (GetModifiedConfiguration). */
export function modifiedConfiguration(object: KubeObject, annotate: boolean): KubeObject {
  const { [LAST_APPLIED]: _, ...annotations } = object.metadata?.annotations ?? {};
  const bare = withAnnotations(object, annotations);
  return annotate ? withAnnotations(bare, { ...annotations, [LAST_APPLIED]: encodeObject(bare) }) : bare;
}

/** The object with itself in its annotation (CreateApplyAnnotation). */
export function withApplyAnnotation(object: KubeObject): KubeObject {
  return modifiedConfiguration(object, true);
}

/** The same when `create` is on or there is such an annotation to renew (CreateOrUpdateAnnotation). */
export function createOrUpdateAnnotation(create: boolean, object: KubeObject): KubeObject {
  return create || (lastAppliedOf(object) ?? "") !== "" ? withApplyAnnotation(object) : object;
}

/** The merge patch that puts a manifest, as it is, into its annotation. Models kubectl's editor.GetApplyPatch. */
export function annotationPatch(manifest: KubeObject): JsonObject {
  return { metadata: { annotations: { [LAST_APPLIED]: encodeObject(manifest) } } };
}
