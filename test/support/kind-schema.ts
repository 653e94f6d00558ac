import { readFileSync } from "node:fs";
import type { KindSchema, SchemaNode } from "../../src/api/schema/node.ts";

const definitions = JSON.parse(readFileSync(new URL("definitions.json", import.meta.url), "utf8")) as Record<
  string,
  SchemaNode
>;

/** The schema of a kind out of test/support/definitions.json, an extract of the API server's OpenAPI document. */
export function kindSchema(kind: string): KindSchema {
  const found = Object.entries(definitions).find(([, node]) =>
    node["x-kubernetes-group-version-kind"]?.some((gvk) => gvk.kind === kind),
  );
  if (found === undefined) throw new Error(`no schema of ${kind}`);
  const [name, root] = found;
  return { name, root, resolve: (ref) => definitions[ref] };
}
