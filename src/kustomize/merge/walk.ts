import { compareStrings } from "../../api/json.ts";
import { KustomizeError } from "../problem.ts";
import type { Schema, SchemaSource } from "../schema/schema.ts";
import { requireKind, setField } from "../yaml/fields.ts";
import { fieldNames, fieldOf, isMissingOrNull, makeNode, type Node, type NodeKind } from "../yaml/node.ts";
import { type Directive, takeDirective } from "./directive.ts";
import { mergeList } from "./lists.ts";

/** What is merged, and into what; either may be missing. */
export interface Pair {
  into: Node | undefined;
  patch: Node | undefined;
}

/**
 * Merges a strategic merge patch into a node, which is changed, and so is the patch. Undefined: nothing is left of it. Throws KustomizeError. Models kyaml
 * yaml/merge2 and yaml/walk as kustomize calls them, where what a list gains stands before what it had.
 */
export function mergePatch(into: Node, patch: Node, schemas: SchemaSource): Node | undefined {
  return new Merger(schemas).walk({ into, patch }, undefined);
}

export class Merger {
  private readonly schemas: SchemaSource;

  constructor(schemas: SchemaSource) {
    this.schemas = schemas;
  }

  walk(pair: Pair, known: Schema | undefined): Node | undefined {
    const schema = known ?? this.schemaOf(pair);
    const kind = kindOf(pair);
    if (kind !== "none") for (const node of [pair.into, pair.patch]) requireKind(node, kind);
    if (kind === "scalar") return pair.patch ?? pair.into;
    if (kind !== "list") return this.walkMap(pair, schema);
    keepStyle(pair);
    if (schema?.mergeKeys === undefined) return pair.patch ?? pair.into;
    const into = chooseList(pair);
    return into && mergeList(this, { into, patch: pair.patch }, schema.mergeKeys, schema.elements);
  }

  /** Of what says itself what it is. Models Walker.GetSchema. */
  private schemaOf({ into, patch }: Pair): Schema | undefined {
    for (const node of [into, patch]) {
      const kind = fieldOf(node, "kind")?.value;
      const apiVersion = fieldOf(node, "apiVersion")?.value;
      const schema = kind && apiVersion ? this.schemas(apiVersion, kind) : undefined;
      if (schema !== undefined) return schema;
    }
    return undefined;
  }

  private walkMap(pair: Pair, schema: Schema | undefined): Node | undefined {
    keepStyle(pair);
    const into = chooseMap(pair);
    if (into === undefined) return undefined;
    const names = new Set([...fieldNames(into), ...fieldNames(pair.patch)]);
    for (const name of [...names].sort(compareStrings)) {
      const fields = { into: fieldOf(into, name), patch: fieldOf(pair.patch, name) };
      setField(into, name, this.walk(fields, schema?.field(name)));
    }
    return into;
  }
}

function kindOf({ into, patch }: Pair): NodeKind {
  const first = [into, patch].find((node) => !isMissingOrNull(node));
  return first?.kind ?? "none";
}

/** An empty map or list takes the style of what it gets. */
function keepStyle({ into, patch }: Pair): void {
  if (into && patch && into.kind !== "scalar" && into.content.length === 0) into.style = patch.style;
}

/** Models Merger.VisitMap. */
function chooseMap({ into, patch }: Pair): Node | undefined {
  if (isMissingOrNull(into)) {
    if (tryDirective(patch) === "delete") return undefined;
    // A null that was written out stays, if the patch has nothing to say.
    const written = (into as Node | undefined)?.value;
    if (patch === undefined && written) return { ...makeNode("scalar", "!!null", written), keep: true };
    return patch;
  }
  if (patch?.tag === "!!null") return undefined;
  const directive = takeDirective(patch);
  if (directive === "delete") return undefined;
  return directive === "replace" ? patch : into;
}

function tryDirective(patch: Node | undefined): Directive | undefined {
  try {
    return takeDirective(patch);
  } catch (error) {
    if (error instanceof KustomizeError) return undefined;
    throw error;
  }
}

/** Models Merger.VisitList for a list whose items are told apart. */
function chooseList({ into, patch }: Pair): Node | undefined {
  if (isMissingOrNull(into)) return patch;
  if (patch?.tag === "!!null") return undefined;
  const directive = takeDirective(patch);
  if (directive === "delete") return undefined;
  return directive === "replace" ? patch : into;
}
