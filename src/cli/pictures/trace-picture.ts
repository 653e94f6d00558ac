import type { Attempt } from "../../admin/trace/trace.ts";
import type { Colours } from "./colours.ts";
import { alignColumns } from "./columns.ts";
import { curlText, stepAddress, stepPort, stepTitle, type TraceReport } from "./trace-report.ts";

/** The way of a connection for people: a table on a terminal, aligned text elsewhere. */
export async function tracePicture(report: TraceReport, colours: Colours): Promise<string> {
  if (!colours.picture)
    return plain(
      report,
      (rows) => alignColumns(rows, "  "),
      (text) => text,
    );
  const { Chalk } = await import("chalk");
  const { default: Table } = await import("cli-table3");
  const chalk = new Chalk({ level: colours.colour ? 1 : 0 });
  const table = (rows: readonly (readonly string[])[], heads: readonly string[]) => {
    const widths = widthsWithin(rows, heads, colours.columns);
    const drawn = new Table({
      head: heads.map((head) => chalk.bold(head)),
      style: { head: [], border: [] },
      colWidths: widths.map((width) => width + PADDING),
    });
    for (const row of rows) drawn.push(row.map((cell, at) => wrapped(cell, widths[at]!)));
    return `${drawn.toString()}\n`;
  };
  const good = report.curl.exit === 0;
  return plain(report, table, (text) => (good ? chalk.green(text) : chalk.red(text)));
}

const PADDING = 2;
/** An address with its port stays in one piece, and so does what is shorter. */
const NARROW = 18;
const NARROWEST = 10;

/** The columns' widths without their padding; the widest give way where the terminal is narrower. */
function widthsWithin(rows: readonly (readonly string[])[], heads: readonly string[], columns: number): number[] {
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const mayShrink = widths.map((width) => width > NARROW);
  const total = () => widths.reduce((sum, width) => sum + width + PADDING + 1, 1);
  while (total() > columns) {
    const widest = Math.max(...widths.filter((_, at) => mayShrink[at]));
    if (widest <= NARROWEST) return widths;
    widths[widths.findLastIndex((width, at) => mayShrink[at] && width === widest)]!--;
  }
  return widths;
}

/** The text in lines of at most `width`: between words, else behind a mark in a long one, so that nothing is left out. */
function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const blank = rest.lastIndexOf(" ", width);
    const mark = Math.max(...["/", "-", ".", ":"].map((char) => rest.lastIndexOf(char, width - 1))) + 1;
    const end = blank > 0 ? blank : mark > 0 ? mark : width;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest].join("\n");
}

type Draw = (rows: readonly (readonly string[])[], heads: readonly string[]) => string;

function plain(report: TraceReport, draw: Draw, paint: (text: string) => string): string {
  const parts = [`${report.url} from ${report.from}\n`];
  if (report.names.length > 0) {
    const rows = report.names.map(({ name, source, result, records }) => [
      name,
      source,
      records.length > 0 ? records.join("; ") : result,
    ]);
    parts.push(`NAMES\n${draw(rows, ["name", "asked at", "answer"])}`);
  }
  for (const attempt of report.attempts) parts.push(attemptText(attempt, draw));
  const hint = report.hint === undefined ? "" : `HINT ${report.hint}\n`;
  parts.push(
    `${paint(`VERDICT ${report.verdict}: ${report.rule}`)}\n${seenAs(report)}${paint(curlText(report))}\n${hint}`,
  );
  return parts.join("\n");
}

function attemptText(attempt: Attempt, draw: Draw): string {
  const rows = attempt.steps.map((step, at) => [
    String(at + 1),
    stepTitle(step),
    stepAddress(step),
    stepPort(step),
    step.rule,
  ]);
  const shown = attempt.address.includes(":") ? `[${attempt.address}]` : attempt.address;
  const title = `PATH to ${shown}:${attempt.port}/${attempt.protocol}`;
  const path =
    rows.length > 0
      ? `${title}\n${draw(rows, ["", "hop", "address", "port", "rule"])}`
      : `${title}\n  ${attempt.rule}\n`;
  if (attempt.translations.length === 0) return path;
  const rewritten = attempt.translations.map(({ kind, at, from, to, rule }) => [kind, at, `${from} -> ${to}`, rule]);
  return `${path}\nREWRITTEN\n${draw(rewritten, ["", "at", "address", "rule"])}`;
}

function seenAs(report: TraceReport): string {
  const client = report.attempts.at(-1)?.clientAddress;
  return client === undefined ? "" : `CLIENT seen as ${client}\n`;
}
