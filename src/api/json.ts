/** A value as JSON has it. `undefined` members are treated as absent everywhere. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json | undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Sets a key as own data, `__proto__` included. Use it wherever the key comes from outside. */
export function setKey(target: object, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  else (target as Record<string, unknown>)[key] = value;
}

/** Reads an own key; never one of the prototype's (`constructor`, `__proto__`). */
export function getKey<T>(target: Readonly<Record<string, T>>, key: string): T | undefined;
export function getKey(target: object, key: string): unknown;
export function getKey(target: object, key: string): unknown {
  return Object.hasOwn(target, key) ? (target as Record<string, unknown>)[key] : undefined;
}

/** A deep copy of plain data; `undefined` members are left out. */
export function clone<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => clone(item)) as T;
  // A spread keeps a member called __proto__, and the shape that V8 knows; a store to a member that is there never reaches a setter.
  const out = { ...value } as Record<string, unknown>;
  for (const key of Object.keys(out)) {
    const member = out[key];
    if (member === undefined) delete out[key];
    else if (typeof member === "object") out[key] = clone(member);
  }
  return out as T;
}

/** Deep equality of plain data; the order of keys does not count, `undefined` equals absent. */
export function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]));
  const keysA = Object.keys(a).filter((key) => getKey(a, key) !== undefined);
  const keysB = Object.keys(b).filter((key) => getKey(b, key) !== undefined);
  return (
    keysA.length === keysB.length &&
    keysA.every((key) => Object.hasOwn(b, key) && equal(getKey(a, key), getKey(b, key)))
  );
}

/** Keys in the byte order of Go's `sort.Strings` (UTF-8), not JavaScript's integer-first order. */
export function sortedKeys(value: object): string[] {
  return Object.keys(value).sort(compareStrings);
}

/** Go's string order: by UTF-8 bytes, which is the order of code points. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // A surrogate (above U+FFFF) sorts after every other UTF-16 unit.
    if (isSurrogate(x) !== isSurrogate(y)) return isSurrogate(x) ? 1 : -1;
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

/** A copy without the members that are null, in objects at any depth; null items of arrays stay. */
export function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const out: JsonObject = {};
  for (const [key, member] of Object.entries(value))
    if (member !== null && member !== undefined) setKey(out, key, withoutNulls(member));
  return out;
}
