import { readYaml } from "../../api/encoding/yaml-read.ts";
import { getKey, isObject, type Json, type JsonObject } from "../../api/json.ts";
import type { Schema, SchemaSource } from "./schema.ts";

/** The schemas of an OpenAPI document of the user, JSON or YAML. Models kyaml openapi with a custom schema. */
export function swaggerSchemas(text: string): SchemaSource {
  const document = readYaml(text).json;
  const definitions = objectAt(document, "definitions") ?? {};
  return (apiVersion, kind) => {
    for (const definition of Object.values(definitions))
      if (isObject(definition) && describes(definition, apiVersion, kind))
        return new SwaggerSchema(definition, definitions);
    return undefined;
  };
}

function describes(definition: JsonObject, apiVersion: string, kind: string): boolean {
  const kinds = getKey(definition, "x-kubernetes-group-version-kind");
  if (!Array.isArray(kinds)) return false;
  return kinds.some((entry) => {
    if (!isObject(entry) || entry.kind !== kind) return false;
    return (entry.group ? `${entry.group}/${entry.version}` : entry.version) === apiVersion;
  });
}

function objectAt(value: Json | undefined, key: string): JsonObject | undefined {
  const member = isObject(value) ? getKey(value, key) : undefined;
  return isObject(member) ? member : undefined;
}

class SwaggerSchema implements Schema {
  private readonly schema: JsonObject;
  private readonly definitions: JsonObject;

  constructor(schema: JsonObject, definitions: JsonObject) {
    this.schema = schema;
    this.definitions = definitions;
  }

  field(name: string): Schema | undefined {
    const found = objectAt(objectAt(this.schema, "properties"), name) ?? objectAt(this.schema, "additionalProperties");
    return this.resolved(found);
  }

  get elements(): Schema | undefined {
    return this.schema.type === "array" ? this.resolved(objectAt(this.schema, "items")) : undefined;
  }

  get mergeKeys(): string[] | undefined {
    const strategy = this.schema["x-kubernetes-patch-strategy"];
    if (typeof strategy !== "string" || !strategy.split(",").includes("merge")) return undefined;
    const list = this.schema["x-kubernetes-list-map-keys"];
    if (Array.isArray(list)) return list.filter((key) => typeof key === "string");
    const key = this.schema["x-kubernetes-patch-merge-key"];
    return typeof key === "string" ? [key] : [];
  }

  private resolved(schema: JsonObject | undefined): Schema | undefined {
    let found = schema;
    // A reference to itself would never end.
    for (let steps = 0; typeof found?.$ref === "string" && steps < 100; steps++) {
      const name = found.$ref
        .replace(/^#\/definitions\//, "")
        .replaceAll("~1", "/")
        .replaceAll("~0", "~");
      found = objectAt(this.definitions, name);
    }
    return found && new SwaggerSchema(found, this.definitions);
  }
}
