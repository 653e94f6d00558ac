import { JsonSyntaxError, readJson } from "../../api/encoding/json-read.ts";
import { DecodeError, readYaml } from "../../api/encoding/yaml-read.ts";
import { isObject, type Json, type JsonObject } from "../../api/json.ts";
import { ApiError, badRequest } from "../../api/status.ts";
import type { HttpRequest, PatchType } from "../client.ts";

export interface RequestBody {
  value: Json;
  /** Paths of the keys that stand there twice. */
  duplicates: string[];
}

/** @throws ApiError BadRequest */
export function readBody(request: HttpRequest): RequestBody {
  if (request.body.trim() === "") return { value: {}, duplicates: [] };
  try {
    if (mediaType(request).endsWith("yaml")) {
      const { json, duplicates } = readYaml(request.body);
      return { value: json, duplicates };
    }
    const { value, duplicates } = readJson(request.body);
    return { value, duplicates };
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof DecodeError) throw badRequest(error.message);
    throw error;
  }
}

/** The body in JSON. @throws ApiError BadRequest */
export function jsonText(request: HttpRequest): string {
  return mediaType(request).endsWith("yaml") && request.body !== ""
    ? JSON.stringify(readBody(request).value)
    : request.body;
}

/** @throws ApiError BadRequest */
export function readObject(request: HttpRequest): { body: JsonObject; duplicates: string[] } {
  const { value, duplicates } = readBody(request);
  if (!isObject(value)) throw badRequest("couldn't get version/kind; json parse error: the body is not an object");
  return { body: value, duplicates };
}

const PATCHES: Readonly<Record<string, PatchType>> = {
  "application/json-patch+json": "json",
  "application/merge-patch+json": "merge",
  "application/strategic-merge-patch+json": "strategic",
  "application/apply-patch+yaml": "apply",
};

/** Models apiserver pkg/endpoints/handlers/patch.go. @throws ApiError UnsupportedMediaType */
export function patchType(request: HttpRequest): PatchType {
  const type = PATCHES[mediaType(request)];
  if (type) return type;
  throw new ApiError({
    reason: "UnsupportedMediaType",
    code: 415,
    message: `the body of the request was in an unknown format - accepted media types include: ${Object.keys(PATCHES).join(", ")}`,
  });
}

function mediaType(request: HttpRequest): string {
  return (request.headers["content-type"] ?? "application/json").split(";")[0]!.trim().toLowerCase();
}
