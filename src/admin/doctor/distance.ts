/** How many letters must be added, left out, changed or swapped with their neighbour to make one text of the other. */
export function editDistance(a: string, b: string): number {
  const s = [...a];
  const t = [...b];
  const rows: number[][] = [Array.from({ length: t.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= s.length; i++) {
    const row = [i];
    for (let j = 1; j <= t.length; j++) {
      const change = rows[i - 1]![j - 1]! + (s[i - 1] === t[j - 1] ? 0 : 1);
      let best = Math.min(change, rows[i - 1]![j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && s[i - 1] === t[j - 2] && s[i - 2] === t[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[s.length]![t.length]!;
}

/** The candidate nearest to a text, the first one of several; undefined when there is none. */
export function nearest<T>(text: string, candidates: readonly T[], textOf: (candidate: T) => string): T | undefined {
  let best: T | undefined;
  let distance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const found = editDistance(text, textOf(candidate));
    if (found < distance) {
      best = candidate;
      distance = found;
    }
  }
  return best;
}
