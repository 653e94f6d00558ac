import { getKey, isObject, type Json } from "../json.ts";
import { type KindSchema, type SchemaNode, targetOf } from "../schema/node.ts";

/**
 * What a value may be and how it is merged. A type that allows several (`int-or-string`, free-form data) has several members. Models
 * structured-merge-diff schema.Atom, made from OpenAPI as k8s.io/kube-openapi pkg/schemaconv does.
 */
export interface MergeType {
  scalar?: "numeric" | "string" | "boolean" | "untyped";
  list?: ListType;
  map?: MapType;
}

export interface ListType {
  /** One leaf as a whole; else a set (no keys) or a list of objects by keys. */
  atomic: boolean;
  keys: readonly string[];
  item(): MergeType;
}

export interface MapType {
  atomic: boolean;
  isNamed(key: string): boolean;
  /** The type of a member; `undefined` when the schema does not allow it. */
  member(key: string): MergeType | undefined;
  /** What an absent member counts as where it is a key of a list. */
  defaultOf(key: string): Json | undefined;
}

const untypedAtomic: MergeType = {
  scalar: "untyped",
  list: { atomic: true, keys: [], item: () => untypedAtomic },
  map: { atomic: true, isNamed: () => false, member: () => untypedAtomic, defaultOf: () => undefined },
};

const deduced: MergeType = {
  scalar: "untyped",
  list: { atomic: true, keys: [], item: () => untypedAtomic },
  map: { atomic: false, isNamed: () => false, member: () => deduced, defaultOf: () => undefined },
};

/** The type of a node of a kind's schema; free-form for `undefined`. */
export function mergeTypeOf(schema: KindSchema, node: SchemaNode | undefined): MergeType {
  if (node === undefined) return deduced;
  const known = types.get(node);
  if (known?.schema.resolve === schema.resolve) return known.type;
  const type = makeType(schema, node);
  types.set(node, { schema, type });
  return type;
}

/** By node: objects of one kind ask for the same ones again and again. */
const types = new WeakMap<SchemaNode, { schema: KindSchema; type: MergeType }>();

function makeType(schema: KindSchema, node: SchemaNode): MergeType {
  if (node.$ref?.endsWith(".api.resource.Quantity")) return { scalar: "untyped" };
  if (node.$ref?.endsWith(".runtime.RawExtension")) return untypedAtomic;
  const target = targetOf(schema, node);
  if (target === undefined) return deduced;
  switch (target.type) {
    case undefined:
      return { scalar: "untyped", list: listType(schema, target), map: mapType(schema, target) };
    case "object":
      return { map: mapType(schema, target) };
    case "array":
      return { list: listType(schema, target) };
    case "integer":
    case "number":
      return { scalar: "numeric" };
    case "boolean":
      return { scalar: "boolean" };
    case "string":
      return { scalar: target.format === undefined || target.format === "byte" ? "string" : "untyped" };
  }
}

function mapType(schema: KindSchema, node: SchemaNode): MapType {
  const properties = node.properties ?? {};
  return {
    atomic: node["x-kubernetes-map-type"] === "atomic",
    isNamed: (key) => Object.hasOwn(properties, key),
    defaultOf: (key) => (getKey(properties, key) as SchemaNode | undefined)?.default as Json | undefined,
    member(key) {
      const property = getKey(properties, key) as SchemaNode | undefined;
      if (property !== undefined) return mergeTypeOf(schema, property);
      if (node.additionalProperties !== undefined) return mergeTypeOf(schema, node.additionalProperties);
      return Object.keys(properties).length === 0 || node["x-kubernetes-preserve-unknown-fields"] ? deduced : undefined;
    },
  };
}

function listType(schema: KindSchema, node: SchemaNode): ListType {
  const item = () => (node.items === undefined ? untypedAtomic : mergeTypeOf(schema, node.items));
  const type = node["x-kubernetes-list-type"];
  if (type !== undefined)
    return {
      atomic: type === "atomic",
      keys: type === "map" ? withDefaults(node["x-kubernetes-list-map-keys"]) : [],
      item,
    };
  const merged = (node["x-kubernetes-patch-strategy"] ?? "").split(",").includes("merge");
  const key = node["x-kubernetes-patch-merge-key"];
  return { atomic: !merged, keys: merged && key !== undefined ? [key] : [], item };
}

function withDefaults(keys: readonly string[] | undefined): readonly string[] {
  return keys ?? [];
}

/** The part of a type that fits a value; the whole type for null and for what does not fit. */
export function fitting(type: MergeType, value: Json | undefined): MergeType {
  if (value === undefined || value === null) return type;
  if (Array.isArray(value)) return type.list ? { list: type.list } : type;
  if (isObject(value)) return type.map ? { map: type.map } : type;
  return type.scalar ? { scalar: type.scalar } : type;
}
