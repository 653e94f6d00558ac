import { clone, type Json, type JsonObject } from "../api/json.ts";
import type { KubeObject } from "../api/object.ts";
import { applyJsonMergePatch } from "../api/patch/json-merge.ts";
import { applyJsonPatch } from "../api/patch/json-patch.ts";
import { badRequest, conflict, field, invalid } from "../api/status.ts";
import type { PatchType } from "./client.ts";
import { existing, groupResourceOf, noSuchResource, type Request } from "./request.ts";
import { replaceStored } from "./update.ts";

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
  const previous = existing(request, name);
  const meta = (body.metadata ?? {}) as JsonObject;
  const replicas = ((body.spec ?? {}) as JsonObject).replicas ?? 0;
  if (typeof replicas !== "number" || !Number.isInteger(replicas))
    throw badRequest("spec.replicas must be a whole number");
  if (replicas < 0)
    throw invalid({ group: "autoscaling", kind: "Scale" }, name, [
      field.invalid("spec.replicas", replicas, "must be greater than or equal to 0"),
    ]);
  if (meta.resourceVersion && meta.resourceVersion !== previous.metadata.resourceVersion)
    throw conflict(
      groupResourceOf(request.info),
      name,
      "the object has been modified; please apply your changes to the latest version and try again",
    );
  const next = clone(previous);
  (next.spec as JsonObject).replicas = replicas;
  const stored = await replaceStored({ ...request, trusted: true }, next, previous);
  return scaleOf(request, stored);
}

/** A PATCH of a Scale. @throws ApiError */
export async function patchScale(request: Request, name: string, type: PatchType, body: Json): Promise<KubeObject> {
  const current = scaleOf(request, existing(request, name)) as unknown as JsonObject;
  const patched = type === "json" ? applyJsonPatch(current, body) : applyJsonMergePatch(current, body);
  return await updateScale(request, name, patched as JsonObject);
}
