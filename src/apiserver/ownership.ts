import { isObject, type JsonObject } from "../api/json.ts";
import { resetFieldsOf } from "../api/managed-fields/reset-fields.ts";
import { updateManagedFields } from "../api/managed-fields/update.ts";
import type { KubeObject } from "../api/object.ts";
import { loadSchema } from "../api/schema/load.ts";
import type { Request } from "./request.ts";

/** Notes in metadata.managedFields who set what. Models apimachinery pkg/util/managedfields as the handlers call it. */
export async function recordOwnership(request: Request, next: KubeObject, live: KubeObject | undefined): Promise<void> {
  // A Scale has the entries that name the replicas: without any, nothing is tracked (scalehandler.go, skipnonapplied.go).
  if (request.subresource === "scale" && live && !ownsReplicas(live)) {
    if (live.metadata.managedFields) next.metadata.managedFields = live.metadata.managedFields;
    return;
  }
  const managedFields = updateManagedFields({
    ...(await trackingOf(request)),
    manager: request.manager,
    live: live && (await spoken(request, live)),
    next: await spoken(request, next),
  });
  if (managedFields) next.metadata.managedFields = managedFields;
  else delete next.metadata.managedFields;
}

function ownsReplicas({ metadata }: KubeObject): boolean {
  return (metadata.managedFields ?? []).some(({ fieldsV1 }) => {
    const spec = (fieldsV1 as JsonObject | undefined)?.["f:spec"];
    return isObject(spec) && Object.hasOwn(spec, "f:replicas");
  });
}

/** Who owns what is told in the version of who sets it. */
async function spoken(request: Request, object: KubeObject): Promise<KubeObject> {
  if (request.apiVersion === request.storedVersion) return object;
  return await (await import("./versions.ts")).inRequestVersion(request, object);
}

/** What both kinds of tracking, update and apply, are told. */
export async function trackingOf(request: Request) {
  const { info, apiVersion, subresource, world } = request;
  const version = apiVersion.slice(apiVersion.indexOf("/") + 1);
  return {
    apiVersion,
    subresource,
    now: world.objects.now,
    schema: await loadSchema({ group: info.group, version, kind: info.kind }),
    resetFields: resetFieldsOf(info.kind, subresource),
  };
}
