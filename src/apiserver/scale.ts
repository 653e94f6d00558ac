import { clone, type Json, type JsonObject } from "../api/json.ts";
import { applyConfiguration, nameOf } from "../api/managed-fields/apply.ts";
import { parentManagedFields, scaleManagedFields } from "../api/managed-fields/scale.ts";
import { updateManagedFields } from "../api/managed-fields/update.ts";
import { nonnegativeErrors, validateObjectMeta } from "../api/meta/object-meta.ts";
import { nameIsDnsSubdomain } from "../api/meta/value-rules.ts";
import type { KubeObject } from "../api/object.ts";
import { apiVersionOf } from "../api/registry.ts";
import { loadSchema } from "../api/schema/load.ts";
import { conflict, invalid } from "../api/status.ts";
import type { PatchType } from "./client.ts";
import { decodeAppliedBody, decodeOtherBody, decodePatchedBody, matchNamespace } from "./decode-body.ts";
import { dedupOwnerReferences } from "./owner-references.ts";
import { patchedBody } from "./patch.ts";
import { existing, noSuchResource, type Request } from "./request.ts";
import { checkName, replaceStored, storageConflict } from "./update.ts";

const TYPE = { group: "autoscaling", version: "v1", kind: "Scale" };

/** autoscaling/v1 Scale of an object. Models pkg/registry/apps/deployment/storage ScaleREST. @throws ApiError NotFound */
export function scaleOf(request: Request, object: KubeObject): KubeObject {
  const { scaleSelector } = request.behaviour;
  if (!scaleSelector) throw noSuchResource();
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const selector = scaleSelector(object);
  const status = object.status as { replicas?: number } | undefined;
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: {
      name: name!,
      namespace: namespace!,
      uid: uid!,
      resourceVersion: resourceVersion!,
      creationTimestamp: creationTimestamp!,
    },
    spec: replicasOf(object) === 0 ? {} : { replicas: replicasOf(object) },
    status: { replicas: status?.replicas ?? 0, ...(selector ? { selector } : {}) },
  };
}

function replicasOf(object: KubeObject): number {
  return ((object.spec as JsonObject | undefined)?.replicas as number | undefined) ?? 0;
}

/** A PUT of a Scale. @throws ApiError */
export async function updateScale(request: Request, name: string, body: JsonObject): Promise<KubeObject> {
  const next = await decodeOtherBody(request, TYPE, body);
  checkName(next, name);
  const previous = existing(request, name);
  const { uid } = next.metadata;
  const { uid: storedUid = "" } = previous.metadata;
  if (uid && uid !== storedUid) throw storageConflict(request, name, differs(uid, storedUid));
  return await replaced(request, await owned(request, next, previous), previous);
}

const differs = (uid: string, stored: string) => `UID in precondition: ${uid}, UID in object meta: ${stored}`;

/** A PATCH of a Scale. @throws ApiError */
export async function patchScale(
  request: Request,
  name: string,
  type: PatchType,
  body: Json,
  force: boolean,
): Promise<KubeObject> {
  const previous = existing(request, name);
  if (type === "apply") return await applyScale(request, previous, body as JsonObject, force);
  const left = clone(body);
  const current = clone(ownedScale(request, previous)) as unknown as JsonObject;
  const patched = await patchedBody(request, type, current, left, TYPE);
  const next = await decodePatchedBody(request, patched, { type, body: left }, TYPE);
  checkName(next, name);
  dedupOwnerReferences(request, next, true);
  return await replaced(request, await owned(request, next, previous), previous);
}

async function applyScale(
  request: Request,
  previous: KubeObject,
  body: JsonObject,
  force: boolean,
): Promise<KubeObject> {
  const tracking = await trackingOf(request);
  const { object } = applyConfiguration({ ...tracking, live: ownedScale(request, previous), applied: body, force });
  const { managedFields } = object.metadata;
  delete object.metadata.managedFields;
  const next = await decodeAppliedBody(request, object as unknown as JsonObject, nameOf(body), TYPE);
  checkName(next, previous.metadata.name ?? "");
  if (managedFields) next.metadata.managedFields = managedFields;
  return await replaced(request, next, previous);
}

async function trackingOf({ manager, world }: Request) {
  const schema = await loadSchema(TYPE);
  return {
    manager,
    apiVersion: "autoscaling/v1",
    subresource: "scale",
    now: world.objects.now,
    schema,
    resetFields: [],
  };
}

/** A Scale with the entries of those who own the replicas. */
function ownedScale(request: Request, object: KubeObject): KubeObject {
  const scale = scaleOf(request, object);
  const managedFields = scaleManagedFields(object.metadata.managedFields, apiVersionOf(request.info));
  if (managedFields) scale.metadata.managedFields = managedFields;
  return scale;
}

async function owned(request: Request, next: KubeObject, previous: KubeObject): Promise<KubeObject> {
  const live = ownedScale(request, previous);
  const managedFields = updateManagedFields({ ...(await trackingOf(request)), live, next });
  if (managedFields) next.metadata.managedFields = managedFields;
  else delete next.metadata.managedFields;
  return next;
}

/** Models scaleUpdatedObjectInfo: of the Scale its replicas, its version and its owners go into the object. */
async function replaced(request: Request, scale: KubeObject, previous: KubeObject): Promise<KubeObject> {
  matchNamespace(request, scale);
  const { name = "", uid: storedUid = "" } = previous.metadata;
  const { uid, resourceVersion, managedFields } = scale.metadata;
  const errors = [
    ...validateObjectMeta(scale.metadata, true, nameIsDnsSubdomain),
    ...nonnegativeErrors(replicasOf(scale), "spec.replicas"),
  ];
  if (errors.length > 0) throw invalid(TYPE, name, errors);
  if (uid && uid !== storedUid)
    throw conflict(
      { group: request.info.group, resource: `${request.info.resource}/scale` },
      name,
      `Precondition failed: ${differs(uid, storedUid)}`,
    );
  const next = clone(previous);
  (next.spec as JsonObject).replicas = replicasOf(scale);
  if (resourceVersion) next.metadata.resourceVersion = resourceVersion;
  else delete next.metadata.resourceVersion;
  const entries = parentManagedFields(previous.metadata.managedFields, managedFields, apiVersionOf(request.info));
  if (entries) next.metadata.managedFields = entries;
  else delete next.metadata.managedFields;
  return scaleOf(request, await replaceStored({ ...request, trusted: true }, next, previous, true));
}
