import { goQuote } from "../../api/encoding/go-quote.ts";
import { decodeText } from "../../api/encoding/text.ts";
import type { EnvVar } from "../../api/types/core.ts";
import { CommandError } from "../command.ts";
import { envNameErrors } from "../data-sources/env-file.ts";

/** Splits `deploy/web A=b C-` into resources and changes; undefined when they are mixed. Models SplitEnvironmentFromResources. */
export function splitEnv(args: readonly string[]): { resources: string[]; changes: string[] } | undefined {
  const resources: string[] = [];
  const changes: string[] = [];
  for (const word of args) {
    if (/^.+=.*$/ms.test(word) || word.endsWith("-")) changes.push(word);
    else if (changes.length === 0) resources.push(word);
    else return undefined;
  }
  return { resources, changes };
}

/** `A=b`, `C-`, and `-` for lines of standard input. Throws CommandError. Models kubectl pkg/cmd/set/env/env_parse.go. */
export async function parseEnv(
  words: readonly string[],
  readInput: () => Promise<Uint8Array>,
): Promise<{ env: EnvVar[]; remove: string[] }> {
  const env: EnvVar[] = [];
  const remove: string[] = [];
  const given = new Set<string>();
  for (const word of words) {
    if (word === "-") env.push(...readLines(decodeText(await readInput())));
    else if (word.includes("=")) {
      const variable = variableOf(word);
      const errors = envNameErrors(variable.name);
      if (errors.length > 0) {
        throw new CommandError(`${goQuote(variable.name)} is not a valid key name: ${errors.join(";")}`);
      }
      given.add(variable.name);
      env.push(variable);
    } else if (word.endsWith("-")) remove.push(word.slice(0, -1));
    else throw new CommandError(`unknown environment variable: ${word}`);
  }
  if (remove.some((name) => given.has(name))) {
    throw new CommandError("can not both modify and remove the same environment variable in the same command");
  }
  return { env, remove };
}

/** The server judges the names in these lines. */
function readLines(text: string): EnvVar[] {
  return text
    .split("\n")
    .map((line) => line.replace(/\r$/, "").split("#")[0]!)
    .filter((line) => line.includes("="))
    .map(variableOf);
}

function variableOf(text: string): EnvVar {
  const equals = text.indexOf("=");
  const value = text.slice(equals + 1);
  return { name: text.slice(0, equals), ...(value === "" ? {} : { value }) };
}

/** The list after the changes: what is set keeps its place, new ones follow. Models kubectl pkg/cmd/set/helper.go (updateEnv). */
export function updatedEnv(existing: readonly EnvVar[], env: readonly EnvVar[], remove: readonly string[]): EnvVar[] {
  const covered = new Set(remove);
  const result: EnvVar[] = [];
  for (const variable of existing) {
    if (covered.has(variable.name)) continue;
    const newer = env.find(({ name }) => name === variable.name);
    if (newer) covered.add(variable.name);
    result.push(newer ?? variable);
  }
  for (const variable of env) {
    if (covered.has(variable.name)) continue;
    covered.add(variable.name);
    result.push(variable);
  }
  return result;
}

/** Throws CommandError for a variable that has another value. */
export function refuseOverwrites(existing: readonly EnvVar[], env: readonly EnvVar[]): void {
  for (const { name, value = "" } of env) {
    const current = existing.find((variable) => variable.name === name);
    if (current && (current.value ?? "") !== value) {
      throw new CommandError(`'${name}' already has a value (${current.value ?? ""}), and --overwrite is false`);
    }
  }
}
