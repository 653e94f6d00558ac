import { dateText } from "./date.ts";
import type { Called } from "./program.ts";

interface Around {
  /** Milliseconds since 1970. */
  at: number;
  cwd: string;
  stdin: string;
  busybox: boolean;
  /** How the shell begins what it says of itself. */
  where: string;
  read(path: string): string | undefined;
  isDirectory(path: string): boolean;
}

const said = (status: number, stdout = "", stderr = ""): Called => ({ status, stdout, stderr });

/** The shell's own commands that only say something. */
export const BUILTINS: Readonly<Record<string, (args: readonly string[], around: Around) => Called>> = {
  ":": () => said(0),
  true: () => said(0),
  false: () => said(1),
  pwd: (_, { cwd }) => said(0, `${cwd}\n`),
  echo,
  printf,
  test: (args, around) => tested("test", args, around),
  "[": (args, around) =>
    args.at(-1) === "]"
      ? tested("[", args.slice(0, -1), around)
      : said(2, "", around.busybox ? `${around.where}missing ]\n` : `${around.where}[: missing ]\n`),
  "[[": (args, around) => tested("[[", args.at(-1) === "]]" ? args.slice(0, -1) : args, around),
  date: (args, { at }) => {
    const text = dateText(args, at);
    return text === undefined ? said(1, "", `date: invalid date '${args.join(" ")}'\n`) : said(0, `${text}\n`);
  },
};

function echo(args: readonly string[]): Called {
  let at = 0;
  let newline = true;
  let escapes = false;
  for (; /^-[neE]+$/.test(args[at] ?? ""); at++) {
    if (args[at]!.includes("n")) newline = false;
    if (args[at]!.includes("e")) escapes = true;
  }
  const text = args.slice(at).join(" ");
  return said(0, `${escapes ? escaped(text) : text}${newline ? "\n" : ""}`);
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
  "\\": "\\",
};

function escaped(text: string): string {
  return text.replace(/\\(?:0?([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.))/g, (all, octal, hex, char) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return ESCAPES[char] ?? all;
  });
}

function printf(args: readonly string[]): Called {
  const format = escaped(args[0] === "--" ? (args[1] ?? "") : (args[0] ?? ""));
  const values = args.slice(args[0] === "--" ? 2 : 1);
  let at = 0;
  let text = "";
  do {
    text += format.replace(/%(%|(-?)(0?)(\d*)(?:\.\d+)?([sdiuxXcob]))/g, (_, all, left, zero, width, kind) => {
      if (all === "%") return "%";
      const value = values[at++] ?? "";
      const number = Math.trunc(Number(value) || 0);
      let out = value;
      if (kind === "b") out = escaped(value);
      else if (kind === "c") out = value.slice(0, 1);
      else if (kind === "x" || kind === "X")
        out = kind === "x" ? number.toString(16) : number.toString(16).toUpperCase();
      else if (kind === "o") out = number.toString(8);
      else if (kind !== "s") out = String(number);
      return left ? out.padEnd(Number(width)) : out.padStart(Number(width), zero && kind !== "s" ? "0" : " ");
    });
  } while (at > 0 && at < values.length);
  return said(0, text);
}

/** test(1) cannot tell: in the words of dash and of BusyBox. */
class Untold extends Error {
  readonly busybox: string;
  constructor(dash: string, busybox: string) {
    super(dash);
    this.busybox = busybox;
  }
}

function tested(name: string, args: readonly string[], around: Around): Called {
  try {
    return said(test(args, around));
  } catch (error) {
    if (!(error instanceof Untold)) throw error;
    return said(2, "", around.where + (around.busybox ? `${error.busybox}\n` : `${name}: ${error.message}\n`));
  }
}

/** test(1): 0 for true, 1 for false. @throws Untold */
function test(args: readonly string[], around: Around): number {
  const or = args.indexOf("-o") > 0 ? args.indexOf("-o") : args.indexOf("||");
  if (or > 0) return test(args.slice(0, or), around) === 0 ? 0 : test(args.slice(or + 1), around);
  const and = args.indexOf("-a") > 0 ? args.indexOf("-a") : args.indexOf("&&");
  if (and > 0) {
    const first = test(args.slice(0, and), around);
    return first === 0 ? test(args.slice(and + 1), around) : first;
  }
  if (args[0] === "!") {
    return 1 - test(args.slice(1), around);
  }
  const ok = (condition: boolean) => (condition ? 0 : 1);
  if (args.length === 0) return 1;
  if (args.length === 1) return ok(args[0] !== "");
  const [a = "", operator = "", b = ""] = args;
  if (args.length === 2) {
    switch (a) {
      case "-z":
        return ok(operator === "");
      case "-n":
        return ok(operator !== "");
      case "-d":
        return ok(around.isDirectory(operator));
      case "-f":
      case "-r":
        return ok(around.read(operator) !== undefined);
      case "-e":
        return ok(around.isDirectory(operator) || around.read(operator) !== undefined);
      case "-s":
        return ok((around.read(operator) ?? "") !== "");
      default:
        throw new Untold(`${operator}: unexpected operator`, `${a}: unknown operand`);
    }
  }
  if (args.length !== 3) throw new Untold(`${operator}: unexpected operator`, `${b}: unknown operand`);
  const numbers = /^-(eq|ne|lt|le|gt|ge)$/.exec(operator)?.[1];
  if (numbers) {
    const wrong = [a, b].find((number) => !/^\s*[-+]?\d+\s*$/.test(number));
    if (wrong !== undefined) throw new Untold(`Illegal number: ${wrong}`, `${wrong}: bad number`);
    const [x, y] = [Number(a), Number(b)];
    return ok({ eq: x === y, ne: x !== y, lt: x < y, le: x <= y, gt: x > y, ge: x >= y }[numbers]!);
  }
  if (operator === "=" || operator === "==") return ok(a === b);
  if (operator === "!=") return ok(a !== b);
  throw new Untold(`${operator}: unexpected operator`, `${operator}: unknown operand`);
}
