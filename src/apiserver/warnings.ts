/** Characters of all warnings of a request, and of one where they are more. */
const MOST = 4096;
const MOST_OF_ONE = 256;

/**
 * What a request's warnings are as headers: each once, none with a control character, and all cut short where together they are too long.
 * Models the recorder of apiserver pkg/endpoints/filters/warning.go.
 */
export function recordedWarnings(texts: readonly string[]): string[] {
  const unique = [...new Set(texts)].filter((text) => text !== "");
  const printable = unique.filter((text) => !/\p{Cc}/u.test(text));
  if (lengthOf(printable) <= MOST) return printable;
  const kept: string[] = [];
  // What was warned of until it was too much is all told again, cut short; what comes then, until that is too much.
  let untilTooMany = 0;
  while (lengthOf(printable.slice(0, untilTooMany)) <= MOST) untilTooMany++;
  let written = 0;
  for (const [i, text] of printable.entries()) {
    if (i >= untilTooMany && written >= MOST) break;
    const short = [...text].slice(0, MOST_OF_ONE);
    kept.push(short.join(""));
    written += short.length;
  }
  return kept;
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + [...text].length, 0);
}
