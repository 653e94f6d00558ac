import { emitJson, escapeAsGo, type StructFields } from "../encoding/json-emit.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import { structOf } from "./struct-fields.ts";

/** What the API server sends as an answer: in the order of its Go structs, a list's items without their kind; without a line's end. */
export async function wireJson(answer: Json): Promise<string> {
  if (!isObject(answer) || typeof answer.kind !== "string") return goJson(answer);
  const { kind, apiVersion, ...rest } = answer;
  const type = { kind, apiVersion: String(apiVersion ?? "") };
  if (!kind.endsWith("List") || !Array.isArray(rest.items)) {
    const fields = await structOf(type);
    return fields ? emitJson(answer, "", fields) : goJson({ kind, ...(apiVersion && { apiVersion }), ...rest });
  }
  const fields = await structOf({ ...type, kind: kind.slice(0, -"List".length) });
  const items = rest.items.map((item) => itemJson(item as JsonObject, fields));
  return `{"kind":${goJson(kind)},"apiVersion":${goJson(type.apiVersion)},"metadata":${goJson(rest.metadata ?? {})},"items":[${items.join(",")}]}`;
}

function itemJson({ kind: _, apiVersion: __, ...rest }: JsonObject, fields: StructFields | null): string {
  return fields ? emitJson(rest, "", fields) : goJson(rest);
}

/** JSON as Go escapes it. */
export function goJson(value: Json, indent = 0): string {
  return escapeAsGo(JSON.stringify(value, null, indent));
}
