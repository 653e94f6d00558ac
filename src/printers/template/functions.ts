import { decodeText, encodeText } from "../../api/encoding/text.ts";
import { getKey } from "../../api/json.ts";
import { basicEqual, basicLess } from "../go/compare.ts";
import { formatArg, noFlags, sprint, sprintln } from "../go/format.ts";
import { sprintf } from "../go/printf.ts";
import { type GoData, GoNumber, isMap, kindOf, numberOf } from "../go/value.ts";
import { decodeBase64 } from "./base64.ts";
import { escapeHtml, escapeJs, escapeQuery } from "./escape.ts";
import { concrete, held, isTrue, lengthOf, unwrapped, type Value, valueType } from "./value.ts";

/** A function failed; the message follows `error calling <name>: `. */
export class CallError extends Error {}

/** What a parameter takes: the Value as it is, any data, or a string. */
export type Parameter = "value" | "any" | "string";

export interface TemplateFunction {
  parameters: Parameter[];
  /** The type of the arguments behind `parameters`, when there may be any. */
  variadic?: Parameter;
  /** @throws CallError */
  call(args: Value[]): Value;
}

const data = (value: Value): GoData => value?.data ?? null;

/** Two types of `index` and of `slice`: a list's and a string's index. */
function indexArgument(value: Value, limit: number): number {
  const index = unwrapped(value);
  if (!index) throw new CallError("cannot index slice/array with nil");
  const kind = kindOf(index.data);
  if (kind !== "int" && kind !== "uint") throw new CallError(`cannot index slice/array with type ${valueType(index)}`);
  const number = numberOf(index.data) ?? 0;
  if (number < 0 || number > limit) throw new CallError(`index out of range: ${number}`);
  return number;
}

function index([first, ...indexes]: Value[]): Value {
  let item = unwrapped(first);
  if (!item) throw new CallError("index of untyped nil");
  for (const key of indexes) {
    item = unwrapped(item);
    if (!item) throw new CallError("index of nil pointer");
    item = member(item, key);
  }
  return item;
}

function member(item: NonNullable<Value>, key: Value): Value {
  if (isMap(item.data)) {
    const name = unwrapped(key);
    if (!name) throw new CallError("value is nil; should be of type string");
    if (typeof name.data !== "string") throw new CallError(`value has type ${valueType(name)}; should be string`);
    return held(getKey(item.data, name.data) ?? null);
  }
  const length = lengthOf(item.data);
  if (length < 0) throw new CallError(`can't index item of type ${valueType(item)}`);
  const at = indexArgument(key, length);
  if (Array.isArray(item.data)) {
    if (at >= length) throw new CallError("reflect: slice index out of range");
    return held(item.data[at] ?? null);
  }
  if (at >= length) throw new CallError("reflect: string index out of range");
  return concrete(new GoNumber("uint8", encodeText(item.data as string)[at]!));
}

/** What append leaves behind when a list is decoded: room up to the next power of two, filled with nil. */
function capacity(list: readonly unknown[]): number {
  let room = list.length === 0 ? 0 : 1;
  while (room < list.length) room *= 2;
  return room;
}

function slice([first, ...indexes]: Value[]): Value {
  const item = unwrapped(first);
  if (!item) throw new CallError("slice of untyped nil");
  if (indexes.length > 3) throw new CallError(`too many slice indexes: ${indexes.length}`);
  const isText = typeof item.data === "string";
  if (isText && indexes.length === 3) throw new CallError("cannot 3-index slice a string");
  if (!isText && !Array.isArray(item.data)) throw new CallError(`can't slice item of type ${valueType(item)}`);
  const length = lengthOf(item.data);
  const limit = Array.isArray(item.data) ? capacity(item.data) : length;
  const at = [0, length];
  indexes.forEach((key, i) => {
    at[i] = indexArgument(key, limit);
  });
  const [start, end, max] = [at[0]!, at[1]!, at[2]];
  if (start > end) throw new CallError(`invalid slice index: ${start} > ${end}`);
  if (max !== undefined && end > max) throw new CallError(`invalid slice index: ${end} > ${max}`);
  if (!Array.isArray(item.data)) {
    const bytes = encodeText(item.data as string).slice(start, end);
    return concrete(decodeText(bytes));
  }
  const list = item.data.slice(start, end);
  while (list.length < end - start) list.push(null);
  return concrete(list);
}

function len([value]: Value[]): Value {
  if (value?.held && value.data === null) throw new CallError("len of nil pointer");
  const item = unwrapped(value);
  if (!item) throw new CallError("reflect: call of reflect.Value.Type on zero Value");
  const length = lengthOf(item.data);
  if (length < 0) throw new CallError(`len of type ${valueType(item)}`);
  return concrete(new GoNumber("int", length));
}

function incompatible(a: NonNullable<Value>, b: NonNullable<Value>): never {
  throw new CallError(`incompatible types for comparison: ${valueType(a)} and ${valueType(b)}`);
}

