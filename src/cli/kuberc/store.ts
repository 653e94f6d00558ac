import { formatFloatG } from "../../api/encoding/go-number.ts";
import { emitYaml } from "../../api/encoding/yaml-emit.ts";
import { DecodeError, readYaml } from "../../api/encoding/yaml-read.ts";
import { getKey, isObject, type Json, type JsonObject, setKey, sortedKeys } from "../../api/json.ts";
import { ParseError } from "../../api/meta/parse-error.ts";
import { readGoValue } from "../../api/schema/go-read.ts";
import { type GoType, loadGoType } from "../../api/schema/go-types.ts";
import { type CommandContext, CommandError } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";
import { makeFolders, writeFile } from "../local-files.ts";
import { locateKuberc } from "./locate.ts";
import { GROUP, KIND, type Preference, printable } from "./preference.ts";

/** The file that `kuberc` works on. Throws CommandError. Models kubectl pkg/cmd/kuberc (Complete, Validate). */
export function kubercFile(flags: FlagValues, { processes: { env } }: Pick<CommandContext, "processes">): string {
  const place = locateKuberc(flags.string("kuberc"), env);
  if (place) return place.file;
  if (env.KUBERC === "off") throw new CommandError("KUBERC is disabled via KUBERC=off environment variable");
  throw new CommandError("there is no $HOME, below which the kuberc file would be; name one with --kuberc");
}

/** A file's text as preferences, whatever fields else it has; undefined of one that holds nothing. Throws CommandError. Models sigs.k8s.io/yaml Unmarshal. */
export async function parsePreference(text: string): Promise<Preference | undefined> {
  const fail = (why: string) => new CommandError(`error parsing kuberc file: ${why}`);
  let json: Json;
  try {
    ({ json } = readYaml(text));
  } catch (error) {
    if (error instanceof DecodeError) throw fail(error.message);
    throw error;
  }
  if (json === null) return undefined;
  try {
    // What is no object is refused by the reader, in its words.
    const type = await preferenceType();
    return readGoValue(withTexts(json, type) as JsonObject, type).value as Preference;
  } catch (error) {
    if (error instanceof ParseError) throw fail(`error unmarshaling JSON: while decoding JSON: ${error.message}`);
    throw error;
  }
}

/** A number or a truth value is a text where the type has one. Models sigs.k8s.io/yaml convertToJSONableObject. */
function withTexts(json: Json, type: GoType): Json {
  if (type.kind === "string") {
    if (typeof json === "number") return formatFloatG(json, 64, 21);
    return typeof json === "boolean" ? String(json) : json;
  }
  if (type.kind === "slice" && Array.isArray(json)) return json.map((item) => withTexts(item, type.item));
  if (type.kind !== "struct" || !isObject(json)) return json;
  const out: JsonObject = {};
  for (const key of sortedKeys(json)) {
    const field = type.fields.get(key);
    const value = getKey(json, key) as Json;
    setKey(out, key, field ? withTexts(value, field.type()) : value);
  }
  return out;
}

export async function preferenceType(): Promise<GoType> {
  const type = await loadGoType({ group: GROUP, version: "v1beta1", kind: KIND });
  if (!type) throw new TypeError("the table of kubectl's preferences is missing");
  return type;
}

/** Throws CommandError. Models kubectl pkg/kuberc/marshal.go (SavePreference). */
export function savePreference(
  preference: Preference,
  file: string,
  context: Pick<CommandContext, "files" | "processes" | "streams">,
): void {
  const folder = file.includes("/") ? file.replace(/\/[^/]*$/, "") || "/" : ".";
  const during = (what: string, work: () => void) => {
    try {
      work();
    } catch (error) {
      throw error instanceof CommandError ? new CommandError(`${what}: ${error.message}`) : error;
    }
  };
  during(`failed to create directory ${folder}`, () => makeFolders(folder, context));
  during("failed to write kuberc file", () => writeFile(file, emitYaml(printable(preference)), context));
  context.streams.out.write(`Updated ${file}\n`);
}
