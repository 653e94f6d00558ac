import { curlText, stepAddress, stepPort, stepTitle, type TraceReport } from "./trace-report.ts";

interface Graph {
  /** Lines of each box. */
  boxes: string[][];
  /** What leads from a box to the next; the last one leads to the end. */
  edges: string[];
  end: string[];
}

function graphOf(report: TraceReport): Graph {
  const last = report.attempts.at(-1);
  const steps = last?.steps ?? [];
  const boxes = steps.map((step) => [stepTitle(step), stepAddress(step), stepPort(step)].filter((line) => line !== ""));
  const edges = steps.map((step) => step.rule);
  if (steps.length === 0) {
    boxes.push([`${report.from}`]);
    edges.push(report.rule);
  }
  return { boxes, edges, end: [report.verdict, curlText(report)] };
}

/** A Mermaid flowchart of the last attempt. */
export function mermaidOf(report: TraceReport): string {
  const { boxes, edges, end } = graphOf(report);
  const text = (line: string) => line.replaceAll("&", "#amp;").replaceAll('"', "#quot;").replaceAll("<", "#lt;");
  const label = (lines: readonly string[]) => `"${lines.map(text).join("<br/>")}"`;
  return [
    "flowchart LR",
    ...boxes.map((lines, at) => `  h${at + 1}[${label(lines)}]`),
    `  end1([${label(end)}])`,
    ...edges.map((rule, at) => {
      const next = at + 1 < boxes.length ? `h${at + 2}` : "end1";
      return `  h${at + 1} -->|${label([rule])}| ${next}`;
    }),
    "",
  ].join("\n");
}

/** A Graphviz digraph of the last attempt. */
export function dotOf(report: TraceReport): string {
  const { boxes, edges, end } = graphOf(report);
  const label = (lines: readonly string[]) =>
    `"${lines.map((line) => line.replaceAll("\\", "\\\\").replaceAll('"', '\\"')).join("\\n")}"`;
  return [
    "digraph trace {",
    "  rankdir=LR;",
    "  node [shape=box];",
    ...boxes.map((lines, at) => `  h${at + 1} [label=${label(lines)}];`),
    `  end [shape=ellipse, label=${label(end)}];`,
    ...edges.map(
      (rule, at) => `  h${at + 1} -> ${at + 1 < boxes.length ? `h${at + 2}` : "end"} [label=${label([rule])}];`,
    ),
    "}",
    "",
  ].join("\n");
}
