import { goQuote } from "../encoding/go-quote.ts";
import { getKey } from "../json.ts";
import { itemOf, type KindSchema, type SchemaNode, targetOf } from "../schema/node.ts";
import { PatchError } from "./patch-error.ts";

/** How a field is merged, and the schema below it (of its items, for a list). Models LookupPatchMeta of k8s.io/apimachinery pkg/util/strategicpatch. */
export interface PatchMeta {
  strategy: "" | "merge" | "replace";
  retainKeys: boolean;
  /** "" for a list of scalars. */
  mergeKey: string;
  below: PatchSchema;
}

/** A place in a kind's schema. */
export class PatchSchema {
  readonly schema: KindSchema;
  readonly node: SchemaNode | undefined;
  /** The last part of the definition's name, `ServiceSpec`: what the errors call the Go type. */
  readonly typeName: string;

  constructor(schema: KindSchema, node: SchemaNode | undefined = schema.root, typeName = "") {
    this.schema = schema;
    this.node = targetOf(schema, node);
    this.typeName = node?.$ref?.split(".").at(-1) ?? typeName;
  }

  /** The meta of a member that is an object (`asList` off) or a list. Throws PatchError when the schema has no such member. */
  member(key: string, asList: boolean): PatchMeta {
    const properties = this.node?.properties;
    if (properties === undefined)
      throw new PatchError("other", "merging an object in json but data type is not struct, instead is: map");
    const field = getKey(properties, key);
    if (field === undefined)
      throw new PatchError(
        "other",
        `unable to find api field in struct ${this.typeName} for the json field ${goQuote(key)}`,
      );
    const strategies = (field["x-kubernetes-patch-strategy"] ?? "").split(",");
    const item = asList ? (targetOf(this.schema, field)?.items ?? {}) : field;
    return {
      strategy: strategies.includes("merge") ? "merge" : strategies.includes("replace") ? "replace" : "",
      retainKeys: strategies.includes("retainKeys"),
      mergeKey: field["x-kubernetes-patch-merge-key"] ?? "",
      below:
        asList && itemOf(this.schema, field) === undefined
          ? new PatchSchema(this.schema, {})
          : new PatchSchema(this.schema, item),
    };
  }
}
