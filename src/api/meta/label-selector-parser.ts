import { compareStrings } from "../json.ts";
import { field } from "../status.ts";
import { labelKeyErrors } from "./names.ts";
import { ParseError } from "./parse-error.ts";
import { newRequirement, type Requirement, type RequirementOperator } from "./requirement.ts";

type TokenKind = ")" | "(" | "," | "!" | "=" | "==" | "!=" | "<" | ">" | "in" | "notin" | "identifier" | "end";
interface Token {
  kind: TokenKind;
  literal: string;
}

const binaryOperators: Partial<Record<TokenKind, RequirementOperator>> = {
  in: "in",
  notin: "notin",
  "=": "=",
  "==": "==",
  "!=": "!=",
  ">": "gt",
  "<": "lt",
};

function tokens(text: string): Token[] {
  const out: Token[] = [];
  for (const [literal] of text.matchAll(/==|!=|[=!(),<>]|[^=!(),<> \t\r\n]+/g)) {
    const symbol = /^[=!(),<>]/.test(literal) || literal === "in" || literal === "notin";
    out.push({ kind: symbol ? (literal as TokenKind) : "identifier", literal });
  }
  out.push({ kind: "end", literal: "" });
  return out;
}

/**
 * The requirements of a selector text such as `app=web,tier in (a,b),!old,n>3`, in the order written. Throws ParseError with the real texts. Models the
 * parser of k8s.io/apimachinery pkg/labels/selector.go.
 * @param path the field that the text comes from, for its errors
 */
export function parseRequirements(text: string, path = ""): Requirement[] {
  const scanned = tokens(text);
  let position = 0;
  /** `in` and `notin` are operators only where an operator may stand. */
  const asValue = (token: Token): Token =>
    token.kind === "in" || token.kind === "notin" ? { ...token, kind: "identifier" } : token;
  const peek = () => asValue(scanned[Math.min(position, scanned.length - 1)]!);
  const next = () => {
    const token = peek();
    position++;
    return token;
  };
  const fail = (message: string): never => {
    throw new ParseError(message);
  };

  function requirement(): Requirement {
    let token = next();
    const negated = token.kind === "!";
    if (negated) token = next();
    if (token.kind !== "identifier") fail(`found '${token.literal}', expected: identifier`);
    const key = token.literal;
    const keyErrors = labelKeyErrors(key);
    if (keyErrors.length) fail(`${path || "<nil>"}: ${field.invalid("", key, keyErrors.join("; ")).body}`);
    const following = peek().kind;
    // `!key` followed by anything is taken as it stands; what follows is complained about by the caller.
    if (negated) return newRequirement(key, "!", [], path);
    if (following === "end" || following === ",") return newRequirement(key, "exists", [], path);

    const operatorToken = scanned[position++]!;
    const operator =
      binaryOperators[operatorToken.kind] ??
      fail(`found '${operatorToken.literal}', expected: in, notin, =, ==, !=, gt, lt`);
    const values = operator === "in" || operator === "notin" ? valueList() : [exactValue()];
    return newRequirement(key, operator, [...new Set(values)].sort(compareStrings), path);
  }

  function valueList(): string[] {
    const open = next();
    if (open.kind !== "(") fail(`found '${open.literal}' expected: '('`);
    const first = peek();
    if (first.kind === ")") {
      next();
      return [""];
    }
    if (first.kind !== "identifier" && first.kind !== ",")
      fail(`found '${first.literal}', expected: ',', ')' or identifier`);
    const values = identifiers();
    next(); // identifiers() stops before the parenthesis alone
    return values;
  }

  /** Identifiers between commas, each of them possibly empty. */
  function identifiers(): string[] {
    const values: string[] = [];
    for (;;) {
      const token = next();
      if (token.kind === "identifier") {
        values.push(token.literal);
        const after = peek();
        if (after.kind === ")") return values;
        if (after.kind !== ",") fail(`found '${after.literal}', expected: ',' or ')'`);
      } else if (token.kind === ",") {
        if (!values.length) values.push("");
        const after = peek();
        if (after.kind === ")") return [...values, ""];
        if (after.kind === ",") values.push("");
      } else fail(`found '${token.literal}', expected: ',', or identifier`);
    }
  }

  function exactValue(): string {
    const after = peek();
    if (after.kind === "end" || after.kind === ",") return "";
    const token = next();
    if (token.kind !== "identifier") fail(`found '${token.literal}', expected: identifier`);
    return token.literal;
  }

  const requirements: Requirement[] = [];
  for (;;) {
    const token = peek();
    if (token.kind === "end") return requirements;
    if (token.kind !== "identifier" && token.kind !== "!")
      fail(`found '${token.literal}', expected: !, identifier, or 'end of string'`);
    try {
      requirements.push(requirement());
    } catch (error) {
      if (error instanceof ParseError) fail(`unable to parse requirement: ${error.message}`);
      throw error;
    }
    const separator = next();
    if (separator.kind === "end") return requirements;
    if (separator.kind !== ",") fail(`found '${separator.literal}', expected: ',' or 'end of string'`);
    const after = peek();
    if (after.kind !== "identifier" && after.kind !== "!")
      fail(`found '${after.literal}', expected: identifier after ','`);
  }
}
