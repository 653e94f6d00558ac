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

describe("TabWriter", () => {
  it.each(tabs.map((row) => [JSON.stringify(row.parts), row] as const))("%s", (_, row) => {
    let out = "";
    const tabs = new TabWriter(
      (text) => {
        out += text;
      },
      { ...row, rememberWidths: row.remember },
    );
    for (const part of row.parts) {
      tabs.write(part);
      tabs.flush();
    }
    expect(out).toBe(row.text);
  });
});
