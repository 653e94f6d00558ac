import { goQuote } from "../../api/encoding/go-quote.ts";
import { strictText } from "../../api/encoding/text.ts";
import { patternComplaint } from "../../api/meta/names.ts";
import { CommandError } from "../command.ts";

/**
 * The pairs of a file of `key=value` lines; a key alone takes its value from the environment. Throws CommandError.
 * Models kubectl pkg/cmd/util/env_file.go.
 */
export function readEnvFile(
  data: Uint8Array,
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): [key: string, value: string][] {
  const pairs: [string, string][] = [];
  let number = 0;
  for (const line of linesOf(Buffer.from(data))) {
    number++;
    let text = strictText(line);
    if (text === undefined)
      throw new CommandError(
        `env file ${path} contains invalid utf8 bytes at line ${number}: [${[...line].join(" ")}]`,
      );
    if (number === 1) text = text.replace(/^\ufeff/, "");
    text = text.replace(/^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/, "");
    if (text === "" || text.startsWith("#")) continue;
    const equals = text.indexOf("=");
    const key = equals < 0 ? text : text.slice(0, equals);
    const errors = envNameErrors(key);
    if (errors.length > 0) throw new CommandError(`${goQuote(key)} is not a valid key name: ${errors.join(";")}`);
    pairs.push([key, equals < 0 ? (env[key] ?? "") : text.slice(equals + 1)]);
  }
  return pairs;
}

function linesOf(data: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let at = 0; at < data.length; ) {
    const end = data.indexOf(10, at);
    const stop = end < 0 ? data.length : end;
    lines.push(data.subarray(at, stop > at && data[stop - 1] === 13 ? stop - 1 : stop));
    at = stop + 1;
  }
  return lines;
}

/** Models apimachinery pkg/util/validation IsEnvVarName. */
export function envNameErrors(key: string): string[] {
  const errors: string[] = [];
  if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(key)) {
    const text =
      "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit";
    errors.push(patternComplaint(text, "[-._a-zA-Z][-._a-zA-Z0-9]*", "my.env-name", "MY_ENV.NAME", "MyEnvName1"));
  }
  if (key === ".") errors.push("must not be '.'");
  else if (key === "..") errors.push("must not be '..'");
  else if (key.startsWith("..")) errors.push("must not start with '..'");
  return errors;
}
