import { type Flags, formatArg, noFlags } from "./format.ts";
import { type GoData, kindOf, numberOf, typeOf } from "./value.ts";

/** The scan of one format string; `index` is the argument that comes next. */
interface Scan {
  format: string;
  at: number;
  args: GoData[];
  index: number;
  reordered: boolean;
  goodIndex: boolean;
}

/** Go's `fmt.Sprintf` on data, with its reports of bad verbs, missing and surplus arguments. */
export function sprintf(format: string, ...args: GoData[]): string {
  const scan: Scan = { format, at: 0, args, index: 0, reordered: false, goodIndex: true };
  let out = "";
  while (scan.at < format.length) {
    const percent = format.indexOf("%", scan.at);
    if (percent < 0) {
      out += format.slice(scan.at);
      break;
    }
    out += format.slice(scan.at, percent);
    scan.at = percent + 1;
    out += directive(scan);
  }
  if (!scan.reordered && scan.index < args.length) out += surplus(args.slice(scan.index));
  return out;
}

function surplus(args: GoData[]): string {
  const texts = args.map((arg) => (arg === null ? "<nil>" : `${typeOf(arg)}=${formatArg(arg, "v", noFlags())}`));
  return `%!(EXTRA ${texts.join(", ")})`;
}

const FLAG_NAMES: Record<string, "sharp" | "zero" | "plus" | "minus" | "space"> = {
  "#": "sharp",
  "0": "zero",
  "+": "plus",
  "-": "minus",
  " ": "space",
};

/** One `%…`, from behind the percent sign. */
function directive(scan: Scan): string {
  const flags = noFlags();
  let out = "";
  scan.goodIndex = true;
  for (let name = FLAG_NAMES[scan.format[scan.at] ?? ""]; name !== undefined; ) {
    flags[name] = true;
    scan.at++;
    name = FLAG_NAMES[scan.format[scan.at] ?? ""];
  }
  let afterIndex = argumentIndex(scan);
  if (scan.format[scan.at] === "*") {
    scan.at++;
    const width = intArgument(scan);
    if (width === undefined) out += "%!(BADWIDTH)";
    else {
      flags.width = Math.abs(width);
      if (width < 0) {
        flags.minus = true;
        flags.zero = false;
      }
    }
    afterIndex = false;
  } else {
    flags.width = digits(scan);
    if (afterIndex && flags.width !== undefined) scan.goodIndex = false;
  }
  if (scan.format[scan.at] === "." && scan.at + 1 < scan.format.length) {
    scan.at++;
    if (afterIndex) scan.goodIndex = false;
    afterIndex = argumentIndex(scan);
    if (scan.format[scan.at] === "*") {
      scan.at++;
      const precision = intArgument(scan);
      if (precision === undefined || precision < 0) out += "%!(BADPREC)";
      else flags.precision = precision;
      afterIndex = false;
    } else flags.precision = digits(scan) ?? 0;
  }
  if (!afterIndex) argumentIndex(scan);
  if (scan.at >= scan.format.length) return `${out}%!(NOVERB)`;
  const verb = String.fromCodePoint(scan.format.codePointAt(scan.at)!);
  scan.at += verb.length;
  return out + verbText(scan, verb, flags);
}

function verbText(scan: Scan, verb: string, flags: Flags): string {
  if (verb === "%") return "%";
  if (!scan.goodIndex) return `%!${verb}(BADINDEX)`;
  if (scan.index >= scan.args.length) return `%!${verb}(MISSING)`;
  if (verb === "v") {
    flags.sharpV = flags.sharp;
    flags.sharp = false;
    flags.plus = false;
  }
  return formatArg(scan.args[scan.index++], verb, flags);
}

/** `[n]`: sets the argument that comes next; true when there was one. */
function argumentIndex(scan: Scan): boolean {
  if (scan.format[scan.at] !== "[") return false;
  scan.reordered = true;
  const close = scan.format.indexOf("]", scan.at);
  if (close < 0 || scan.format.length - scan.at < 3) {
    scan.goodIndex = false;
    scan.at++;
    return false;
  }
  const inside = scan.format.slice(scan.at + 1, close);
  scan.at = close + 1;
  if (!/^[0-9]+$/.test(inside) || Number(inside) > 1e6) {
    scan.goodIndex = false;
    return false;
  }
  const index = Number(inside) - 1;
  if (index >= 0 && index < scan.args.length) scan.index = index;
  else scan.goodIndex = false;
  return true;
}

/** The next argument as a width or a precision; undefined when it is no sensible integer. */
function intArgument(scan: Scan): number | undefined {
  if (scan.index >= scan.args.length) return undefined;
  const arg = scan.args[scan.index++];
  const kind = kindOf(arg);
  const number = kind === "int" || kind === "uint" ? numberOf(arg) : undefined;
  return number === undefined || Math.abs(number) > 1e6 ? undefined : number;
}

function digits(scan: Scan): number | undefined {
  const start = scan.at;
  while (/[0-9]/.test(scan.format[scan.at] ?? "")) scan.at++;
  if (scan.at === start) return undefined;
  const number = Number(scan.format.slice(start, scan.at));
  return number > 1e6 ? undefined : number;
}