function equalsOne(a: Value, b: Value): boolean {
  const same = basicEqual(a?.data, b?.data);
  if (typeof same === "boolean") return same;
  if (!a || !b) return !a && !b;
  const compound = (value: NonNullable<Value>) => Array.isArray(value.data) || isMap(value.data);
  if (!compound(a) || !compound(b)) return incompatible(a, b);
  const shown = (value: NonNullable<Value>, verb: string) => formatArg(value.data, verb, noFlags());
  if (kindOf(a.data) !== kindOf(b.data)) {
    throw new CallError(`non-comparable types ${shown(a, "s")}: ${valueType(a)}, ${valueType(b)}: ${shown(b, "v")}`);
  }
  throw new CallError(`non-comparable type ${shown(b, "s")}: ${valueType(b)}`);
}

function equals([first, ...others]: Value[]): boolean {
  if (others.length === 0) throw new CallError("missing argument for comparison");
  return others.some((other) => equalsOne(unwrapped(first), unwrapped(other)));
}

function less([first, second]: Value[]): boolean {
  const [a, b] = [unwrapped(first), unwrapped(second)];
  const result = basicLess(a?.data, b?.data);
  if (typeof result === "boolean") return result;
  if (result === "mixed" && a && b) return incompatible(a, b);
  throw new CallError("invalid type for comparison");
}

/** Not a function is ever in the data, so `call` always fails. */
function call([name, fn]: Value[]): Value {
  const target = unwrapped(fn);
  if (!target) throw new CallError("call of nil");
  throw new CallError(`non-function ${String(data(name))} of type ${valueType(target)}`);
}

/** kubectl's `exists item key…`: whether the nested member is there and not nil. */
function exists([first, ...keys]: Value[]): Value {
  if (keys.length === 0) return concrete(true);
  let item: GoData = data(first);
  for (const key of keys) {
    const name = data(key);
    if (Array.isArray(item) || typeof item === "string") {
      const kind = kindOf(name);
      const at = kind === "int" || kind === "uint" ? (numberOf(name) ?? -1) : -1;
      if (at < 0 || at >= lengthOf(item)) return concrete(false);
      item = Array.isArray(item) ? (item[at] ?? null) : true;
    } else if (isMap(item)) {
      const text = name === null ? "" : name;
      if (typeof text !== "string") return concrete(false);
      item = getKey(item, text) ?? null;
    } else return concrete(false);
  }
  return concrete(item !== null);
}

/** The arguments of html, js and urlquery as one text; nil is `<no value>` there. */
function joined(args: Value[]): string {
  return sprint(...args.map((arg) => (data(arg) === null ? "<no value>" : data(arg))));
}

const ordered = (call: (args: Value[]) => boolean): TemplateFunction => ({
  parameters: ["value", "value"],
  call: (args) => concrete(call(args)),
});
const printing = (call: (args: Value[]) => string): TemplateFunction => ({
  parameters: [],
  variadic: "any",
  call: (args) => concrete(call(args)),
});
const lessOrEqual = (args: Value[]) => less(args) || equals(args);

/**
 * The functions of a template: Go's own and those that kubectl adds. `and` and `or` are evaluated by the caller, who stops at the
 * first argument that decides. Models text/template funcs.go and cli-runtime pkg/printers/template.go.
 */
export const FUNCTIONS: Record<string, TemplateFunction> = {
  and: { parameters: ["value"], variadic: "value", call: (args) => args.at(-1) },
  or: { parameters: ["value"], variadic: "value", call: (args) => args.at(-1) },
  call: { parameters: ["value"], variadic: "value", call },
  html: printing((args) => escapeHtml(joined(args))),
  js: printing((args) => escapeJs(joined(args))),
  urlquery: printing((args) => escapeQuery(joined(args))),
  index: { parameters: ["value"], variadic: "value", call: index },
  slice: { parameters: ["value"], variadic: "value", call: slice },
  len: { parameters: ["value"], call: len },
  not: { parameters: ["value"], call: ([value]) => concrete(!isTrue(value)) },
  print: printing((args) => sprint(...args.map(data))),
  println: printing((args) => sprintln(...args.map(data))),
  printf: {
    parameters: ["string"],
    variadic: "any",
    call: ([format, ...args]) => concrete(sprintf(data(format) as string, ...args.map(data))),
  },
  eq: { parameters: ["value"], variadic: "value", call: (args) => concrete(equals(args)) },
  ne: ordered((args) => !equals(args)),
  lt: ordered(less),
  le: ordered(lessOrEqual),
  gt: ordered((args) => !lessOrEqual(args)),
  ge: ordered((args) => !less(args)),
  exists: { parameters: ["any"], variadic: "any", call: exists },
  base64decode: {
    parameters: ["string"],
    call: ([text]) => {
      const decoded = decodeBase64(data(text) as string);
      if (typeof decoded === "number")
        throw new CallError(`base64 decode failed: illegal base64 data at input byte ${decoded}`);
      return concrete(decoded);
    },
  },
};
