import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TabWriter } from "../../src/printers/tabwriter.ts";

interface Row {
  parts: string[];
  minWidth: number;
  tabWidth: number;
  padding: number;
  padWith: " " | "\t";
  remember: boolean;
  text: string;
}

// Written by github.com/liggitt/tabwriter: test/goldens/tables/main.go.
const { tabs } = JSON.parse(readFileSync("test/goldens/tables/goldens.json", "utf8")) as { tabs: Row[] };

/** Whole lines of plain cells, as tables hand them over. */
const PLAIN_LINE = /^[ -~\t]*\t[ -~\t]*\n$/;

function cellsOf(line: string): [cells: string[], columns: number] {
  const cells = line.slice(0, -1).split("\t");
  return [cells, cells.length];
}

function written({ parts, remember, ...layout }: Row, pieces: (part: string) => string[], byLine = false): string {
  let out = "";
  const tabs = new TabWriter(
    (text) => {
      out += text;
    },
    { ...layout, rememberWidths: remember },
  );
  for (const part of parts) {
    for (const piece of pieces(part))
      if (byLine && PLAIN_LINE.test(piece)) tabs.writeLines(...cellsOf(piece));
      else tabs.write(piece);
    tabs.flush();
  }
  return out;
}

describe("TabWriter", () => {
  it.each(tabs.map((row) => [JSON.stringify(row.parts), row] as const))("%s", (_, row) => {
    expect(written(row, (part) => [part])).toBe(row.text);
    const lines = (part: string) => part.match(/[^\n]*\n|[^\n]+/g) ?? [];
    expect(written(row, lines)).toBe(row.text);
    expect(written(row, lines, true)).toBe(row.text);
    expect(written(row, (part) => [...part])).toBe(row.text);
  });
});
