import { goQuote } from "../encoding/go-quote.ts";
import { formatGoValue } from "../encoding/go-value.ts";
import { escapeAsGo } from "../encoding/json-emit.ts";
import { type Json, type JsonObject, sortedKeys } from "../json.ts";
import { ParseError } from "../meta/parse-error.ts";
import type { KubeObject } from "../object.ts";
import { jsonShape } from "../patch/go-values.ts";
import { kinds } from "../registry.ts";
import { ApiError, badRequest, field, invalid, notSimulated } from "../status.ts";
import { convertGoValue } from "./go-convert.ts";
import { readGoValue } from "./go-read.ts";
import { type GoType, loadGoType } from "./go-types.ts";
import { writeGoValue } from "./go-write.ts";

export type FieldValidation = "Strict" | "Warn" | "Ignore";

/** A kind in one version: a `KindInfo` is one, and so is `{ group: "autoscaling", version: "v1", kind: "Scale" }`. */
export interface TypeRef {
  group: string;
  version: string;
  kind: string;
}

/**
 * What the API server makes of a body, before defaults: zero values that it writes are there (`spec: {}`), lists that may not be absent are empty, no member is
 * null, quantities and times have the server's form. `strictErrors` (`unknown field "spec.portz"`) are the warnings of mode Warn. `duplicates` are the paths of
 * keys that the body's text had twice. With `tellsEmpty`, empty lists and maps that were sent are there, where otherwise they are none.
 * Models apiserver pkg/endpoints/handlers (create.go, rest.go). @throws ApiError BadRequest for values of a wrong type and, in mode Strict, for strict errors
 */
export async function decode(
  ref: TypeRef,
  body: JsonObject,
  mode: FieldValidation,
  duplicates: readonly string[] = [],
  tellsEmpty = false,
): Promise<{ object: KubeObject; strictErrors: string[] }> {
  const type = await typeOf(ref);
  checkTypeMeta(ref, body);
  const problem = kindProblem(ref, body);
  if (problem !== undefined) {
    const version = String(body.apiVersion || ref.version)
      .split("/")
      .at(-1)!;
    throw badRequest(`${body.kind || ref.kind} in version "${version}" cannot be handled as a ${ref.kind}: ${problem}`);
  }
  const { value, strictErrors: unknown } = read(ref, body, type);
  const strictErrors = [...duplicates.map((path) => `duplicate field "${path}"`), ...unknown].slice(0, 100);
  if (mode === "Strict" && strictErrors.length)
    throw cannotBeHandled(ref, `strict decoding error: ${strictErrors.join(", ")}`);
  const object = finish(ref, value, type, tellsEmpty);
  return { object, strictErrors: mode === "Ignore" ? [] : strictErrors };
}

/**
 * The same for the outcome of a patch, whose problems the server words otherwise: they are problems of the field `patch`. `patch` is the body of the request.
 * Models apiserver pkg/endpoints/handlers/patch.go (applyPatchToObject, applyPatchToCurrentObject). @throws ApiError Invalid
 */
export async function decodePatched(
  ref: TypeRef,
  patched: JsonObject,
  patch: { type: "strategic" | "merge" | "json"; body: Json },
  mode: FieldValidation,
  tellsEmpty = false,
): Promise<{ object: KubeObject; strictErrors: string[] }> {
  const type = await typeOf(ref);
  const strategic = patch.type === "strategic";
  const refuse = (message: string) =>
    invalid({ group: "", kind: "" }, "", [
      field.invalid("patch", strategic ? formatGoValue(patch.body) : escapeAsGo(JSON.stringify(patched)), message),
    ]);
  if (!strategic) checkKind(ref, patched, refuse);
  const { value, strictErrors } = strategic || patched.apiVersion ? run() : readInternal(patched);
  if (mode === "Strict" && strictErrors.length) throw refuse(`strict decoding error: ${strictErrors.join(", ")}`);
  const object = finish(ref, value, type, tellsEmpty);
  return { object, strictErrors: mode === "Ignore" ? [] : strictErrors };

  function run(): ReturnType<typeof readGoValue> {
    try {
      return strategic ? convertGoValue(patched, type) : readGoValue(patched, type);
    } catch (error) {
      if (error instanceof ParseError) throw refuse(error.message);
      throw error;
    }
  }
}

/**
 * The same for what a server-side apply makes, in which unknown fields were found before. `name` is `namespace/name` of what was applied. Models
 * apimachinery pkg/util/managedfields/internal/structuredmerge.go. @throws ApiError without a reason
 */
export async function decodeApplied(
  ref: TypeRef,
  merged: JsonObject,
  name: string,
  tellsEmpty = false,
): Promise<KubeObject> {
  const type = await typeOf(ref);
  try {
    return finish(ref, convertGoValue(merged, type).value, type, tellsEmpty);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const kind = `${ref.group}/${ref.version}, Kind=${ref.kind}`;
    const message = `failed to convert new object (${name}; ${kind}) to proper version: unable to convert unstructured object to ${kind}: ${error.message}`;
    throw new ApiError({ code: 500, message });
  }
}

