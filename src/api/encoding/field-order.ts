import type { Json, JsonObject } from "../json.ts";
import { isObject, setKey } from "../json.ts";
import type { KubeObject } from "../object.ts";
import { ROOT_STRUCTS, STRUCT_FIELDS } from "./field-order-data.ts";
import { orderedKeys, type StructFields } from "./json-emit.ts";

const built = new Map<string, StructFields>();

function build(name: string): StructFields {
  const known = built.get(name);
  if (known !== undefined) return known;
  const fields: Record<string, StructFields | null> = {};
  // Set first: a struct may hold itself.
  built.set(name, fields);
  for (const entry of STRUCT_FIELDS[name]!.split(" ")) {
    const [field, struct] = entry.split("=") as [string, string?];
    if (field !== "") fields[field] = struct === undefined ? null : build(struct);
  }
  return fields;
}

/**
 * The struct that kubectl fills when it builds an object of this kind itself, for emitJson and emitKyaml; null for kinds
 * of which kubectl has none (their keys are sorted). Models the declarations of k8s.io/api.
 */
export function structOf(object: { apiVersion: string; kind: string }): StructFields | null {
  const key = `${object.apiVersion}/${object.kind}`;
  return Object.hasOwn(ROOT_STRUCTS, key) ? build(ROOT_STRUCTS[key]!) : null;
}

/**
 * A copy of the object whose fields are in the order of its Go struct, for what walks over them (templates). Keys that
 * look like whole numbers come first whatever one does: emitJson with {@link structOf} has no such limit.
 */
export function orderFields(object: KubeObject): KubeObject {
  return order(object as unknown as Json, structOf(object)) as unknown as KubeObject;
}

function order(value: Json, fields: StructFields | null): Json {
  if (Array.isArray(value)) return value.map((item) => order(item, fields));
  if (!isObject(value)) return value;
  const out: JsonObject = {};
  for (const key of orderedKeys(value, fields)) {
    const inner = fields !== null && Object.hasOwn(fields, key) ? fields[key]! : null;
    setKey(out, key, order(value[key]!, inner));
  }
  return out;
}
