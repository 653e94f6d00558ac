import { goQuote } from "../../api/encoding/go-quote.ts";
import { JsonSyntaxError, readJson } from "../../api/encoding/json-read.ts";
import { DecodeError, readYaml, splitDocuments } from "../../api/encoding/yaml-read.ts";
import { isObject, type Json, type JsonObject } from "../../api/json.ts";
import { ParseError } from "../../api/meta/parse-error.ts";
import { jsonShape } from "../../api/patch/go-values.ts";
import { notRegistered } from "../../api/schema/decode.ts";
import { readGoValue } from "../../api/schema/go-read.ts";
import { loadGoType } from "../../api/schema/go-types.ts";
import { CommandError } from "../command.ts";
import { GROUP, KIND, type Preference } from "./preference.ts";

/** A file's preferences, and what a strict reader says against them. */
export interface DecodedPreference {
  preference: Preference;
  strictError?: string;
}

/** Tells of the reading at -v=5. `line` is that of kubectl pkg/kuberc/marshal.go. */
type Tell = (line: number, text: string) => void;

/**
 * The first document of a file that is a Preference; undefined of an empty file. Throws CommandError when there are others alone.
 * Models kubectl pkg/kuberc/marshal.go (decodePreference).
 */
export async function decodePreference(
  text: string,
  file: string,
  tell: Tell = () => {},
): Promise<DecodedPreference | undefined> {
  let attempted = 0;
  for (const document of splitDocuments(text)) {
    if (document.bad !== undefined) throw new CommandError(`invalid Yaml document separator: ${document.bad}`);
    if (document.text.trim() === "") continue;
    attempted++;
    try {
      const decoded = await decodeDocument(document.text);
      tell(94, `kuberc: using entry ${attempted} (${decoded.preference.apiVersion}) in ${file}`);
      return decoded;
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      tell(71, `kuberc: strict decoding error for entry ${attempted} in ${file}: ${error.message}`);
    }
  }
  if (attempted > 0) throw new CommandError(`no valid preferences found in ${file}, use --v=5 to see details`);
  tell(103, `kuberc: no preferences found in ${file}`);
  return undefined;
}

/** Throws ParseError. Models apimachinery pkg/runtime/serializer/json (Decode) and the conversions of kubectl pkg/config. */
async function decodeDocument(text: string): Promise<DecodedPreference> {
  const { json, duplicates } = parse(text);
  const version = versionOf(json, text);
  const body = json as JsonObject;
  const type = await loadGoType({ group: GROUP, version, kind: KIND });
  if (!type) throw new ParseError(notRegistered(String(body.kind), String(body.apiVersion)));
  const { value, strictErrors: unknown } = readGoValue(body, type);
  const preference = version === "v1alpha1" ? fromAlpha(value) : (value as Preference);
  for (const { name, command } of preference.credentialPluginAllowlist ?? [])
    if (name && command && name !== command)
      throw new ParseError(
        "both `Name` and `Command` were supplied with different values. `Name` is deprecated, use `Command` instead",
      );
  // A field that is unknown and there twice is told of once.
  const strictErrors = [...duplicates.filter((text) => !unknown.includes(text.replace("duplicate", "unknown")))];
  strictErrors.push(...unknown);
  if (strictErrors.length === 0) return { preference };
  return { preference, strictError: `strict decoding error: ${strictErrors.join(", ")}` };
}

function parse(text: string): { json: Json; duplicates: string[] } {
  try {
    if (/^\s*\{/.test(text)) {
      const { value, duplicates } = readJson(text);
      return { json: value, duplicates: duplicates.map((path) => `duplicate field ${goQuote(path)}`) };
    }
    const { json, duplicates } = readYaml(text);
    if (duplicates.length === 0) return { json, duplicates };
    return { json, duplicates: [`yaml: unmarshal errors:\n${duplicates.map((line) => `  ${line}`).join("\n")}`] };
  } catch (error) {
    if (error instanceof JsonSyntaxError) {
      const why = error.atEnd ? "unexpected end of JSON input" : error.message;
      throw new ParseError(`couldn't get version/kind; json parse error: ${why}`);
    }
    if (error instanceof DecodeError)
      throw new ParseError(error.message.replace("error converting YAML to JSON: ", ""));
    throw error;
  }
}

/** The version that a document says it is of. Throws ParseError. Models apimachinery pkg/runtime/serializer/json/meta.go. */
function versionOf(json: Json, text: string): string {
  const fail = (why: string) => new ParseError(`couldn't get version/kind; json parse error: ${why}`);
  if (json !== null && !isObject(json)) {
    const struct =
      'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
    throw fail(`json: cannot unmarshal ${jsonShape(json)} into Go value of type ${struct}`);
  }
  const { apiVersion, kind } = json ?? {};
  for (const [name, value] of Object.entries({ apiVersion, kind }))
    if (value !== undefined && value !== null && typeof value !== "string")
      throw fail(`json: cannot unmarshal ${jsonShape(value)} into Go struct field .${name} of type string`);
  if (typeof apiVersion === "string" && apiVersion.split("/").length > 2)
    throw new ParseError(`unexpected GroupVersion string: ${apiVersion}`);
  if (!kind) throw new ParseError(`Object 'Kind' is missing in '${text}'`);
  if (!apiVersion) throw new ParseError(`Object 'apiVersion' is missing in '${text}'`);
  const [version = "", group = ""] = String(apiVersion).split("/").reverse();
  if (kind !== KIND || group !== GROUP) throw new ParseError(notRegistered(String(kind), String(apiVersion)));
  return version;
}

/** Options were flags, and defaults overrides. Models kubectl pkg/config/v1alpha1/types.go. */
function fromAlpha({ overrides, aliases, ...rest }: JsonObject): Preference {
  const renamed = (list: Json | undefined) =>
    (list as JsonObject[] | undefined)?.map(({ flags, ...one }) =>
      flags === undefined ? one : { ...one, options: flags },
    );
  const preference: JsonObject = { ...rest };
  if (overrides !== undefined) preference.defaults = renamed(overrides)!;
  if (aliases !== undefined) preference.aliases = renamed(aliases)!;
  return preference as Preference;
}
