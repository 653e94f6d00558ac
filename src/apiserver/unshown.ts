import type { KubeObject } from "../api/object.ts";
import { RECORDS, type UnshownFields } from "../api/records.ts";
import type { Service } from "../api/types/core.ts";
import type { Request } from "./request.ts";

/**
 * What the API server stores of a Service and shows nobody: the internalTrafficPolicy of the type ExternalName, which holds again when the
 * type changes. Objects in the store are as they are shown; the field stands in a record.
 * Models defaultOnReadInternalTrafficPolicy of kubernetes pkg/registry/core/service/storage/storage.go.
 */

function hides({ key }: Request, object: KubeObject): object is Service {
  return key === "services" && (object as Service).spec?.type === "ExternalName";
}

/** A stored object as etcd has it: what patches change and owners own. */
export function withUnshown<T extends KubeObject>(request: Request, object: T): T {
  if (!hides(request, object)) return object;
  const { namespace = "", name = "", uid } = object.metadata;
  const record = request.world.objects.get<UnshownFields>(RECORDS.unshown, namespace, name);
  if (!record || record.metadata.uid !== uid) return object;
  return { ...object, spec: { ...object.spec, internalTrafficPolicy: record.internalTrafficPolicy } };
}

/** An object as it is shown. */
export function withoutUnshown(request: Request, object: KubeObject): KubeObject {
  if (!hides(request, object) || object.spec?.internalTrafficPolicy === undefined) return object;
  const { internalTrafficPolicy: _, ...spec } = object.spec;
  return { ...object, spec };
}

/** Remembers what `withoutUnshown` leaves out of an object that is stored. */
export function rememberUnshown(request: Request, object: KubeObject): void {
  if (!hides(request, object)) return;
  const { objects } = request.world;
  const { namespace = "", name = "", uid = "" } = object.metadata;
  const { internalTrafficPolicy } = object.spec ?? {};
  if (internalTrafficPolicy === undefined) objects.remove(RECORDS.unshown, namespace, name);
  else {
    const metadata = { namespace, name, uid };
    const record: UnshownFields = {
      apiVersion: "kubemu.dev/v1",
      kind: "UnshownFields",
      metadata,
      internalTrafficPolicy,
    };
    objects.put(RECORDS.unshown, record);
  }
}
