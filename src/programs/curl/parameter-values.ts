import type { Console } from "./console.ts";
import { DEFAULT_PORTS } from "./url.ts";

export const SIMULATED_SCHEMES = [...Object.keys(DEFAULT_PORTS), "file"];

/** The command line is wrong; `text` as helpf prints it, undefined when it is printed already. */
export class ParameterError extends Error {
  readonly status: number;
  /** What is wrong with the option; absent: it is the surroundings that are. */
  readonly problem: string | undefined;
  constructor(text: string | undefined, status = 2, problem?: string) {
    super(text ?? "");
    this.name = "ParameterError";
    this.status = status;
    this.problem = problem;
  }
}

/** What is wrong with an option. */
export const wrong = (word: string, problem: string, status = 2) =>
  new ParameterError(`option ${word}: ${problem}`, status, problem);

/** Models tool_paramhlp.c str2num. */
export function readNumber(text: string, word: string): number {
  if (/^\s*-\d/.test(text) && word !== "--max-redirs") throw wrong(word, "expected a positive numerical parameter");
  if (!/^\s*[+-]?\d+$/.test(text) || Number(text) < -1) throw wrong(word, "expected a proper numerical parameter");
  return Number(text);
}

/** Seconds with a fraction, in milliseconds, as strtod reads them. Models tool_paramhlp.c secs2ms. */
export function readSeconds(text: string, word: string): number {
  const number = text.replace(/^\s+/, "");
  if (/^-/.test(number) && Number(number) !== 0) throw wrong(word, "expected a positive numerical parameter");
  if (/^\+?inf(inity)?$/i.test(number)) throw wrong(word, "too large number");
  if (/^\+?nan$/i.test(number)) return 0;
  if (!/^[+-]?(0x[0-9a-f]+|(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?)$/i.test(number))
    throw wrong(word, "expected a proper numerical parameter");
  const seconds = Math.abs(Number(number));
  // LONG_MAX / 1000 as a double.
  if (seconds > 9223372036854776) throw wrong(word, "too large number");
  return Math.floor(seconds * 1000);
}

/** Bytes with a letter for 1024, 1024² or 1024³. Models tool_getparam.c GetSizeParameter. */
export function readSize(console: Console, text: string, name: string, word: string): number {
  const [, digits, unit = ""] = /^(\d+)([bkmg]?)$/i.exec(text) ?? [];
  if (digits === undefined) {
    console.warn(/^\d/.test(text) ? "unsupported size unit. Use G, M, K or B" : `invalid number specified for ${name}`);
    throw wrong(word, "is badly used here");
  }
  if (Number(digits) > 2 ** 63) throw wrong(word, "is badly used here");
  return Number(digits) * 1024 ** Math.max(0, "bkmg".indexOf(unit.toLowerCase()));
}

/** `=http,-https,+ftp`, `all`, on top of what is allowed from the start. Models tool_paramhlp.c proto2num. */
export function readProtocols(console: Console, text: string, from: readonly string[]): ReadonlySet<string> {
  let allowed = new Set(from);
  for (const item of text.split(",")) {
    const [, sign, name = ""] = /^([=+-]?)(.*)$/.exec(item.trim()) ?? [];
    if (name === "") continue;
    const named = name.toLowerCase() === "all" ? SIMULATED_SCHEMES : [name.toLowerCase()];
    if (!named.every((one) => Object.hasOwn(DEFAULT_PORTS, one) || one === "file"))
      console.warn(`unrecognized protocol '${name}'`);
    if (sign === "-") for (const one of named) allowed.delete(one);
    else if (sign === "=") allowed = new Set(named);
    else for (const one of named) allowed.add(one);
  }
  return allowed;
}