/**
 * A document without a version is read into the server's internal type, whose fields have no names in JSON: nothing is found in it. Models
 * gvkWithDefaults of apimachinery pkg/runtime/serializer/json.
 */
function readInternal(patched: JsonObject): ReturnType<typeof readGoValue> {
  const fields = sortedKeys(patched).filter((key) => key !== "kind" && key !== "apiVersion");
  return { value: {}, strictErrors: fields.map((key) => `unknown field ${goQuote(key)}`) };
}

/** A patch may name another kind, which cannot become this one. Models runtime.DecodeInto of the codec and Scheme.New. */
function checkKind(ref: TypeRef, patched: JsonObject, refuse: (message: string) => ApiError): void {
  const problem = typeMetaProblem(patched) ?? kindProblem(ref, patched, true);
  if (problem !== undefined) throw refuse(problem);
}

/** Why what a body says it is cannot become the kind of the request. `isPatched`: it was a patch that said so, of the server's internal version. */
function kindProblem(ref: TypeRef, body: JsonObject, isPatched = false): string | undefined {
  const own = ref.group ? `${ref.group}/${ref.version}` : ref.version;
  const apiVersion = body.apiVersion || own;
  const kind = body.kind || ref.kind;
  if (typeof apiVersion !== "string" || typeof kind !== "string") return undefined;
  const [version = "", group = ""] = apiVersion.split("/").reverse();
  const known = kinds.some((info) => info.group === group && info.kind === kind && info.versions.includes(version));
  if (kind === ref.kind && group === ref.group && (known || version === ref.version)) return undefined;
  if (!known && isPatched && !body.apiVersion)
    return `no kind ${goQuote(kind)} is registered for the internal version of group "${ref.group}" in scheme "pkg/runtime/scheme.go:111"`;
  if (!known) return notRegistered(kind, apiVersion);
  const internal = ref.group === "" || ref.group === "events.k8s.io" ? "core" : ref.group.split(".")[0];
  return `converting (${version}.${kind}) to (${internal}.${ref.kind}): unknown conversion`;
}

/** Models runtime.notRegisteredErr of apimachinery. */
export function notRegistered(kind: string, apiVersion: string): string {
  return `no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`;
}

export function finish(ref: TypeRef, value: JsonObject, type: GoType, tellsEmpty = false): KubeObject {
  const apiVersion = ref.group ? `${ref.group}/${ref.version}` : ref.version;
  return {
    ...writeGoValue(value, type, tellsEmpty ? "told" : "bare"),
    apiVersion,
    kind: ref.kind,
  } as unknown as KubeObject;
}

/** The object as the server stores and sends it: zero values as the Go type writes them, nulls included (`endpoints: null`), unknown fields dropped. */
export async function encode(ref: TypeRef, object: KubeObject): Promise<KubeObject> {
  return writeGoValue(object as JsonObject, await typeOf(ref), "sent") as unknown as KubeObject;
}

/** The object without the empty lists and maps that `decode` has kept, but for those inside lists. */
export async function withoutEmpty(ref: TypeRef, object: KubeObject): Promise<KubeObject> {
  return writeGoValue(object as JsonObject, await typeOf(ref), "listed") as unknown as KubeObject;
}

export async function typeOf(ref: TypeRef): Promise<GoType> {
  const type = await loadGoType(ref);
  if (!type) throw notSimulated(`${ref.kind} in version ${ref.group ? `${ref.group}/` : ""}${ref.version}`);
  return type;
}

function read(ref: TypeRef, body: JsonObject, type: GoType): ReturnType<typeof readGoValue> {
  try {
    return readGoValue(body, type);
  } catch (error) {
    if (error instanceof ParseError) throw cannotBeHandled(ref, error.message);
    throw error;
  }
}

function cannotBeHandled({ kind, version }: TypeRef, message: string): ApiError {
  return badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${message}`);
}

/** apiVersion and kind are read before the rest, to know what the rest is: their errors are worded otherwise. */
function checkTypeMeta(ref: TypeRef, body: JsonObject): void {
  const problem = typeMetaProblem(body);
  if (problem === undefined) return;
  const text = JSON.stringify(body);
  const start = text.length > 30 ? `${text.slice(0, 30)} ...` : text;
  throw badRequest(`the object provided is unrecognized (must be of type ${ref.kind}): ${problem} (${start})`);
}

/** Models json.SimpleMetaFactory.Interpret of apimachinery. */
export function typeMetaProblem(body: JsonObject): string | undefined {
  for (const member of ["apiVersion", "kind"]) {
    const value = body[member] ?? "";
    if (typeof value === "string") continue;
    return `couldn't get version/kind; json parse error: json: cannot unmarshal ${jsonShape(value)} into Go struct field .${member} of type string`;
  }
  return undefined;
}
