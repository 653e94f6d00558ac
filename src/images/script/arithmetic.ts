import { Unsupported } from "./program.ts";

type Read = (name: string) => string | undefined;
type Assign = (name: string, value: string) => void;

const LEVELS: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["|"],
  ["^"],
  ["&"],
  ["==", "!="],
  ["<=", ">=", "<", ">"],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
];

/** `$((…))` with the integer operators of C and assignments. @throws Unsupported */
export function arithmetic(text: string, read: Read, assign: Assign): number {
  const tokens = text.match(/\d+|[A-Za-z_]\w*|\+\+|--|<<|>>|[<>=!]=|[-+*/%]=|&&|\|\||[-+*/%<>=!~&|^?:()]|\S/g) ?? [];
  let at = 0;
  const value = (name: string) => Number.parseInt(read(name) || "0", 10) || 0;
  const store = (name: string, number: number) => {
    assign(name, String(number));
    return number;
  };
  const primary = (): number => {
    const token = tokens[at++];
    if (token === "(") {
      const inner = expression();
      if (tokens[at++] !== ")") throw new Unsupported("arithmetic");
      return inner;
    }
    if (token === "-") return -primary();
    if (token === "+") return primary();
    if (token === "!") return primary() === 0 ? 1 : 0;
    if (token === "~") return ~primary();
    if (token === "++" || token === "--") {
      const name = tokens[at++] ?? "";
      return store(name, value(name) + (token === "++" ? 1 : -1));
    }
    if (token === undefined) throw new Unsupported("arithmetic");
    if (/^\d/.test(token)) return Number(token);
    if (!/^[A-Za-z_]/.test(token)) throw new Unsupported("arithmetic");
    const next = tokens[at];
    if (next === "++" || next === "--") {
      at++;
      const before = value(token);
      store(token, before + (next === "++" ? 1 : -1));
      return before;
    }
    if (next === "=") {
      at++;
      return store(token, expression());
    }
    if (next !== undefined && /^[-+*/%]=$/.test(next)) {
      at++;
      return store(token, apply(next[0]!, value(token), expression()));
    }
    return value(token);
  };
  const binary = (level: number): number => {
    if (level === LEVELS.length) return primary();
    let left = binary(level + 1);
    while (LEVELS[level]!.includes(tokens[at] ?? "")) {
      const operator = tokens[at++]!;
      left = apply(operator, left, binary(level + 1));
    }
    return left;
  };
  const expression = (): number => {
    const condition = binary(0);
    if (tokens[at] !== "?") return condition;
    at++;
    const yes = expression();
    if (tokens[at++] !== ":") throw new Unsupported("arithmetic");
    const no = expression();
    return condition === 0 ? no : yes;
  };
  if (tokens.length === 0) return 0;
  const result = expression();
  if (at !== tokens.length) throw new Unsupported("arithmetic");
  return result;
}

function apply(operator: string, a: number, b: number): number {
  switch (operator) {
    case "||":
      return a !== 0 || b !== 0 ? 1 : 0;
    case "&&":
      return a !== 0 && b !== 0 ? 1 : 0;
    case "|":
      return a | b;
    case "^":
      return a ^ b;
    case "&":
      return a & b;
    case "==":
      return a === b ? 1 : 0;
    case "!=":
      return a !== b ? 1 : 0;
    case "<=":
      return a <= b ? 1 : 0;
    case ">=":
      return a >= b ? 1 : 0;
    case "<":
      return a < b ? 1 : 0;
    case ">":
      return a > b ? 1 : 0;
    case "<<":
      return a << b;
    case ">>":
      return a >> b;
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    default:
      if (b === 0) throw new Unsupported("division by zero");
      return operator === "/" ? Math.trunc(a / b) : a % b;
  }
}
