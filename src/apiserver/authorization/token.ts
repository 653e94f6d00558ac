import { isObject, type JsonObject } from "../../api/json.ts";
import { keyedUuid } from "../../api/keyed-random.ts";
import { updateManagedFields } from "../../api/managed-fields/update.ts";
import type { KubeObject } from "../../api/object.ts";
import { kindByResource } from "../../api/registry.ts";
import { encode } from "../../api/schema/decode.ts";
import { loadSchema } from "../../api/schema/load.ts";
import { timestamp } from "../../api/snapshot.ts";
import { badRequest, conflict, type FieldError, field, invalid } from "../../api/status.ts";
import type { User } from "../../api/types/user.ts";
import { sha256 } from "../../platform/crypto.ts";
import { decodeOtherBody } from "../decode-body.ts";
import { existing, type Request } from "../request.ts";
import type { World } from "../world.ts";
import { serviceAccountGroups, serviceAccountName } from "./user.ts";

const TYPE = { group: "authentication.k8s.io", version: "v1", kind: "TokenRequest" };
const ISSUER = "https://kubernetes.default.svc.cluster.local";
const HOUR = 3600;
const SHORTEST = 600;

interface TokenSpec {
  audiences?: string[];
  expirationSeconds?: number;
  boundObjectRef?: { kind?: string; apiVersion?: string; name?: string; uid?: string };
}

interface Claims {
  aud: string[];
  exp: number;
  jti: string;
  "kubernetes.io": { namespace: string; serviceaccount: { name: string; uid: string } };
  [claim: string]: unknown;
}

/**
 * A POST to `serviceaccounts/NAME/token`. The token has the claims of a real one; it is signed with the cluster's seed and no RSA key.
 * Models kubernetes pkg/registry/core/serviceaccount/storage/token.go and pkg/serviceaccount/claims.go. @throws ApiError
 */
export async function requestToken(request: Request, name: string, body: JsonObject): Promise<KubeObject> {
  const { world, namespace } = request;
  const object = await decodeOtherBody(request, TYPE, body);
  const spec = (object.spec ?? {}) as TokenSpec;
  // Before anything is filled in but what has a default.
  const sent = {
    ...object,
    spec: { ...spec, expirationSeconds: spec.expirationSeconds ?? HOUR },
  } as unknown as KubeObject;
  const { metadata } = object;
  if ((metadata.name ?? name) !== name) {
    const text = "must match the service account name if specified";
    throw invalid(TYPE, name, [field.invalid("metadata.name", metadata.name, text)]);
  }
  const account = existing({ ...request, subresource: "" }, name);
  const uid = account.metadata.uid ?? "";
  if (metadata.uid && metadata.uid !== uid) {
    const why = `the UID in the token request (${metadata.uid}) does not match the UID of the service account (${uid})`;
    throw conflict({ group: TYPE.group, resource: TYPE.kind }, name, why);
  }
  const audiences = spec.audiences?.length ? spec.audiences : [ISSUER];
  const { expirationSeconds } = sent.spec as { expirationSeconds: number };
  const errors = problems(expirationSeconds);
  if (errors.length > 0) throw invalid(TYPE, "", errors);
  const bound = spec.boundObjectRef ? boundObject(request, name, spec.boundObjectRef) : {};
  const now = world.objects.now;
  const seconds = Math.floor(now / 1000);
  const version = world.header.resourceVersion;
  const claims: Claims = {
    aud: audiences,
    exp: seconds + expirationSeconds,
    iat: seconds,
    iss: ISSUER,
    jti: keyedUuid(world.header.seed, "token", namespace, name, now, version),
    "kubernetes.io": { namespace, ...bound, serviceaccount: { name, uid } },
    nbf: seconds,
    sub: serviceAccountName(namespace, name),
  };
  return await encode(TYPE, {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    metadata: {
      ...metadata,
      name,
      namespace,
      uid,
      creationTimestamp: timestamp(now),
      ...(await ownersOf(request, sent)),
    },
    spec: { ...spec, audiences, expirationSeconds },
    status: {
      expirationTimestamp: timestamp(now + expirationSeconds * 1000),
      token: signed(world.header.seed, claims),
    },
  } as unknown as KubeObject);
}

/** Who has sent it owns what it says. */
async function ownersOf({ manager, world }: Request, next: KubeObject) {
  const managedFields = updateManagedFields({
    manager,
    apiVersion: `${TYPE.group}/${TYPE.version}`,
    subresource: "token",
    now: world.objects.now,
    schema: await loadSchema(TYPE),
    resetFields: [],
    live: undefined,
    next,
  });
  return managedFields ? { managedFields } : {};
}

/** Models pkg/apis/authentication/validation. */
function problems(seconds: number): FieldError[] {
  const path = "spec.expirationSeconds";
  if (seconds < SHORTEST) return [field.invalid(path, seconds, "may not specify a duration less than 10 minutes")];
  if (seconds > 2 ** 32) return [field.invalid(path, seconds, "may not specify a duration larger than 2^32 seconds")];
  return [];
}

