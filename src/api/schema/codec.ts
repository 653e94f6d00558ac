import type { JsonObject } from "../json.ts";
import { ParseError } from "../meta/parse-error.ts";
import type { KubeObject } from "../object.ts";
import { badRequest } from "../status.ts";
import { jsonKind, readGoValue } from "./decode.ts";
import { writeGoValue } from "./encode.ts";
import { loadGoType } from "./go-types.ts";

export type FieldValidation = "Strict" | "Warn" | "Ignore";

/** Bodies of one kind and version, between JSON and what the server keeps. */
export interface Codec {
  /**
   * What the API server makes of a body, before defaults: zero values that it writes are there (`spec: {}`), lists that may not be absent are empty, no member is
   * null. `strictErrors` (`unknown field "spec.portz"`) are the warnings of mode Warn. `duplicates` are the paths of keys that the body's text had twice.
   * Throws ApiError (BadRequest) for values of a wrong type and, in mode Strict, for strict errors.
   */
  decode(
    body: JsonObject,
    mode: FieldValidation,
    duplicates?: readonly string[],
  ): { object: KubeObject; strictErrors: string[] };
  /** The object as the server stores and sends it: zero values as the Go type writes them, nulls included (`endpoints: null`). */
  encode(object: KubeObject): KubeObject;
}

/** The codec of a kind in one version, `Scale` of autoscaling/v1 and the like included; undefined: no such kind. */
export async function loadCodec(ref: { group: string; version: string; kind: string }): Promise<Codec | undefined> {
  const type = await loadGoType(ref);
  if (!type) return undefined;
  const apiVersion = ref.group ? `${ref.group}/${ref.version}` : ref.version;
  // Models apiserver pkg/endpoints/handlers/rest.go (transformDecodeError).
  const refuse = (message: string) =>
    badRequest(`${ref.kind} in version "${ref.version}" cannot be handled as a ${ref.kind}: ${message}`);
  const unrecognized = (body: JsonObject, message: string) => {
    const text = JSON.stringify(body);
    const start = text.length > 30 ? `${text.slice(0, 30)} ...` : text;
    return badRequest(
      `the object provided is unrecognized (must be of type ${ref.kind}): couldn't get version/kind; json parse error: ${message} (${start})`,
    );
  };
  return {
    decode(body, mode, duplicates = []) {
      const { value, strictErrors: unknown } = read(body);
      const strictErrors = [...duplicates.map((path) => `duplicate field "${path}"`), ...unknown].slice(0, 100);
      if (mode === "Strict" && strictErrors.length) throw refuse(`strict decoding error: ${strictErrors.join(", ")}`);
      const object = { ...writeGoValue(value, type, false), apiVersion, kind: ref.kind };
      return { object: object as unknown as KubeObject, strictErrors: mode === "Ignore" ? [] : strictErrors };
    },
    encode(object) {
      return writeGoValue(object as JsonObject, type, true) as unknown as KubeObject;
    },
  };

  function read(body: JsonObject): ReturnType<typeof readGoValue> {
    for (const member of ["apiVersion", "kind"]) {
      const value = body[member] ?? "";
      // Read before the rest, to know what the rest is.
      if (typeof value !== "string")
        throw unrecognized(
          body,
          `json: cannot unmarshal ${jsonKind(value)} into Go struct field .${member} of type string`,
        );
    }
    try {
      return readGoValue(body, type!);
    } catch (error) {
      if (error instanceof ParseError) throw refuse(error.message);
      throw error;
    }
  }
}
