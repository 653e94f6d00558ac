import { goQuote } from "../encoding/go-quote.ts";
import { clone, equal, getKey, isObject, type Json, type JsonObject, setKey, sortedKeys } from "../json.ts";
import { jsonShape } from "./go-values.ts";
import { MissingFieldError, PatchError } from "./patch-error.ts";

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
  sortMembers(container);
  for (const part of parts.slice(1, -1)) {
    const next = Array.isArray(container)
      ? container[indexIn(container, decode(part)) ?? -1]
      : getKey(container, decode(part));
    if (!Array.isArray(next) && !isObject(next)) return undefined;
    container = next;
    sortMembers(container);
  }
  return { container, key: decode(parts.at(-1)!) };
}

/** What a patch has looked into comes out sorted, as from the Go maps of the real one. */
function sortMembers(container: Container): void {
  if (Array.isArray(container)) return;
  for (const key of sortedKeys(container)) {
    const value = getKey(container, key);
    delete container[key];
    setKey(container, key, value);
  }
}

function setMember(object: JsonObject, key: string, value: Json): void {
  setKey(object, key, value);
  sortMembers(object);
}

/** An index of an existing item; negative ones count from the end. */
function indexIn(list: Json[], key: string): number | undefined {
  if (!/^[+-]?[0-9]+$/.test(key)) return undefined;
  const given = Number(key);
  const index = given < 0 ? given + list.length : given;
  return index >= 0 && index < list.length ? index : undefined;
}

function badIndex(key: string): never {
  fail(atoiProblem(key) ?? `Unable to access invalid index: ${BigInt(key)}: invalid index referenced`);
}

/** Why strconv.Atoi makes no number of a text. */
function atoiProblem(key: string): string | undefined {
  if (!/^[+-]?[0-9]+$/.test(key)) return `strconv.Atoi: parsing ${goQuote(key)}: invalid syntax`;
  const value = BigInt(key);
  return value === BigInt.asIntN(64, value) ? undefined : `strconv.Atoi: parsing ${goQuote(key)}: value out of range`;
}

function read(container: Container, key: string): Json | undefined {
  if (!Array.isArray(container)) return getKey(container, key);
  return container[indexIn(container, key) ?? badIndex(key)];
}

function add(container: Container, key: string, value: Json): void {
  if (!Array.isArray(container)) setMember(container, key, value);
  else if (key === "-") container.push(value);
  else {
    const problem = atoiProblem(key);
    if (problem !== undefined) fail(`value was not a proper array index: '${key}': ${problem}`);
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
  let result: Container = clone(document);
  for (const operation of decodePatch(patch)) result = applyOperation(result, operation);
  return result;
}

/** Models DecodePatch: an operation may be null, and then names no kind of operation. */
function decodePatch(patch: Json): JsonPatchOperation[] {
  if (patch === null) return [];
  if (!Array.isArray(patch)) throw undecodable(patch, "Patch");
  return patch.map((operation) => {
    if (operation !== null && !isObject(operation)) throw undecodable(operation, "Operation");
    return operation ?? {};
  });
}

function undecodable(value: Json, type: "Patch" | "Operation"): PatchError {
  return new PatchError(
    "malformed",
    `json: cannot unmarshal ${jsonShape(value)} into Go value of type jsonpatch.${type}`,
  );
}

/** Runs a step; the text of what goes wrong in it is put behind `where`. */
function within<T>(where: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof PatchError) fail(`${where}: ${error.message}`);
    throw error;
  }
}

function applyOperation(document: Container, operation: JsonPatchOperation): Container {
  const op = typeof operation.op === "string" ? operation.op : "unknown";
  const value = operation.value === undefined ? null : clone(operation.value);
  const member = (name: "path" | "from") => {
    const pointer = operation[name];
    if (typeof pointer === "string") return pointer;
    const hidden = name === "path" && (op === "add" || op === "remove" || op === "copy");
    const cause = hidden ? "missing value" : memberProblem(name, pointer as Json | undefined);
    return fail(`${op} operation failed to decode ${name}: ${cause}`);
  };
  const at = (pointer: string, what: string) =>
    locate(document, pointer) ?? fail(`${op} operation does not apply: ${what}: ${pointer}: missing value`);
  const atQuoted = (pointer: string) =>
    locate(document, pointer) ??
    fail(`${op} operation does not apply: doc is missing path: "${pointer}": missing value`);

  switch (op) {
    case "add": {
      const path = member("path");
      const { container, key } = atQuoted(path);
      within(`error in add for path: '${path}'`, () => add(container, key, value));
      return document;
    }
    case "remove": {
      const path = member("path");
      const { container, key } = atQuoted(path);
      within(`error in remove for path: '${path}'`, () => remove(container, key));
      return document;
    }
    case "replace": {
      const path = member("path");
      if (path === "") {
        if (!Array.isArray(value) && !isObject(value))
          fail("replace operation value must be object or array: %!w(<nil>)");
        sortMembers(value);
        return value;
      }
      const { container, key } = at(path, "doc is missing path");
      if (!Array.isArray(container)) setMember(container, key, value);
      else {
        const index = indexIn(container, key);
        if (index === undefined) throw new MissingFieldError(path);
        container[index] = value;
      }
      return document;
    }
    case "move": {
      const source = at(member("from"), "doc is missing from path");
      const moved = within(`error in move for path: '${source.key}'`, () => {
        const found = read(source.container, source.key);
        remove(source.container, source.key);
        return found;
      });
      const path = member("path");
      const { container, key } = at(path, "doc is missing destination path");
      within(`error in move for path: '${path}'`, () => add(container, key, moved ?? null));
      return document;
    }
    case "copy": {
      const from = member("from");
      const source = at(from, "doc is missing from path");
      const found = within(`error in copy for from: '${from}'`, () => read(source.container, source.key));
      const { container, key } = at(member("path"), "doc is missing destination path");
      within("error while adding value during copy", () => add(container, key, clone(found ?? null)));
      return document;
    }
    case "test": {
      const path = member("path");
      const failed = () => fail(`testing value ${path} failed: test failed`);
      if (path === "") return equal(document, value) ? document : failed();
      const { container, key } = at(path, "is missing path");
      // An absent member equals null.
      const found = within(`error in test for path: '${path}'`, () => read(container, key));
      return equal(found ?? null, value) ? document : failed();
    }
    default:
      return fail(`Unexpected kind: ${op}`);
  }
}

function memberProblem(name: "path" | "from", pointer: Json | undefined): string {
  if (pointer !== undefined && pointer !== null)
    return `json: cannot unmarshal ${jsonShape(pointer)} into Go value of type string`;
  return `${name === "path" ? "operation missing path" : "operation, missing from"} field: missing value`;
}
