/**
 * A unified diff of lines as the server prints it in the error of a changed pod. Models the matching of go-difflib (Python's
 * SequenceMatcher, lines that occur often left out of the search) and k8s.io/apimachinery pkg/util/diff.
 */

interface Match {
  a: number;
  b: number;
  size: number;
}
interface OpCode {
  equal: boolean;
  a1: number;
  a2: number;
  b1: number;
  b2: number;
}

/** Three lines of context, no header with file names; each line ends in a newline. */
export function unifiedDiff(before: string, after: string): string {
  const a = before.split("\n");
  const b = after.split("\n");
  let out = "";
  for (const group of grouped(opCodes(a, b), 3)) {
    const first = group[0]!;
    const last = group.at(-1)!;
    out += `@@ -${range(first.a1, last.a2)} +${range(first.b1, last.b2)} @@\n`;
    for (const { equal, a1, a2, b1, b2 } of group) {
      for (const line of a.slice(a1, a2)) out += `${equal ? " " : "-"}${line}\n`;
      if (!equal) for (const line of b.slice(b1, b2)) out += `+${line}\n`;
    }
  }
  return out;
}

function range(start: number, stop: number): string {
  const length = stop - start;
  if (length === 1) return String(start + 1);
  return `${length === 0 ? start : start + 1},${length}`;
}

function positions(b: string[]): Map<string, number[]> {
  const out = new Map<string, number[]>();
  for (const [j, line] of b.entries()) {
    const list = out.get(line);
    if (list) list.push(j);
    else out.set(line, [j]);
  }
  if (b.length >= 200)
    for (const [line, list] of out) if (list.length > Math.floor(b.length / 100) + 1) out.delete(line);
  return out;
}

function matches(a: string[], b: string[]): Match[] {
  const where = positions(b);
  const found: Match[] = [];
  const search = (alo: number, ahi: number, blo: number, bhi: number): void => {
    const match = longest(a, b, where, alo, ahi, blo, bhi);
    if (match.size === 0) return;
    if (alo < match.a && blo < match.b) search(alo, match.a, blo, match.b);
    found.push(match);
    if (match.a + match.size < ahi && match.b + match.size < bhi)
      search(match.a + match.size, ahi, match.b + match.size, bhi);
  };
  search(0, a.length, 0, b.length);
  return [...found, { a: a.length, b: b.length, size: 0 }];
}

function longest(
  a: string[],
  b: string[],
  where: Map<string, number[]>,
  alo: number,
  ahi: number,
  blo: number,
  bhi: number,
): Match {
  let best: Match = { a: alo, b: blo, size: 0 };
  let lengths = new Map<number, number>();
  for (let i = alo; i < ahi; i++) {
    const next = new Map<number, number>();
    for (const j of where.get(a[i]!) ?? []) {
      if (j < blo) continue;
      if (j >= bhi) break;
      const size = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, size);
      if (size > best.size) best = { a: i - size + 1, b: j - size + 1, size };
    }
    lengths = next;
  }
  while (best.a > alo && best.b > blo && a[best.a - 1] === b[best.b - 1])
    best = { a: best.a - 1, b: best.b - 1, size: best.size + 1 };
  while (best.a + best.size < ahi && best.b + best.size < bhi && a[best.a + best.size] === b[best.b + best.size])
    best.size++;
  return best;
}

function opCodes(a: string[], b: string[]): OpCode[] {
  const codes: OpCode[] = [];
  let [i, j] = [0, 0];
  for (const match of matches(a, b)) {
    if (i < match.a || j < match.b) codes.push({ equal: false, a1: i, a2: match.a, b1: j, b2: match.b });
    [i, j] = [match.a + match.size, match.b + match.size];
    const last = codes.at(-1);
    if (match.size === 0) continue;
    // Blocks that touch are one.
    if (last?.equal && last.a2 === match.a && last.b2 === match.b) [last.a2, last.b2] = [i, j];
    else codes.push({ equal: true, a1: match.a, a2: i, b1: match.b, b2: j });
  }
  return codes;
}

function grouped(codes: OpCode[], context: number): OpCode[][] {
  const groups: OpCode[][] = [];
  let group: OpCode[] = [];
  for (const [index, code] of codes.entries()) {
    let { a1, a2, b1, b2 } = code;
    if (code.equal && index === 0) [a1, b1] = [Math.max(a1, a2 - context), Math.max(b1, b2 - context)];
    if (code.equal && index === codes.length - 1) [a2, b2] = [Math.min(a2, a1 + context), Math.min(b2, b1 + context)];
    if (code.equal && a2 - a1 > context * 2) {
      group.push({ equal: true, a1, a2: a1 + context, b1, b2: b1 + context });
      groups.push(group);
      group = [];
      [a1, b1] = [a2 - context, b2 - context];
    }
    group.push({ equal: code.equal, a1, a2, b1, b2 });
  }
  if (group.length > 1 || (group[0] && !group[0].equal)) groups.push(group);
  return groups;
}
