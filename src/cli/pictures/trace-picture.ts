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
    const drawn = new Table({
      head: heads.map((head) => chalk.bold(head)),
      style: { head: [], border: [] },
      wordWrap: true,
      colWidths: widthsWithin(rows, heads, colours.columns),
    });
    for (const row of rows) drawn.push([...row]);
    return `${drawn.toString()}\n`;
  };
  const good = report.curl.exit === 0;
  return plain(report, table, (text) => (good ? chalk.green(text) : chalk.red(text)));
}

/** The columns' widths with their padding; the last one gives way where the terminal is narrower. */
function widthsWithin(rows: readonly (readonly string[])[], heads: readonly string[], columns: number): number[] {
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)) + 2);
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + 1, 1);
  widths[widths.length - 1] = Math.max(20, Math.min(widths.at(-1)!, columns - before - 1));
  return widths;
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
  parts.push(`${paint(`VERDICT ${report.verdict}: ${report.rule}`)}\n${seenAs(report)}${paint(curlText(report))}\n`);
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
