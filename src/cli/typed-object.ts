import { emitJson, type StructFields } from "../api/encoding/json-emit.ts";
import type { Json } from "../api/json.ts";
import { LAST_APPLIED } from "../api/meta/last-applied.ts";
import type { KubeList, KubeObject } from "../api/object.ts";
import { encode } from "../api/schema/decode.ts";
import { structOf } from "../api/schema/struct-fields.ts";

/** An object as kubectl's own Go types write it. */
export interface TypedObject {
  /** With the zero values that the type writes: `status: {}`. */
  object: KubeObject;
  /** The order of the fields in JSON. */
  fields: StructFields | null;
}

/** What kubectl makes of an object that it builds or decodes with Go types (and not as unstructured data). */
export async function typedObject(object: KubeObject): Promise<TypedObject> {
  const [version = "", group = ""] = object.apiVersion.split("/").reverse();
  return { object: await encode({ group, version, kind: object.kind }, object), fields: await structOf(object) };
}

/**
 * The same of a list, whose items do not say what they are; one without items has none at all, as what comes as protobuf.
 */
export async function typedList(list: KubeList): Promise<{ object: KubeList; fields: StructFields | null }> {
  const { apiVersion, kind, metadata } = list;
  const typed = await Promise.all(list.items.map(typedObject));
  const items = typed.map(({ object: { apiVersion: _, kind: __, ...rest } }) => rest as KubeObject);
  const item = typed[0]?.fields ?? null;
  const object = { apiVersion, kind, metadata, items: items.length === 0 ? null : items } as KubeList;
  return { object, fields: { kind: null, apiVersion: null, metadata: null, items: item } };
}

/** The object with itself in its annotation, as --save-config leaves it. Models kubectl pkg/util/apply.go (CreateApplyAnnotation). */
export async function withLastApplied(object: KubeObject): Promise<KubeObject> {
  const typed = await typedObject(object);
  const config = `${emitJson(typed.object as unknown as Json, "", typed.fields)}\n`;
  const annotations = { ...object.metadata.annotations, [LAST_APPLIED]: config };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** As --save-config asks; without it, an annotation that is there already is brought up to date (util.CreateOrUpdateAnnotation). */
export async function saveConfig(object: KubeObject, wanted: boolean): Promise<KubeObject> {
  return wanted || object.metadata.annotations?.[LAST_APPLIED] ? withLastApplied(object) : object;
}
