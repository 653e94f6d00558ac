import { clone, type JsonObject } from "../api/json.ts";
import { loadConversion } from "../api/kinds/load.ts";
import { resetFieldsOf } from "../api/managed-fields/reset-fields.ts";
import { type OtherVersion, updateManagedFields } from "../api/managed-fields/update.ts";
import type { KubeObject } from "../api/object.ts";
import { apiVersionOf } from "../api/registry.ts";
import { loadGoType } from "../api/schema/go-types.ts";
import { writeGoValue } from "../api/schema/go-write.ts";
import { loadSchema } from "../api/schema/load.ts";
import { bare } from "./decode-body.ts";
import type { Request } from "./request.ts";

/** Notes in metadata.managedFields who set what. Models apimachinery pkg/util/managedfields as the handlers call it. */
async function recordOwnership(request: Request, next: KubeObject, live: KubeObject | undefined): Promise<void> {
  const managedFields = updateManagedFields({
    ...(await trackingOf(request)),
    manager: request.manager,
    live: live && (await spoken(request, live)),
    next: await spoken(request, next),
  });
  if (managedFields) next.metadata.managedFields = managedFields;
  else delete next.metadata.managedFields;
}

/** The same for an object in which empty lists and maps may be told from none (`tellsEmpty`): nobody owns what is not written. */
export async function recordOwnershipAsWritten(
  request: Request,
  next: KubeObject,
  live: KubeObject | undefined,
  tellsEmpty: boolean,
): Promise<void> {
  if (!tellsEmpty || request.trusted) return await recordOwnership(request, next, live);
  const written = await bare(request, next);
  await recordOwnership(request, written, live);
  if (written.metadata.managedFields) next.metadata.managedFields = written.metadata.managedFields;
  else delete next.metadata.managedFields;
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
    ...(info.versions.length > 1 ? { otherVersions: await otherVersionsOf(request) } : {}),
  };
}

/** Who spoke another version owns what that version has. */
async function otherVersionsOf({ info, apiVersion, storedVersion }: Request): Promise<Map<string, OtherVersion>> {
  const conversion = await loadConversion(info);
  const out = new Map<string, OtherVersion>();
  for (const version of info.versions) {
    const other = apiVersionOf(info, version);
    if (other === apiVersion) continue;
    const ref = { group: info.group, version, kind: info.kind };
    const schema = await loadSchema(ref);
    const type = await loadGoType(ref);
    const convert = (object: JsonObject) => {
      const sent = clone(object) as unknown as KubeObject;
      const stored = apiVersion === storedVersion ? sent : conversion.toStored(sent);
      const spoken = other === storedVersion ? stored : conversion.fromStored(stored);
      return writeGoValue({ ...spoken, apiVersion: other } as unknown as JsonObject, type!, "bare");
    };
    out.set(other, { schema, convert });
  }
  return out;
}
