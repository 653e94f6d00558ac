import type { JsonObject } from "../json.ts";
import { setKey } from "../json.ts";
import { type KindSchema, type SchemaNode, targetOf } from "../schema/node.ts";

/**
 * What a new object of a kind looks like before anything is set: the members that Go's types always write (`spec: {}`, `containers: null`). Ownership of
 * fields on creation is told against it. The document gives such members away: a structure that is no pointer has the default `{}`, and what is always
 * written is `required`.
 */
export function emptyObject(schema: KindSchema): JsonObject {
  return emptyOf(schema, schema.root);
}

function emptyOf(schema: KindSchema, node: SchemaNode): JsonObject {
  const target = targetOf(schema, node);
  const out: JsonObject = {};
  for (const [name, property] of Object.entries(target?.properties ?? {})) {
    const { default: value } = property;
    if (typeof value === "object" && value !== null && property.$ref) setKey(out, name, emptyOf(schema, property));
    else if (target?.required?.includes(name))
      setKey(
        out,
        name,
        typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null,
      );
  }
  return out;
}
