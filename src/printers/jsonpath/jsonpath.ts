import { emitJson } from "../../api/encoding/json-emit.ts";
import type { Json } from "../../api/json.ts";
import { sprint } from "../go/format.ts";
import { type GoData, GoNumber } from "../go/value.ts";
import { evaluateNode, type Found, isCompound, type Loop } from "./evaluate.ts";
import { JsonPathError, type Node } from "./node.ts";
import { parse } from "./parse.ts";

/** What the nodes of a template found, in order: one list of values for each piece of text and each expression. */
export type Results = Found["values"][];

/**
 * A parsed template. It keeps state between evaluations, as client-go's JSONPath does: after one with a `range`, the next evaluation of
 * the same template starts behind the range. A new template for each object is the rule, except where kubectl reuses one.
 */
export class JsonPath {
  readonly template: string;
  /** Without it a field that none of the values has is an error, `<name> is not found`. */
  allowMissingKeys: boolean;
  /** The nodes that an evaluation starts with: `#all` from `#from` on. */
  readonly #all: Node[];
  #from = 0;
  #loop: Loop = { begin: 0, inside: 0, end: 0 };
  #lastEnd = -1;

  constructor(template: string, allowMissingKeys: boolean) {
    this.template = template;
    this.allowMissingKeys = allowMissingKeys;
    this.#all = parse(template).nodes;
  }

  /**
   * Models FindResults of client-go util/jsonpath.
   * @throws JsonPathError with the bare reason.
   */
  findResults(data: GoData | undefined): Results {
    const out: Results = [];
    const from = this.#from;
    const root = data ?? undefined;
    for (let i = from; i < this.#all.length; i++) {
      const found = evaluateNode([root], this.#all[i]!, this.#loop, this.allowMissingKeys);
      if (found.error !== undefined) throw new JsonPathError(found.error);
      if (this.#loop.end > 0 && this.#loop.end <= this.#loop.inside) {
        this.#loop.end--;
        this.#lastEnd = i;
        break;
      }
      if (this.#loop.begin > 0) {
        this.#loop.begin--;
        this.#loop.inside++;
        // A body without a value still runs, so that its `end` is met.
        const items = found.values.length > 0 ? found.values : [undefined];
        for (const item of items) {
          this.#from = i + 1;
          const results = this.findResults(item);
          if (found.values.length > 0) out.push(...results);
        }
        this.#loop.inside--;
        if (this.#lastEnd > i) i = this.#lastEnd;
        continue;
      }
      out.push(found.values);
    }
    return out;
  }
}

/** The values of one node as text: blanks between them, maps and lists as JSON; with `asJson` one indented JSON list and a newline. */
export function printResults(values: Found["values"], asJson = false): string {
  if (asJson) return `${emitJson(values.map(jsonOf), "    ")}\n`;
  return values.map(printValue).join(" ");
}

function printValue(value: GoData | undefined): string {
  if (isCompound(value)) return emitJson(jsonOf(value));
  return value === null ? "null" : value === undefined ? "<no value>" : sprint(value);
}

function jsonOf(value: GoData | undefined): Json {
  return value instanceof GoNumber ? value.value : (value ?? null);
}
