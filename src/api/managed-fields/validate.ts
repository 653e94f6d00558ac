import { goQuote } from "../encoding/go-quote.ts";
import { formatGoValue } from "../encoding/go-value.ts";
import { getKey, isObject, type Json, sortedKeys } from "../json.ts";
import { elementOf, ItemError } from "./list-items.ts";
import { fitting, type MergeType } from "./merge-type.ts";
import { formatElement, type PathElement, serialize } from "./path-element.ts";

/**
 * What is wrong with a configuration that is to be applied, as the real one prints it: `.spec.foo: field not declared in schema`, several below
 * `errors:`; "" when it is right. Models structured-merge-diff typed/validate.go.
 */
export function typeErrors(value: Json, type: MergeType): string {
  const errors = walk(value, type, "");
  if (errors.length <= 1) return errors.join("");
  return ["errors:", ...errors.map((error) => `  ${error}`)].join("\n");
}

function walk(value: Json, type: MergeType, path: string): string[] {
  const report = (message: string) => [path === "" ? message : `${path}: ${message}`];
  const { map, scalar, list } = fitting(type, value);
  if (map) {
    if (value === null) return [];
    if (!isObject(value)) return report(`expected map, got &{${formatGoValue(value)}}`);
    const errors: string[] = [];
    for (const name of sortedKeys(value)) {
      const member = getKey(value, name) as Json | undefined;
      if (member === undefined) continue;
      const memberType = map.member(name);
      // The real one stops at the first unknown member.
      if (memberType === undefined) return [...errors, `${path}.${name}: field not declared in schema`];
      errors.push(...walk(member, memberType, `${path}.${name}`));
    }
    return errors;
  }
  if (scalar !== undefined) return value === null ? [] : scalarError(value, scalar).flatMap(report);
  if (!list || value === null) return [];
  if (!Array.isArray(value)) return report(`expected list, got &{${formatGoValue(value)}}`);
  const errors: string[] = [];
  const seen = new Set<string>();
  for (const [i, item] of value.entries()) {
    let element: PathElement = { type: "index", index: i };
    if (!list.atomic) {
      try {
        element = elementOf(list, item);
      } catch (error) {
        if (error instanceof ItemError) return [...errors, ...report(`element ${i}: ${error.message}`)];
        throw error;
      }
      if (seen.has(serialize(element))) errors.push(...report(`duplicate entries for key ${formatElement(element)}`));
      seen.add(serialize(element));
    }
    errors.push(...walk(item, list.item(), path + formatElement(element)));
  }
  return errors;
}

function scalarError(value: Json, scalar: NonNullable<MergeType["scalar"]>): string[] {
  const is = Array.isArray(value) ? "array" : typeof value;
  switch (scalar) {
    case "numeric":
      return is === "number" ? [] : [`expected numeric (int or float), got ${goTypeName(value)}`];
    case "string":
      return is === "string" ? [] : [`expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`];
    case "boolean":
      return is === "boolean" ? [] : [`expected boolean, got &{${formatGoValue(value)}}`];
    case "untyped":
      return isObject(value) || Array.isArray(value) ? [`expected any scalar, got &{${formatGoValue(value)}}`] : [];
  }
}

function goTypeName(value: Json): string {
  if (Array.isArray(value)) return "[]interface {}";
  if (isObject(value)) return "map[string]interface {}";
  return typeof value === "boolean" ? "bool" : typeof value === "number" ? "float64" : "string";
}

/** Go's `%#v` of decoded JSON. */
function goSyntax(value: Json): string {
  if (value === null) return "interface {}(nil)";
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(", ")}}`;
  if (isObject(value))
    return `map[string]interface {}{${sortedKeys(value)
      .map((key) => `${goQuote(key)}:${goSyntax(getKey(value, key) as Json)}`)
      .join(", ")}}`;
  return typeof value === "string" ? goQuote(value) : String(value);
}
