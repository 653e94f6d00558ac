import { getKey, sortedKeys } from "../json.ts";
import type { KindSchema, SchemaNode } from "../schema/node.ts";
import { wordWrap } from "./word-wrap.ts";

/** What `kubectl explain` prints. Models kubectl pkg/explain/v2/templates/plaintext.tmpl. */

export interface Explanation {
  schema: KindSchema;
  group: string;
  version: string;
  kind: string;
  /** `["spec", "ports"]`: what follows the resource. */
  fieldPath: readonly string[];
  recursive: boolean;
  /** By type (`ServiceSpec`) or type and field (`ServiceSpec.ports`). */
  descriptions: Readonly<Record<string, string>>;
}

/** `output` goes to stdout even when there is an `error` (without `error: `) to end with. */
export function explain(request: Explanation): { output: string; error?: string } {
  const { group, kind, version, fieldPath } = request;
  const header = `${group ? `GROUP:      ${group}\n` : ""}KIND:       ${kind}\nVERSION:    ${version}\n\n`;
  const body = new Explainer(request).follow({ node: request.schema.root, type: kind }, fieldPath);
  if (body !== undefined) return { output: `${header}${body}\n` };
  return { output: header, error: `field "${fieldPath.at(-1)}" does not exist` };
}

/** A node, the name of the type that it is, if it has one, and the description that its field has. */
interface Place {
  node: SchemaNode;
  type?: string;
  description?: string;
}

class Explainer {
  private readonly request: Explanation;
  constructor(request: Explanation) {
    this.request = request;
  }

  /** Undefined: no such field. */
  follow(place: Place, path: readonly string[]): string | undefined {
    const { node, type } = this.resolve(place);
    const [name, ...rest] = path;
    if (name === undefined) return this.describe(place);
    const property = node.properties && getKey(node.properties, name);
    if (property) {
      const next = { node: property, description: this.text(type, name) };
      const below = this.follow(next, rest);
      if (below === undefined || rest.length > 0) return below;
      return `FIELD: ${name} <${this.typeOf(property)}>\n${longEnum(property)}\n\n${below}`;
    }
    const inner = node.items ?? node.additionalProperties;
    return inner && this.follow({ node: inner }, path);
  }

  private resolve({ node, type }: Place): { node: SchemaNode; type?: string } {
    const target = node.$ref === undefined ? undefined : this.request.schema.resolve(node.$ref);
    return target ? { node: target, type: shortName(node.$ref!) } : { node, ...(type && { type }) };
  }

  private text(type: string | undefined, field?: string): string | undefined {
    if (type === undefined) return undefined;
    return getKey(this.request.descriptions, field === undefined ? type : `${type}.${field}`);
  }

  private describe(place: Place): string {
    const { node, type } = this.resolve(place);
    const fields = this.fieldList(node, 1, [], type);
    const description = this.descriptionOf(place) || "<empty>";
    return `DESCRIPTION:\n${indent(wordWrap(description, 76), 4)}\n${fields && `FIELDS:\n${fields}`}`;
  }

  /** The field's own description, then those of its type, of its items and of its values. */
  private descriptionOf(place: Place): string {
    const { node, type } = this.resolve(place);
    const inner = node.items ?? node.additionalProperties;
    const texts = [place.description, this.text(type)].filter(Boolean).map((text) => `${text}\n`);
    return texts.join("") + (inner ? this.descriptionOf({ node: inner }) : "");
  }

  private fieldList(schema: SchemaNode, level: number, seen: readonly string[], rootType?: string): string {
    if (schema.$ref !== undefined && seen.includes(schema.$ref)) return "";
    const { node, type } = this.resolve({ node: schema, ...(rootType && { type: rootType }) });
    const path = schema.$ref === undefined ? seen : [...seen, schema.$ref];
    let out = "";
    for (const name of sortedKeys(node.properties ?? {})) {
      const property = getKey(node.properties!, name) as SchemaNode;
      out += this.fieldDetail(name, property, node.required?.includes(name) ?? false, level, type);
      if (this.request.recursive) out += this.fieldList(property, level + 1, path);
    }
    if (node.items) out += this.fieldList(node.items, level, path);
    if (node.additionalProperties) out += this.fieldList(node.additionalProperties, level, path);
    return out;
  }

  private fieldDetail(name: string, field: SchemaNode, required: boolean, level: number, type?: string): string {
    const amount = level * 2;
    const line = `${indent(name, amount)}\t<${this.typeOf(field)}>${required ? " -required-" : ""}${shortEnum(field, amount)}\n`;
    if (this.request.recursive) return line;
    const description = [this.text(type, name)].filter(Boolean).join("") || "<no description>";
    return `${line}${indent(wordWrap(description, 78 - amount), amount + 2)}\n\n`;
  }

  private typeOf(node: SchemaNode): string {
    if (node.items) return `[]${this.typeOf(node.items)}`;
    if (node.additionalProperties) return `map[string]${this.typeOf(node.additionalProperties)}`;
    if (node.$ref === undefined) return node.type === "object" ? "Object" : (node.type ?? "Object");
    const target = this.request.schema.resolve(node.$ref);
    return !target?.type || target.type === "object" ? shortName(node.$ref) : target.type;
  }
}

function shortName(ref: string): string {
  return ref.split(".").at(-1)!;
}

function indent(text: string, amount: number): string {
  const pad = " ".repeat(amount);
  return pad + text.replaceAll("\n", `\n${pad}`);
}

function enumTexts(node: SchemaNode): string[] {
  return (node.enum ?? []).map((value) => (value === "" ? '""' : String(value)));
}

function longEnum(node: SchemaNode): string {
  const values = enumTexts(node);
  return values.length ? `ENUM:${values.map((value) => `\n    ${value}`).join("")}` : "";
}

function shortEnum(node: SchemaNode, amount: number): string {
  const values = enumTexts(node);
  if (values.length === 0) return "";
  return `\n${" ".repeat(amount)}enum: ${values.slice(0, 4).join(", ")}${values.length > 4 ? ", ...." : ""}`;
}
