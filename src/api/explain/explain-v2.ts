import { getKey, sortedKeys } from "../json.ts";
import type { SchemaNode } from "../schema/node.ts";
import type { Explanation } from "./explain.ts";

/** What `kubectl explain --output plaintext-openapiv2` prints. Models kubectl pkg/explain (model_printer.go, fields_printer.go, …). */
export function explainV2(request: Explanation): { output: string; error?: string } {
  const { schema, kind, fieldPath } = request;
  const found = new Lookup(request).follow({ node: schema.root, type: kind }, fieldPath);
  if ("missing" in found) return { output: "", error: `field "${found.missing}" does not exist` };
  return { output: new ModelPrinter(request).print(found, fieldPath.at(-1) ?? "") };
}

const WIDTH = 80;

/** A node, the name of the type that it is, and the description of its field. */
interface Place {
  node: SchemaNode;
  type?: string | undefined;
  description?: string;
}

class Lookup {
  protected readonly request: Explanation;
  constructor(request: Explanation) {
    this.request = request;
  }

  follow(place: Place, path: readonly string[]): Place | { missing: string } {
    if (path.length === 0) return place;
    const { node, type } = this.resolve(place);
    if (node.properties) {
      const property = getKey(node.properties, path[0]!);
      if (!property) return { missing: path[0]! };
      return this.follow({ node: property, description: this.text(type, path[0]) }, path.slice(1));
    }
    const inner = node.items ?? node.additionalProperties;
    // A path that goes on behind a plain value ends there.
    return inner ? this.follow({ node: inner }, path) : place;
  }

  protected resolve({ node, type }: Place): { node: SchemaNode; type: string | undefined } {
    if (node.$ref === undefined) return { node, type };
    const target = this.request.schema.resolve(node.$ref);
    return target ? { node: target, type: node.$ref.split(".").at(-1)! } : { node, type };
  }

  protected text(type: string | undefined, field?: string): string {
    if (type === undefined) return "";
    const key = field === undefined ? type : `${type}.${field}`;
    return getKey(this.request.descriptions, key) ?? "";
  }

  protected typeOf(node: SchemaNode): string {
    const target = this.resolve({ node }).node;
    if (target.items) return `[]${this.typeOf(target.items)}`;
    if (target.properties) return "Object";
    if (target.additionalProperties) return `map[string]${this.typeOf(target.additionalProperties)}`;
    if (target.type === "object") return "map[string]";
    // The older document has numbers or texts as texts.
    return target.type ?? (target.oneOf ? "string" : "");
  }
}

class ModelPrinter extends Lookup {
  print(place: Place, name: string): string {
    const { kind, group, version, recursive } = this.request;
    const head = `KIND:     ${kind}\nVERSION:  ${group ? `${group}/` : ""}${version}\n\n`;
    const texts: string[] = [];
    const { node, type } = this.inside(place, texts);
    const description = this.describe([...texts, this.text(type)]);
    const named = `${name} <${this.typeOf(place.node)}>\n\n`;
    if (node.properties) {
      const fields = recursive ? this.tree(node, 3, []) : this.fields(node, type);
      return `${head}${name && `RESOURCE: ${named}`}${description}\nFIELDS:\n${fields}`;
    }
    return node.type === "object" ? head + description : `${head}FIELD:    ${named}${description}`;
  }

  /** Down to a type with fields, or a plain value; the descriptions on the way go to `texts`. */
  private inside(place: Place, texts: string[]): { node: SchemaNode; type: string | undefined } {
    const { node, type } = this.resolve(place);
    const inner = node.properties ? undefined : (node.items ?? node.additionalProperties);
    if (inner) {
      texts.push(place.description ?? "");
      return this.inside({ node: inner }, texts);
    }
    if (place.node.$ref !== undefined || !node.properties) texts.push(place.description ?? "");
    return { node, type };
  }

  private describe(texts: readonly string[]): string {
    let out = "DESCRIPTION:\n";
    for (const [i, text] of texts.entries()) {
      if (text !== "") out += `${i > 0 ? "\n" : ""}${wrapped(text, 5)}`;
    }
    return texts.every((text) => text === "") ? `${out}${wrapped("<empty>", 5)}` : out;
  }

  private fields(node: SchemaNode, type: string | undefined): string {
    return sortedKeys(node.properties ?? {})
      .map((name) => {
        const field = getKey(node.properties!, name) as SchemaNode;
        const required = node.required?.includes(name) ? " -required-" : "";
        return `   ${name}\t<${this.typeOf(field)}>${required}\n${wrapped(this.text(type, name), 5)}\n`;
      })
      .join("");
  }

  private tree(node: SchemaNode, indent: number, seen: readonly string[]): string {
    if (node.$ref !== undefined && seen.includes(node.$ref)) return "";
    const path = node.$ref === undefined ? seen : [...seen, node.$ref];
    const target = this.resolve({ node }).node;
    const inner = target.properties ? undefined : (target.items ?? target.additionalProperties);
    if (inner) return this.tree(inner, indent, path);
    return sortedKeys(target.properties ?? {})
      .map((name) => {
        const field = getKey(target.properties!, name) as SchemaNode;
        return `${" ".repeat(indent)}${name}\t<${this.typeOf(field)}>\n${this.tree(field, indent + 3, path)}`;
      })
      .join("");
  }
}

/** Words are filled into lines; blank lines, indented lines and items of lists stay lines of their own. Models wrapString. */
function wrapped(text: string, indent: number): string {
  const lines: string[] = [];
  let words = "";
  const flush = () => {
    if (words !== "") lines.push(words);
    words = "";
  };
  for (const line of text.split("\n")) {
    const blank = line.trim() === "";
    if (line.startsWith("    ") || (lines.length > 0 && blank)) {
      flush();
      lines.push(line.startsWith("    ") ? line : "");
      continue;
    }
    if (words.endsWith(":") || blank || /^(\d+\.?|-|\*)\s/.test(line.trim())) flush();
    for (const word of line.split(/\s+/).filter(Boolean)) {
      if (words !== "" && words.length + 1 + word.length > WIDTH - indent) flush();
      words += words === "" ? word : ` ${word}`;
    }
  }
  flush();
  return lines.map((line) => (line === "" ? "\n" : `${" ".repeat(indent)}${line}\n`)).join("");
}
