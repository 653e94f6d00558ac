import { emitJson } from "../api/encoding/json-emit.ts";
import { isObject, type Json, type JsonObject } from "../api/json.ts";
import { kindOf } from "./ids.ts";
import { shortHash } from "./short-hash.ts";
import { toJson } from "./yaml/json.ts";
import { fieldOf, type Node } from "./yaml/node.ts";

/**
 * The hash that a generated name ends with. The name itself is not part of it: kustomize looks for a field that is called `metadata/name`. Models api/hasher.
 */
export function nameHash(node: Node): string {
  const kind = kindOf(node);
  const hashed: JsonObject = { kind, name: "", data: part(node, "data") };
  const more = kind === "Secret" ? "stringData" : "binaryData";
  if (kind === "Secret") hashed.type = part(node, "type");
  const extra = part(node, more);
  if (isObject(extra)) hashed[more] = extra;
  return shortHash(emitJson(hashed));
}

function part(node: Node, name: string): Json {
  const field = fieldOf(node, name);
  if (field === undefined) return "";
  if (field.kind === "scalar") return field.value;
  const json = toJson(field);
  return isObject(json) ? json : null;
}
