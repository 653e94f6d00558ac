import { clone, type JsonObject } from "../api/json.ts";
import { keyedSuffix, keyedUuid } from "../api/keyed-random.ts";
import { validateObjectMeta } from "../api/meta/object-meta.ts";
import { nameIsDnsSubdomain, nameIsPathSegment } from "../api/meta/value-rules.ts";
import type { KubeObject } from "../api/object.ts";
import type { KindInfo } from "../api/registry.ts";
import { timestamp } from "../api/snapshot.ts";
import { ApiError, alreadyExists, conflict, type FieldError, invalid, notSimulated } from "../api/status.ts";
import { admitCreate, admitValid } from "./admission.ts";
import { allocateOnCreate } from "./allocate.ts";
import { decodeBody, encoded, matchNamespace } from "./decode-body.ts";
import { dedupOwnerReferences } from "./owner-references.ts";
import { recordOwnershipAsWritten } from "./ownership.ts";
import { contextOf, groupResourceOf, type Request, storedKind } from "./request.ts";
import { rememberUnshown, withoutUnshown } from "./unshown.ts";
import { nextResourceVersion, store } from "./world.ts";

/** Models apiserver pkg/registry/generic/registry Store.Create. @throws ApiError */
export async function create(request: Request, body: JsonObject): Promise<KubeObject> {
  const object = await decodeBody(request, request.trusted ? clone(body) : body, true);
  dedupOwnerReferences(request, object);
  return await insert(request, object);
}

/** The part of `create` behind the decoder: also where a server-side apply of a new object ends. */
export async function insert(
  request: Request,
  object: KubeObject,
  /** For a server-side apply, which has worked the owners out already. */
  owned = false,
): Promise<KubeObject> {
  const { world, info, key, behaviour } = request;
  refuseUnknownWork(info);
  matchNamespace(request, object);
  if (!owned) await recordOwnershipAsWritten(request, object, undefined, true);
  await admitCreate(request, object);
  fillSystemFields(request, object);
  if (request.key === "services") allocateOnCreate(request, object);
  const context = contextOf(request);
  if (info.subresources.includes("status") && behaviour.hasStatus !== false && !request.trusted) delete object.status;
  if (behaviour.hasGeneration) object.metadata.generation = 1;
  behaviour.prepareForCreate?.(object, context);
  const ofMetadata = metadataErrors(request, object);
  const own = [...(await signatureErrors(request, object)), ...(behaviour.validate?.(object, context) ?? [])];
  const errors = behaviour.metadataLast && own.length > 0 ? own : [...ofMetadata, ...own];
  if (errors.length) throw invalid(storedKind(info), object.metadata.name ?? "", errors);
  request.warnings.push(...(behaviour.warnings?.(object, undefined, context) ?? []));
  await admitValid(request, object);
  const name = object.metadata.name!;
  if (!request.dryRun) refuseVersion(object);
  const existing = world.objects.get(key, object.metadata.namespace ?? "", name);
  if (existing) throw alreadyExists(groupResourceOf(info), name);
  // As for what is read from the store: what the preparation has added may have defaults of its own.
  behaviour.setDefaults?.(object, context);
  // Models apiserver pkg/registry/generic/registry/dryrun.go: what never reaches the store gets no version, and is not held to one.
  if (request.dryRun) return withoutUnshown(request, ordered(await encoded(request, object)));
  rememberUnshown(request, object);
  object.metadata.resourceVersion = nextResourceVersion(world);
  const stored = ordered(await encoded(request, withoutUnshown(request, object)));
  store(world, key, stored, undefined);
  return stored;
}

function metadataErrors({ info, behaviour }: Request, { metadata }: KubeObject): FieldError[] {
  const { validateName, metadataLast, anyFinalizers } = behaviour;
  const rule = metadataLast ? nameIsPathSegment : (validateName ?? nameIsDnsSubdomain);
  return validateObjectMeta(metadata, info.namespaced, rule, "metadata", metadataLast || anyFinalizers);
}

/** Models Create of apiserver pkg/storage/etcd3/store.go: 0 is no version, and neither is what is no number. @throws ApiError */
function refuseVersion({ metadata }: KubeObject): void {
  if (/^\d+$/.test(metadata.resourceVersion ?? "") && Number(metadata.resourceVersion) !== 0)
    throw new ApiError({ code: 500, message: "resourceVersion should not be set on objects to be created" });
}

/** What only the platform's cryptography can tell of an object. */
async function signatureErrors({ key }: Request, object: KubeObject): Promise<FieldError[]> {
  if (key !== "certificatesigningrequests.certificates.k8s.io") return [];
  return (await import("./certificates.ts")).signatureErrors(object);
}

/** What a cluster does more than store: definitions of kinds, and questions that are created and never kept. */
function refuseUnknownWork(info: KindInfo): void {
  if (info.kind === "CustomResourceDefinition") throw notSimulated("CustomResourceDefinitions");
  if (!info.verbs.includes("get")) throw notSimulated(`creating ${info.kind} objects`);
}

/** uid, creationTimestamp and the name that generateName asks for. Models rest.FillObjectMetaSystemFields. */
function fillSystemFields(request: Request, object: KubeObject): void {
  const { world } = request;
  const meta = object.metadata;
  delete meta.deletionTimestamp;
  delete meta.deletionGracePeriodSeconds;
  delete meta.selfLink;
  meta.creationTimestamp = timestamp(world.objects.now);
  const { seed } = world.header;
  const version = world.header.resourceVersion + 1;
  if (!meta.name && meta.generateName && request.behaviour.extendsGenerateName === false) meta.name = meta.generateName;
  else if (!meta.name && meta.generateName) {
    // Models names.SimpleNameGenerator: the base is cut to 58 characters, five random ones follow.
    const base = meta.generateName.slice(0, 58);
    const owner = meta.ownerReferences?.find((reference) => reference.controller)?.uid ?? "";
    for (let attempt = 0; attempt < 8; attempt++) {
      const name =
        base + keyedSuffix(5, seed, "generateName", request.key, meta.namespace ?? "", base, owner, version, attempt);
      meta.name = name;
      if (!world.objects.get(request.key, meta.namespace ?? "", name)) break;
    }
    if (world.objects.get(request.key, meta.namespace ?? "", meta.name!))
      throw conflict(groupResourceOf(request.info), meta.name!, "the generated name is taken");
  }
  meta.uid = keyedUuid(seed, "uid", request.key, meta.namespace ?? "", meta.name ?? "", version);
}

const FIRST = ["apiVersion", "kind", "metadata"];
const META_ORDER = ["name", "generateName", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp"];

/** The members that people look for first come first in the file; nothing depends on it. */
export function ordered(object: KubeObject): KubeObject {
  const meta: Record<string, unknown> = {};
  for (const key of META_ORDER) {
    const value = (object.metadata as Record<string, unknown>)[key];
    if (value !== undefined && value !== "") meta[key] = value;
  }
  for (const [key, value] of Object.entries(object.metadata)) if (!META_ORDER.includes(key)) meta[key] = value;
  const out = { apiVersion: object.apiVersion, kind: object.kind, metadata: meta } as KubeObject;
  for (const [key, value] of Object.entries(object)) if (!FIRST.includes(key) && value !== undefined) out[key] = value;
  return out;
}