/** The claim about the object that the token lives no longer than. */
function boundObject(request: Request, account: string, ref: NonNullable<TokenSpec["boundObjectRef"]>): JsonObject {
  const { kind = "", name = "" } = ref;
  const { group, version } = groupVersionOf(ref.apiVersion ?? "");
  const resource = group === "" ? BINDABLE[kind] : undefined;
  if (!resource) throw badRequest(`cannot bind token to object of type ${group}/${version}, Kind=${kind}`);
  const { objects } = request.world;
  const namespace = kind === "Node" ? "" : request.namespace;
  const object = existing({ ...request, info: kindByResource(resource)!, key: resource, namespace }, name);
  const { serviceAccountName: owner = "default", nodeName } = (object.spec ?? {}) as Record<string, string | undefined>;
  if (kind === "Pod" && owner !== account)
    throw badRequest(
      `cannot bind token for serviceaccount "${account}" to pod running with different serviceaccount name.`,
    );
  const uid = object.metadata.uid ?? "";
  if (ref.uid && ref.uid !== uid)
    throw conflict(
      { group: "", resource: kind },
      name,
      `the UID in the bound object reference (${ref.uid}) does not match the UID in record. The object might have been deleted and then recreated`,
    );
  const node = kind === "Pod" && nodeName ? objects.get("nodes", "", nodeName) : undefined;
  return {
    ...(node ? { node: { name: nodeName!, uid: node.metadata.uid ?? "" } } : {}),
    [kind.toLowerCase()]: { name, uid },
  };
}

/** Any version is one of the group; what cannot be read is none of the core group. Models schema.FromAPIVersionAndKind. */
function groupVersionOf(apiVersion: string): { group: string; version: string } {
  const parts = apiVersion.split("/");
  if (parts.length === 2) return { group: parts[0]!, version: parts[1]! };
  return { group: "", version: parts.length === 1 ? apiVersion : "" };
}

const BINDABLE: Readonly<Record<string, string>> = { Pod: "pods", Secret: "secrets", Node: "nodes" };

function signed(seed: string, claims: Claims): string {
  const kid = base64(Buffer.from(sha256(`${seed} key`), "hex"));
  const content = [{ alg: "RS256", kid }, claims].map((part) => base64(Buffer.from(JSON.stringify(part)))).join(".");
  return `${content}.${signature(seed, content)}`;
}

/** 256 bytes, as long as an RSA signature is. */
function signature(seed: string, content: string): string {
  const parts = [0, 1, 2, 3, 4, 5, 6, 7].map((at) => sha256(`${seed} signature ${at} ${content}`));
  return base64(Buffer.from(parts.join(""), "hex"));
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64url");
}

/** Whose token it is. Models pkg/registry/authentication/tokenreview. */
export function reviewToken(world: World, object: KubeObject): KubeObject {
  const { token = "", audiences = [] } = (object.spec ?? {}) as { token?: string; audiences?: string[] };
  if (token === "") throw badRequest("token is required for TokenReview in authentication");
  return { ...object, status: tokenStatus(world, token, audiences) } as unknown as KubeObject;
}

/** Whose token it is; undefined for one that is not good. */
export function userOfToken(world: World, token: string): User | undefined {
  const { user } = tokenStatus(world, token, []) as unknown as { user: { username?: string } & Omit<User, "name"> };
  const { username, ...more } = user;
  return username === undefined ? undefined : { name: username, ...more };
}

function tokenStatus(world: World, token: string, audiences: readonly string[]): JsonObject {
  const claims = claimsOf(world.header.seed, token);
  if (!claims) return { user: {}, error: "invalid bearer token" };
  const { namespace, serviceaccount } = claims["kubernetes.io"];
  const account = world.objects.get("serviceaccounts", namespace, serviceaccount.name);
  const meant = claims.aud.filter((one) => (audiences.length > 0 ? audiences : [ISSUER]).includes(one));
  const late = claims.exp * 1000 < world.objects.now;
  if (late || meant.length === 0 || account?.metadata.uid !== serviceaccount.uid)
    return { user: {}, error: "invalid bearer token" };
  return {
    authenticated: true,
    user: {
      username: serviceAccountName(namespace, serviceaccount.name),
      uid: serviceaccount.uid,
      groups: [...serviceAccountGroups(namespace), "system:authenticated"],
      extra: { "authentication.kubernetes.io/credential-id": [`JTI=${claims.jti}`] },
    },
    audiences: meant,
  };
}

/** What a token of this cluster says; undefined for any other text. */
function claimsOf(seed: string, token: string): Claims | undefined {
  const [head = "", body = "", mark = ""] = token.split(".");
  if (signature(seed, `${head}.${body}`) !== mark) return undefined;
  const claims: unknown = JSON.parse(Buffer.from(body, "base64url").toString("utf8"));
  return isObject(claims as JsonObject) ? (claims as Claims) : undefined;
}
