import { clone, equal, getKey, isObject, type Json, type JsonObject, setKey } from "../json.ts";
import { goQuote } from "../status.ts";
import { jsonShape } from "./go-values.ts";
import { PatchError } from "./patch-error.ts";

/** One operation of an RFC 6902 patch as it comes in; members are checked when it is applied. */
export interface JsonPatchOperation {
  op?: unknown;
  path?: unknown;
  from?: unknown;
  value?: Json;
}

type Container = JsonObject | Json[];

function fail(message: string): never {
  throw new PatchError("unprocessable", message);
}

function decode(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** The place that a pointer names: its container and the last key; `undefined` when the way there does not exist. */
function locate(document: Container, path: string): { container: Container; key: string } | undefined {
  const parts = path.split("/");
  if (parts.length < 2) return undefined;
  let container = document;
  for (const part of parts.slice(1, -1)) {
    const next = Array.isArray(container)
      ? container[indexIn(container, decode(part)) ?? -1]
      : (getKey(container, decode(part)) as Json | undefined);
    if (!Array.isArray(next) && !isObject(next)) return undefined;
    container = next;
  }
  return { container, key: decode(parts.at(-1)!) };
}

/** An index of an existing item; negative ones count from the end. */
function indexIn(list: Json[], key: string): number | undefined {
  if (!/^[+-]?[0-9]+$/.test(key)) return undefined;
  const given = Number(key);
  const index = given < 0 ? given + list.length : given;
  return index >= 0 && index < list.length ? index : undefined;
}

function badIndex(key: string): never {
  fail(
    /^[+-]?[0-9]+$/.test(key)
      ? `Unable to access invalid index: ${Number(key)}: invalid index referenced`
      : `strconv.Atoi: parsing ${goQuote(key)}: invalid syntax`,
  );
}

function read(container: Container, key: string): Json | undefined {
  if (!Array.isArray(container)) return getKey(container, key) as Json | undefined;
  return container[indexIn(container, key) ?? badIndex(key)];
}

function add(container: Container, key: string, value: Json): void {
  if (!Array.isArray(container)) setKey(container, key, value);
  else if (key === "-") container.push(value);
  else {
    if (!/^[+-]?[0-9]+$/.test(key)) fail(`value was not a proper array index: '${key}'`);
    const given = Number(key);
    const index = given < 0 ? given + container.length + 1 : given;
    if (index < 0 || index > container.length) badIndex(key);
    container.splice(index, 0, value);
  }
}

function remove(container: Container, key: string): void {
  if (Array.isArray(container)) container.splice(indexIn(container, key) ?? badIndex(key), 1);
  else if (Object.hasOwn(container, key)) delete container[key];
  else fail(`Unable to remove nonexistent key: ${key}: missing value`);
}

/**
 * Applies an RFC 6902 patch and returns the result; the arguments are not changed. A patch that is no list of objects is `malformed`, one that does not
 * apply `unprocessable` (PatchError). Models evanphx/json-patch v4, where `replace` of an absent member adds it and indices may be negative.
 */
export function applyJsonPatch(document: JsonObject, patch: Json): Json {
  if (patch === null) return clone(document);
  if (!Array.isArray(patch)) throw undecodable(`${jsonShape(patch)} into Go value of type []handlers.jsonPatchOp`);
  let result: Container = clone(document);
  for (const operation of patch) checkShape(operation);
  for (const operation of patch) result = applyOperation(result, operation as JsonPatchOperation);
  return result;
}

function undecodable(what: string): PatchError {
  return new PatchError("malformed", `error decoding patch: json: cannot unmarshal ${what}`);
}

function checkShape(operation: Json): void {
  if (!isObject(operation)) throw undecodable(`${jsonShape(operation)} into Go value of type handlers.jsonPatchOp`);
  for (const member of ["op", "path", "from"]) {
    const value = getKey(operation, member) as Json | undefined;
    if (value !== undefined && value !== null && typeof value !== "string")
      throw undecodable(`${jsonShape(value)} into Go struct field jsonPatchOp.${member} of type string`);
  }
}

function applyOperation(document: Container, operation: JsonPatchOperation): Container {
  const op = typeof operation.op === "string" ? operation.op : "unknown";
  const path = typeof operation.path === "string" ? operation.path : undefined;
  const value = operation.value === undefined ? null : clone(operation.value);
  const missing = (what: string) => fail(`${op} operation does not apply: doc is missing ${what}: missing value`);
  const at = (pointer: string, what: string) => locate(document, pointer) ?? missing(`${what}: ${pointer}`);
  const pathOf = () => path ?? fail(`${op} operation failed to decode path: missing value`);
  const fromOf = () =>
    typeof operation.from === "string" ? operation.from : fail(`${op} operation failed to decode from: missing value`);

  switch (op) {
    case "add": {
      const { container, key } = at(pathOf(), "path");
      add(container, key, value);
      return document;
    }
    case "remove": {
      const { container, key } = at(pathOf(), "path");
      remove(container, key);
      return document;
    }
    case "replace": {
      if (pathOf() === "") {
        if (!Array.isArray(value) && !isObject(value)) fail("replace operation value must be object or array");
        return value;
      }
      const { container, key } = at(pathOf(), "path");
      if (!Array.isArray(container)) setKey(container, key, value);
      else container[indexIn(container, key) ?? missing(`key: ${path}`)] = value;
      return document;
    }
    case "move":
    case "copy": {
      const source = at(fromOf(), "from path");
      const moved = read(source.container, source.key);
      if (op === "move") remove(source.container, source.key);
      const { container, key } = at(pathOf(), "destination path");
      add(container, key, moved === undefined ? null : clone(moved));
      return document;
    }
    case "test": {
      const failed = () => fail(`testing value ${path} failed: test failed`);
      if (pathOf() === "") return equal(document, value) ? document : failed();
      const { container, key } = at(pathOf(), "path");
      // An absent member equals null.
      return equal(read(container, key) ?? null, value) ? document : failed();
    }
    default:
      return fail(`Unexpected kind: ${op}`);
  }
}
