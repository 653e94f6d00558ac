import type { Json, JsonObject } from "../api/json.ts";
import type { KubeObject } from "../api/object.ts";
import { decode, decodeApplied, decodePatched, encode, type TypeRef, withoutEmpty } from "../api/schema/decode.ts";
import { badRequest } from "../api/status.ts";
import { unknownMembers } from "./json-patches.ts";
import { dedupOwnerReferences } from "./owner-references.ts";
import { contextOf, type Request } from "./request.ts";

/**
 * Decodes what a client sent, and fills the defaults. `tellsEmpty`: empty lists and maps are told from none until the object is encoded, which the rules for
 * what is made anew do. @throws ApiError BadRequest
 */
export async function decodeBody(request: Request, body: JsonObject, tellsEmpty = false): Promise<KubeObject> {
  const sent = request.trusted
    ? (body as unknown as KubeObject)
    : await decoded(request, body, typeOf(request), tellsEmpty);
  sent.apiVersion = request.apiVersion;
  sent.kind = request.info.kind;
  sent.metadata ??= {};
  return await defaulted(request, sent);
}

/** A body of a kind of its own, that of a subresource: without defaults. @throws ApiError BadRequest */
export async function decodeOtherBody(request: Request, type: TypeRef, body: JsonObject): Promise<KubeObject> {
  const sent = await decoded(request, body, type);
  sent.metadata ??= {};
  matchNamespace(request, sent);
  dedupOwnerReferences(request, sent);
  return sent;
}

/** The same for what a patch makes of the stored object; of another `type`, it has no defaults. @throws ApiError Invalid */
export async function decodePatchedBody(
  request: Request,
  patched: JsonObject,
  patch: { type: "strategic" | "merge" | "json"; body: Json },
  type?: TypeRef,
): Promise<KubeObject> {
  const mode = request.fieldValidation;
  let duplicates = request.duplicates.map((path) => `duplicate field "${path}"`);
  if (patch.type === "json") {
    duplicates = [...duplicates, ...unknownMembers(patch.body)].map((problem) => `json patch ${problem}`);
  }
  if (mode === "Strict" && duplicates.length > 0) throw badRequest(`strict decoding error: ${duplicates.join(", ")}`);
  const { object, strictErrors } = await decodePatched(
    type ?? typeOf(request),
    patched,
    patch,
    mode,
    request.behaviour.tellsEmpty,
  );
  if (mode !== "Ignore") request.warnings.push(...duplicates, ...strictErrors);
  return type ? object : await defaulted(request, object);
}

/** The same for what a server-side apply makes. @throws ApiError */
export async function decodeAppliedBody(
  request: Request,
  merged: JsonObject,
  name: string,
  type?: TypeRef,
  tellsEmpty = false,
): Promise<KubeObject> {
  const object = await decodeApplied(type ?? typeOf(request), merged, name, tellsEmpty);
  object.metadata ??= {};
  return type ? object : await defaulted(request, object);
}

/** In the stored version, with its defaults. */
async function defaulted(request: Request, sent: KubeObject): Promise<KubeObject> {
  const object =
    request.apiVersion === request.storedVersion
      ? sent
      : await (await import("./versions.ts")).inStoredVersion(request, sent);
  request.behaviour.setDefaults?.(object, contextOf(request));
  return object;
}

async function decoded(
  request: Request,
  body: JsonObject,
  type = typeOf(request),
  tellsEmpty = false,
): Promise<KubeObject> {
  const { object, strictErrors } = await decode(type, body, request.fieldValidation, request.duplicates, tellsEmpty);
  request.warnings.push(...strictErrors);
  return object;
}

/** The object without the empty lists and maps that were told from none; inside lists, which have one owner as a whole, they stay. */
export async function bare(request: Request, object: KubeObject): Promise<KubeObject> {
  return await withoutEmpty(typeOfVersion(request, request.storedVersion), object);
}

/** The object as it is stored and sent: with the zero values that the Go types write. */
export async function encoded(request: Request, object: KubeObject): Promise<KubeObject> {
  return await encode(typeOfVersion(request, request.storedVersion), object);
}

function typeOf(request: Request): TypeRef {
  return typeOfVersion(request, request.apiVersion);
}

/** The kind of a request in a version: `v1`, `autoscaling/v2`. */
export function typeOfVersion({ info }: Request, apiVersion: string): TypeRef {
  const slash = apiVersion.indexOf("/");
  return { group: slash < 0 ? "" : apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1), kind: info.kind };
}

/** The namespace of the path and that of the body agree. Models apiserver pkg/registry/rest EnsureObjectNamespaceMatchesRequestNamespace. */
export function matchNamespace(request: Request, object: KubeObject): void {
  const own = object.metadata.namespace ?? "";
  if (!request.info.namespaced) {
    if (own !== "") delete object.metadata.namespace;
    return;
  }
  if (own === "") object.metadata.namespace = request.namespace;
  else if (own !== request.namespace)
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
}
