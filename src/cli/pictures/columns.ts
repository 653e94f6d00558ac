/** Rows as plain text: columns padded to the widest cell, three blanks between, nothing at a line's end. */
export function alignColumns(rows: readonly (readonly string[])[], indent = "", gap = 3): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, [...cell].length);
  return rows
    .map((row) => `${indent}${row.map((cell, at) => cell + " ".repeat(widths[at]! - [...cell].length + gap)).join("")}`)
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}
