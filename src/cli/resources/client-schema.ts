import { goQuote } from "../../api/encoding/go-quote.ts";
import { isObject, type JsonObject } from "../../api/json.ts";
import { kindByGvk } from "../../api/registry.ts";
import { loadSchema } from "../../api/schema/load.ts";
import type { KindSchema, SchemaNode } from "../../api/schema/node.ts";

/**
 * What of an object, or of a list of one type, is not as the API's OpenAPI document (version 2) says: types, unknown fields, required fields; in the order of
 * its sorted keys. A kind that the document does not know passes. Models kube-openapi pkg/util/proto/validation.
 */
export async function schemaProblems(object: JsonObject): Promise<string[]> {
  const apiVersion = String(object.apiVersion);
  const kind = String(object.kind);
  if (!kindByGvk(apiVersion, kind) && !kindByGvk(apiVersion, kind.replace(/List$/, ""))) return [];
  const slash = apiVersion.indexOf("/");
  const group = slash < 0 ? "" : apiVersion.slice(0, slash);
  const schema = await loadSchema({ group, version: apiVersion.slice(slash + 1), kind });
  const check = new Check(schema);
  check.value(object, schema.root, kind, schema.name);
  return check.problems;
}

class Check {
  readonly problems: string[] = [];
  private readonly schema: KindSchema;

  constructor(schema: KindSchema) {
    this.schema = schema;
  }

  /** `path` leads through the object (`Service.spec.ports[0]`), `type` through the document (`io.k8s.api.core.v1.ServicePort.port`). */
  value(value: unknown, node: SchemaNode, path: string, type: string): void {
    if (node.$ref !== undefined) {
      const target = this.schema.resolve(node.$ref);
      if (target) this.value(value, target, path, node.$ref);
      return;
    }
    const expected = expectedType(node);
    if (expected === undefined) return;
    const actual = typeOf(value);
    if (expected === "kind" || expected === "map") {
      if (actual !== "map") this.typeProblem(path, type, "map", actual);
      else if (expected === "map") this.members(value as JsonObject, node, path, type);
      else this.fields(value as JsonObject, node, path, type);
    } else if (expected === "array") {
      if (actual !== "array") this.typeProblem(path, type, "array", actual);
      else this.items(value as unknown[], node, path, type);
    } else if (!fits(expected, actual)) this.typeProblem(path, type, expected, actual);
  }

  private members(value: JsonObject, node: SchemaNode, path: string, type: string): void {
    for (const key of Object.keys(value).sort()) {
      if (value[key] === null) this.problems.push(`unknown object type "nil" in ${path}.${key}`);
      else this.value(value[key], node.additionalProperties!, `${path}.${key}`, type);
    }
  }

  private fields(value: JsonObject, node: SchemaNode, path: string, type: string): void {
    const properties = node.properties ?? {};
    for (const key of Object.keys(value).sort()) {
      if (value[key] === null) continue;
      if (!Object.hasOwn(properties, key)) this.problem(path, `unknown field ${goQuote(key)} in ${type}`);
      else this.value(value[key], properties[key]!, `${path}.${key}`, `${type}.${key}`);
    }
    for (const key of node.required ?? []) {
      if (!Object.hasOwn(value, key) || value[key] === null) {
        this.problem(path, `missing required field ${goQuote(key)} in ${type}`);
      }
    }
  }

  private items(value: readonly unknown[], node: SchemaNode, path: string, type: string): void {
    for (const [i, item] of value.entries()) {
      if (item === null) this.problem(path, `unknown object type "nil" in ${path}[${i}]`);
      else if (node.items) this.value(item, node.items, `${path}[${i}]`, type);
    }
  }

  private typeProblem(path: string, type: string, expected: string, actual: string): void {
    this.problem(path, `invalid type for ${type}: got ${goQuote(actual)}, expected ${goQuote(expected)}`);
  }

  private problem(path: string, text: string): void {
    this.problems.push(`ValidationError(${path}): ${text}`);
  }
}

/** How kube-openapi's proto models see a node; undefined: anything goes. */
function expectedType(node: SchemaNode): string | undefined {
  if (node.type === "array") return "array";
  if (node.properties) return "kind";
  if (node.additionalProperties) return "map";
  if (node.type === "object" || (node.type === undefined && !node.oneOf)) return undefined;
  return node.type ?? "string";
}

function typeOf(value: unknown): string {
  if (isObject(value)) return "map";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

/** A number may stand for a text, but not the other way round. */
function fits(expected: string, actual: string): boolean {
  if (actual === "map" || actual === "array") return false;
  if (expected === "string") return true;
  if (expected === "boolean") return actual === "boolean";
  return actual === "integer" || actual === "number";
}
