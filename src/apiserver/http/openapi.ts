import { isObject, type Json, type JsonObject } from "../../api/json.ts";
import { apiVersionOf, kinds } from "../../api/registry.ts";
import { loadSchema } from "../../api/schema/load.ts";
import type { KindSchema, SchemaNode } from "../../api/schema/node.ts";

/**
 * `/openapi/v3` and the documents below it, as far as kubectl reads them: the schemas, and which PATCH takes `fieldValidation`.
 * undefined: no such document. Models kube-openapi pkg/handler3.
 */
export async function openApiDocument(path: string): Promise<Json | undefined> {
  if (path === "/openapi/v3") return index();
  const place = path.slice("/openapi/v3/".length);
  const groupVersion = place === "api/v1" ? "v1" : place.startsWith("apis/") ? place.slice("apis/".length) : "";
  const served = kinds.filter((info) => info.versions.some((version) => apiVersionOf(info, version) === groupVersion));
  if (served.length === 0) return undefined;
  const version = groupVersion.slice(groupVersion.indexOf("/") + 1);
  const { descriptions } = await import("../../api/explain/descriptions.ts");
  const paths: JsonObject = {};
  const schemas: JsonObject = {};
  for (const info of served) {
    const scope = info.namespaced ? "/namespaces/{namespace}" : "";
    const gvk = { group: info.group, version, kind: info.kind };
    const stored = info.verbs.includes("patch");
    const read = { "x-kubernetes-action": "get", "x-kubernetes-group-version-kind": gvk, responses: {} };
    const patch = {
      "x-kubernetes-action": "patch",
      "x-kubernetes-group-version-kind": gvk,
      parameters: ["dryRun", "fieldManager", "fieldValidation", "force"].map((name) => ({ name, in: "query" })),
      responses: {},
    };
    paths[`/${place}${scope}/${info.resource}${stored ? "/{name}" : ""}`] = { get: read, ...(stored && { patch }) };
    const schema = await loadSchema(gvk);
    const name = `io.k8s.api.${info.group.split(".")[0] || "core"}.${version}.${info.kind}`;
    addDefinition(schemas, name, schema.root, schema, descriptions);
  }
  return { openapi: "3.0.0", info: { title: "Kubernetes", version: "1.36" }, paths, components: { schemas } };
}

function index(): Json {
  const paths: JsonObject = {};
  for (const info of kinds)
    for (const version of info.versions) {
      const place = info.group ? `apis/${info.group}/${version}` : `api/${version}`;
      paths[place] = { serverRelativeURL: `/openapi/v3/${place}?hash=${version}` };
    }
  return { paths };
}

/** The definition and those that it refers to, with kubemu's own descriptions. */
function addDefinition(
  schemas: JsonObject,
  name: string,
  node: SchemaNode,
  schema: KindSchema,
  descriptions: Readonly<Record<string, string>>,
): void {
  if (Object.hasOwn(schemas, name)) return;
  const type = name.slice(name.lastIndexOf(".") + 1);
  const definition = { ...node } as JsonObject;
  schemas[name] = definition;
  if (Object.hasOwn(descriptions, type)) definition.description = descriptions[type]!;
  if (!node.properties) return;
  const properties: JsonObject = {};
  for (const [field, property] of Object.entries(node.properties)) {
    const described = Object.hasOwn(descriptions, `${type}.${field}`) ? descriptions[`${type}.${field}`] : undefined;
    properties[field] = inDocument(property, (ref) => {
      const target = schema.resolve(ref);
      if (target) addDefinition(schemas, ref, target, schema, descriptions);
    });
    if (described !== undefined) (properties[field] as JsonObject).description = described;
  }
  definition.properties = properties;
}

/** A node as the document has it: a reference with members of its own stands in `allOf`. */
function inDocument(node: SchemaNode, refer: (name: string) => void): JsonObject {
  const { $ref, items, additionalProperties, ...own } = node;
  const result = { ...own } as JsonObject;
  if (items) result.items = inDocument(items, refer);
  if (isObject(additionalProperties)) result.additionalProperties = inDocument(additionalProperties, refer);
  if ($ref === undefined) return result;
  refer($ref);
  const reference = { $ref: `#/components/schemas/${$ref}` };
  return Object.keys(own).length === 0 ? reference : { ...result, allOf: [reference] };
}
