import type { StructFields } from "../encoding/json-emit.ts";
import { type GoType, loadGoType } from "./go-types.ts";

const known = new Map<string, StructFields>();

/**
 * The struct that Go fills when it builds or decodes an object of this kind, for emitJson and emitKyaml; null for kinds without one (their
 * keys are sorted). Models the declarations of k8s.io/api.
 */
export async function structOf({
  apiVersion,
  kind,
}: {
  apiVersion: string;
  kind: string;
}): Promise<StructFields | null> {
  const [version = "", group = ""] = apiVersion.split("/").reverse();
  const type = await loadGoType({ group, version, kind });
  return type ? fieldsOf(type) : null;
}

/** The values of a map are no fields: their keys are sorted. */
export function fieldsOf(type: GoType): StructFields | null {
  if (type.kind === "pointer" || type.kind === "slice") return fieldsOf(type.item);
  if (type.kind !== "struct") return null;
  const done = known.get(type.text);
  if (done) return done;
  const fields: Record<string, StructFields | null> = {};
  // Set first: a struct may hold itself.
  known.set(type.text, fields);
  for (const field of type.fields.values()) fields[field.name] = fieldsOf(field.type());
  return fields;
}
