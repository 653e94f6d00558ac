/**
 * A node of the OpenAPI v3 definitions of the API: what it says of one field or type. The members have the names of the document, so that its JSON is a
 * `SchemaNode` as it stands. A node with `$ref` may carry extensions of its own: they are the field's and go before the type's.
 */
export interface SchemaNode {
  type?: "object" | "array" | "string" | "integer" | "number" | "boolean";
  format?: string;
  /** Name of a definition, as `io.k8s.api.core.v1.ServiceSpec`. */
  $ref?: string;
  properties?: Record<string, SchemaNode>;
  items?: SchemaNode;
  additionalProperties?: SchemaNode;
  required?: string[];
  enum?: unknown[];
  default?: unknown;
  oneOf?: { type: string }[];
  "x-kubernetes-patch-merge-key"?: string;
  /** `merge`, `replace`, `retainKeys`, or two of them joined by a comma. */
  "x-kubernetes-patch-strategy"?: string;
  "x-kubernetes-list-type"?: "atomic" | "set" | "map";
  "x-kubernetes-list-map-keys"?: string[];
  "x-kubernetes-map-type"?: "atomic" | "granular";
  "x-kubernetes-preserve-unknown-fields"?: boolean;
  "x-kubernetes-group-version-kind"?: { group: string; version: string; kind: string }[];
  "x-kubernetes-unions"?: unknown[];
}

/** The schema of one kind: its node, and the definitions that it refers to. */
export interface KindSchema {
  /** Of the kind's definition: `io.k8s.api.core.v1.Service`. */
  name: string;
  root: SchemaNode;
  /** `undefined` for a name that is not defined. */
  resolve(ref: string): SchemaNode | undefined;
}

/** The node itself, or the definition that it refers to with the node's own members laid over it. */
export function targetOf(schema: KindSchema, node: SchemaNode | undefined): SchemaNode | undefined {
  if (node?.$ref === undefined) return node;
  const definition = targetOf(schema, schema.resolve(node.$ref));
  if (definition === undefined) return undefined;
  const { $ref: _, ...own } = node;
  return { ...definition, ...own };
}

/** The schema of the items of an array. */
export function itemOf(schema: KindSchema, node: SchemaNode | undefined): SchemaNode | undefined {
  return targetOf(schema, targetOf(schema, node)?.items);
}
