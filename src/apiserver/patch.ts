import { clone, type Json, type JsonObject } from "../api/json.ts";
import { applyConfiguration, nameOf } from "../api/managed-fields/apply.ts";
import type { KubeObject } from "../api/object.ts";
import { PatchError } from "../api/patch/patch-error.ts";
import { useUp } from "../api/patch/strategic.ts";
import type { TypeRef } from "../api/schema/decode.ts";
import { loadSchema } from "../api/schema/load.ts";
import { conflict } from "../api/status.ts";
import type { PatchType } from "./client.ts";
import { insert } from "./create.ts";
import { decodeAppliedBody, decodePatchedBody, typeOfVersion } from "./decode-body.ts";
import { applyJsonOrMerge } from "./json-patches.ts";
import { dedupOwnerReferences } from "./owner-references.ts";
import { trackingOf } from "./ownership.ts";
import { existing, groupResourceOf, type Request } from "./request.ts";
import { withUnshown } from "./unshown.ts";
import { checkName, replaceStored } from "./update.ts";
import { inRequestVersion } from "./versions.ts";

/** A PATCH of any type. Models apiserver pkg/endpoints/handlers/patch.go. @throws ApiError */
export async function patch(
  request: Request,
  name: string,
  type: PatchType,
  body: Json,
  force: boolean,
): Promise<KubeObject> {
  if (type === "apply") return await serverSideApply(request, name, body, force);
  const previous = withUnshown(request, existing(request, name));
  const current = clone(await inRequestVersion(request, previous)) as unknown as JsonObject;
  const left = clone(body);
  const patched = await patchedBody(request, type, current, left);
  const next = await decodePatchedBody(request, patched, { type, body: left });
  checkName(next, name);
  dedupOwnerReferences(request, next, true);
  return await replaceStored(request, next, previous);
}

/** What the patch makes of the object, which is of `kind`. A strategic `body` is used up. */
export async function patchedBody(
  request: Request,
  type: Exclude<PatchType, "apply">,
  current: JsonObject,
  body: Json,
  kind: TypeRef = typeOfVersion(request, request.apiVersion),
): Promise<JsonObject> {
  try {
    if (type !== "strategic") return applyJsonOrMerge(type, current, body);
    return useUp(body, current, await loadSchema(kind));
  } catch (error) {
    throw error instanceof PatchError ? error.toApiError() : error;
  }
}

/** Models apiserver pkg/endpoints/handlers/patch.go applyPatcher. */
async function serverSideApply(request: Request, name: string, body: Json, force: boolean): Promise<KubeObject> {
  const { world, key, namespace } = request;
  const stored = world.objects.get(key, namespace, name);
  const live = stored && withUnshown(request, stored);
  const { object: merged } = applyConfiguration({
    ...(await trackingOf(request)),
    manager: request.manager,
    live: live && (await inRequestVersion(request, live)),
    applied: body as JsonObject,
    force,
  });
  const { managedFields } = merged.metadata;
  delete merged.metadata.managedFields;
  const next = await decodeAppliedBody(
    request,
    merged as unknown as JsonObject,
    nameOf(body as JsonObject),
    undefined,
    !live || request.behaviour.tellsEmpty,
  );
  if (!live) refuseForeignUid(request, name, next.metadata.uid);
  // A new object has no version that it could be held to.
  if (!live) delete next.metadata.resourceVersion;
  if (managedFields) next.metadata.managedFields = managedFields;
  checkName(next, name);
  dedupOwnerReferences(request, next, true);
  return live ? await replaceStored(request, next, live, true) : await insert(request, next, true);
}

/** Models applyPatch of apiserver pkg/endpoints/handlers/patch.go. @throws ApiError Conflict */
function refuseForeignUid({ info }: Request, name: string, uid: string | undefined): void {
  if (!uid) return;
  const why = `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`;
  throw conflict(groupResourceOf(info), name, why);
}
