import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Column } from "../../src/api/kinds/kind.ts";
import { type TableContent, TableGroups, type TableOptions, TablePrinter } from "../../src/printers/table.ts";
import { TABLE_LAYOUT, TabWriter } from "../../src/printers/tabwriter.ts";

interface Row {
  options: TableOptions & { kind?: string; group?: string };
  events?: string[];
  parts: TableContent[];
  text: string;
}

// Printed by k8s.io/cli-runtime v0.36.2 printers.NewTablePrinter: test/goldens/tables/main.go.
const { tables } = JSON.parse(readFileSync("test/goldens/tables/goldens.json", "utf8")) as { tables: Row[] };

function print(row: Row, parts: readonly TableContent[]): string {
  const { kind, group, ...options } = row.options;
  let out = "";
  const tabs = new TabWriter((text) => {
    out += text;
  }, TABLE_LAYOUT);
  const kindPrefix = kind === undefined ? undefined : group === undefined ? kind : `${kind}.${group}`;
  const printer = new TablePrinter({ ...options, kindPrefix });
  parts.forEach((table, i) => {
    printer.print(table, tabs, row.events?.[i]);
    tabs.flush();
  });
  return out;
}

/** The table with all its cells at once, where they allow that. */
function atOnce(table: TableContent): TableContent {
  const { rows, columnDefinitions } = table;
  const isPlain = ({ cells, object, metadata = object?.metadata }: TableContent["rows"][number]) =>
    metadata &&
    cells.length === columnDefinitions.length &&
    cells.every((it) => typeof it === "string" && /^[ -~]*$/.test(it));
  if (!rows.every(isPlain)) return table;
  const namespaceOf = ({ object, metadata = object?.metadata }: TableContent["rows"][number]) =>
    metadata!.namespace ?? "";
  return {
    columnDefinitions,
    rows,
    plainCells: (columns) =>
      rows.flatMap((row) => columns.map((it) => (it === "namespace" ? namespaceOf(row) : (row.cells[it] as string)))),
  };
}

const named = tables.map((row, i) => [`${i} ${JSON.stringify(row.options)}`, row] as const);

describe("TablePrinter", () => {
  it.each(named)("%s", (_, row) => expect(print(row, row.parts)).toBe(row.text));

  it.each(named)("%s, with all cells at once", (_, row) => expect(print(row, row.parts.map(atOnce))).toBe(row.text));

  it("asks for all cells at once where nothing else is printed", () => {
    const asked: unknown[] = [];
    const rows = [{ cells: ["a", "b", "c"], metadata: { namespace: "n", labels: {} } }];
    const table: TableContent = {
      columnDefinitions: [column("Name"), column("Type"), column("Selector", 1)],
      rows,
      plainCells(columns) {
        asked.push(columns);
        return undefined;
      },
    };
    const options: TableOptions[] = [{}, { wide: true }, { withNamespace: true }, { noHeaders: true }];
    const others: Row["options"][] = [{ kind: "x" }, { columnLabels: ["l"] }, { showLabels: true }];
    for (const each of [...options, ...others]) print({ options: each, parts: [], text: "" }, [table]);
    expect(asked).toEqual([
      [0, 1],
      [0, 1, 2],
      ["namespace", 0, 1],
      [0, 1],
    ]);
  });
});

function column(name: string, priority = 0): Column {
  return { name, type: "string", format: name === "Name" ? "name" : "", priority };
}

const services: TableContent = {
  columnDefinitions: [column("Name"), column("Type"), column("Selector", 1)],
  rows: [{ cells: ["kubernetes", "ClusterIP", "<none>"] }],
};
const pods: TableContent = { columnDefinitions: [column("Name"), column("Ready")], rows: [{ cells: ["web", "1/1"] }] };

describe("TableGroups", () => {
  function groups(noHeaders: boolean, ...steps: TableContent[][]): string {
    return printed({ kindPrefix: "x" }, noHeaders, ...steps);
  }

  function printed(options: TableOptions, noHeaders: boolean, ...steps: TableContent[][]): string {
    let out = "";
    const printer = new TableGroups((text) => {
      out += text;
    }, noHeaders);
    for (const tables of steps) {
      printer.begin(options);
      for (const table of tables) printer.print(table);
    }
    printer.flush();
    return out;
  }

  // kubectl pkg/cmd/get get.go Run: an empty line between groups, widths of their own.
  it("puts an empty line between groups", () => {
    expect(groups(false, [services, services], [pods])).toBe(
      [
        "NAME           TYPE",
        "x/kubernetes   ClusterIP",
        "x/kubernetes   ClusterIP",
        "",
        "NAME    READY",
        "x/web   1/1",
        "",
      ].join("\n"),
    );
  });

  it("puts none without headers, nor before a group when nothing was printed", () => {
    expect(groups(true, [services], [pods])).toBe("x/kubernetes   ClusterIP\nx/web   1/1\n");
    expect(groups(false, [{ ...services, rows: [] }], [pods])).toBe("NAME    READY\nx/web   1/1\n");
  });

  it("shows columns with a priority only when wide", () => {
    expect(printed({ wide: true }, false, [services])).toBe(
      "NAME         TYPE        SELECTOR\nkubernetes   ClusterIP   <none>\n",
    );
    expect(printed({}, false, [services])).toBe("NAME         TYPE\nkubernetes   ClusterIP\n");
  });
});
