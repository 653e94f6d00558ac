import { JsonSyntaxError, readJson } from "../api/encoding/json-read.ts";
import { isObject, type JsonObject } from "../api/json.ts";
import { jsonShape } from "../api/patch/go-values.ts";
import { apiVersionOf, type KindInfo, kinds } from "../api/registry.ts";
import { notRegistered } from "../api/schema/decode.ts";
import { type ApiError, badRequest } from "../api/status.ts";

/** How many bytes of a body a refusal shows. */
const SHOWN = 30;

/**
 * The body of a request on a path, which may leave its kind to the path. Models the handlers of apiserver pkg/endpoints
 * (transformDecodeError, summarizeData). @throws ApiError BadRequest
 */
export function readRawBody(text: string, info: KindInfo, version: string): { body: JsonObject; duplicates: string[] } {
  const wrong = (why: string) => unrecognized(text, info.kind, why);
  const { body, duplicates } = readDocument(text, wrong);
  const own = apiVersionOf(info, version);
  const kind = body.kind || info.kind;
  const apiVersion = body.apiVersion || own;
  if (kind !== info.kind || apiVersion !== own) throw wrongKind(String(kind), String(apiVersion), info);
  return { body, duplicates };
}

/** The same for a subresource, whose body is of a kind of its own. @throws ApiError BadRequest */
export function readAnyBody(text: string, kind: string): JsonObject {
  return readDocument(text, (why) => unrecognized(text, kind, why)).body;
}

/**
 * A JSON object whose `apiVersion` and `kind`, where they are given, are strings; null is an empty one. What is wrong is thrown as `wrong`
 * words it. Models apimachinery's SimpleMetaFactory.Interpret.
 */
export function readDocument(
  text: string,
  wrong: (why: string) => ApiError,
): { body: JsonObject; duplicates: string[] } {
  const refuse = (why: string) => wrong(`couldn't get version/kind; json parse error: ${why}`);
  const { value, duplicates } = parse(text, refuse);
  const body = value ?? {};
  if (!isObject(body)) {
    throw refuse(
      `json: cannot unmarshal ${jsonShape(body)} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    );
  }
  for (const member of ["apiVersion", "kind"]) {
    const given = body[member] ?? "";
    if (typeof given !== "string")
      throw refuse(`json: cannot unmarshal ${jsonShape(given)} into Go struct field .${member} of type string`);
  }
  return { body, duplicates };
}

function parse(text: string, refuse: (why: string) => ApiError) {
  try {
    return readJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw refuse(error.message);
  }
}

function unrecognized(text: string, kind: string, why: string): ApiError {
  return badRequest(`the object provided is unrecognized (must be of type ${kind}): ${why} (${summary(text)})`);
}

function summary(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length === 0) return "<empty>";
  const form = bytes[0] === 0x7b ? "utf8" : "hex";
  const shown = bytes.subarray(0, SHOWN).toString(form);
  return bytes.length > SHOWN ? `${shown} ...` : shown;
}

function wrongKind(kind: string, apiVersion: string, info: KindInfo): ApiError {
  const [version = "", group = ""] = apiVersion.split("/").reverse();
  const known = kinds.some((one) => one.kind === kind && one.group === group && one.versions.includes(version));
  const why = known
    ? `converting (${version}.${kind}) to (${packageOf(info.group)}.${info.kind}): unknown conversion`
    : notRegistered(kind, apiVersion);
  return badRequest(`${kind} in version "${version}" cannot be handled as a ${info.kind}: ${why}`);
}

/** The Go package of a group's internal types. */
function packageOf(group: string): string {
  return group === "" ? "core" : group.split(".")[0]!;
}
