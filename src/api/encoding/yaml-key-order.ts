const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;
const PLAIN_WORDS = /^[A-Za-z]*$/;

function isLetter(rune: string): boolean {
  return rune <= "\x7f" ? (rune >= "a" && rune <= "z") || (rune >= "A" && rune <= "Z") : LETTER.test(rune);
}

function isDigit(rune: string | undefined): boolean {
  if (rune === undefined) return false;
  return rune <= "\x7f" ? rune >= "0" && rune <= "9" : DIGIT.test(rune);
}

/** The number that starts at `start` and where it ends; it wraps around at 64 bits as the original does. */
function numberAt(runes: string[], start: number, seed: bigint): { value: bigint; end: number } {
  let value = seed;
  let end = start;
  for (; isDigit(runes[end]); end++) value = BigInt.asIntN(64, value * 10n + BigInt(runes[end]!.codePointAt(0)! - 48));
  return { value, end };
}

function afterNonZeroDigits(runes: string[], index: number): boolean {
  for (let i = index - 1; i >= 0 && isDigit(runes[i]); i--) if (runes[i] !== "0") return true;
  return false;
}

/**
 * The order of keys in YAML that Go writes: letters by code point, other characters before letters, runs of digits by
 * their value (`a2` before `a10`). Models go.yaml.in/yaml/v2 sorter.go.
 */
export function compareYamlKeys(a: string, b: string): number {
  if (a === b) return 0;
  if (PLAIN_WORDS.test(a) && PLAIN_WORDS.test(b)) return a < b ? -1 : 1;
  const x = [...a];
  const y = [...b];
  for (let i = 0; i < x.length && i < y.length; i++) {
    const left = x[i]!;
    const right = y[i]!;
    if (left === right) continue;
    const before = left.codePointAt(0)! < right.codePointAt(0)! ? -1 : 1;
    const leftIsLetter = isLetter(left);
    const rightIsLetter = isLetter(right);
    if (leftIsLetter && rightIsLetter) return before;
    if (leftIsLetter || rightIsLetter) return rightIsLetter ? -1 : 1;
    const seed = (left === "0" || right === "0") && afterNonZeroDigits(x, i) ? 1n : 0n;
    const m = numberAt(x, i, seed);
    const n = numberAt(y, i, seed);
    if (m.value !== n.value) return m.value < n.value ? -1 : 1;
    if (m.end !== n.end) return m.end - n.end;
    return before;
  }
  return x.length - y.length;
}
