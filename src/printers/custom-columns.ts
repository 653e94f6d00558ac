import type { Json } from "../api/json.ts";
import type { KubeList, KubeObject } from "../api/object.ts";
import { sprint } from "./go/format.ts";
import type { GoData } from "./go/value.ts";
import { JsonPath } from "./jsonpath/jsonpath.ts";
import { JsonPathError } from "./jsonpath/node.ts";
import { relaxedJsonPath } from "./jsonpath/relaxed.ts";
import { isList, type Printer } from "./printer.ts";
import { alignTabs, TABLE_LAYOUT } from "./tabwriter.ts";
import { escapeTerminal } from "./terminal.ts";

/** A column of the user's: its header as given, its field as a whole jsonpath. */
export interface CustomColumn {
  header: string;
  path: string;
}

/**
 * The columns of `-o custom-columns=<header>:<path>,…`. Models NewCustomColumnsPrinterFromSpec of kubectl
 * pkg/cmd/get/customcolumn.go.
 * @throws JsonPathError
 */
export function parseCustomColumns(spec: string): CustomColumn[] {
  if (spec === "") throw new JsonPathError("custom-columns format specified but no custom columns given");
  return spec.split(",").map((part) => {
    const colon = part.indexOf(":");
    if (colon < 0)
      throw new JsonPathError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    return { header: part.slice(0, colon), path: relaxedJsonPath(part.slice(colon + 1)) };
  });
}

const FILE_FORMAT = "Expected format is one line of space separated headers, one line of space separated column specs.";

/**
 * The columns in the file of `-o custom-columns-file=<file>`: a line of headers and a line of paths. kubectl does not heed
 * `--no-headers` with it. Models NewCustomColumnsPrinterFromTemplate.
 * @throws JsonPathError
 */
export function parseCustomColumnsFile(text: string): CustomColumn[] {
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  if (lines.at(-1) === "") lines.pop();
  const [headerLine, specLine] = lines;
  if (headerLine === undefined) throw new JsonPathError(`invalid template, missing header line. ${FILE_FORMAT}`);
  if (specLine === undefined) throw new JsonPathError(`invalid template, missing spec line. ${FILE_FORMAT}`);
  const [headers, specs] = [words(headerLine), words(specLine)];
  if (headers.length !== specs.length) {
    throw new JsonPathError(
      `number of headers (${headers.length}) and field specifications (${specs.length}) don't match`,
    );
  }
  return headers.map((header, i) => ({ header, path: relaxedJsonPath(specs[i]!) }));
}

function words(line: string): string[] {
  return line.split(/[\s\x85]+/u).filter((word) => word !== "");
}

/**
 * The printer of custom columns. Headers are printed again when a list follows an object or the other way round. A path that does
 * not parse or fails is an error of `print`, after the header. Models CustomColumnsPrinter of kubectl pkg/cmd/get/customcolumn.go.
 */
export class CustomColumnsPrinter implements Printer {
  readonly #columns: CustomColumn[];
  readonly #noHeaders: boolean;
  readonly #align: boolean;
  #last: "list" | "object" | undefined;

  /** `align: false` leaves the tabs between cells to a caller that aligns several objects together, as a watch does. */
  constructor(columns: CustomColumn[], options: { noHeaders?: boolean; align?: boolean } = {}) {
    this.#columns = columns;
    this.#noHeaders = options.noHeaders ?? false;
    this.#align = options.align ?? true;
  }

  /** @throws JsonPathError, with what could be printed before it written. */
  print(object: KubeObject | KubeList, write: (text: string) => void): void {
    let lines = "";
    try {
      this.#lines(object, (line) => {
        lines += `${line}\n`;
      });
    } finally {
      if (lines !== "") write(this.#align ? alignTabs(lines, TABLE_LAYOUT) : lines);
    }
  }

  /** The lines of one object or list, cells parted by tabs. */
  #lines(object: KubeObject | KubeList, line: (text: string) => void): void {
    const kind = isList(object) ? "list" : "object";
    if (!this.#noHeaders && kind !== this.#last) {
      line(this.#columns.map((column) => column.header).join("\t"));
      this.#last = kind;
    }
    const paths = this.#columns.map((column) => new JsonPath(column.path, true));
    for (const item of isList(object) ? object.items : [object]) {
      line(paths.map((path) => cell(path, item as unknown as Json)).join("\t"));
    }
  }
}

function cell(path: JsonPath, object: GoData): string {
  const results = path.findResults(object);
  const texts = results.flat().map((value) => escapeTerminal(sprint(value ?? null)));
  if ((results[0]?.length ?? 0) === 0) texts.unshift("<none>");
  return texts.join(",");
}
