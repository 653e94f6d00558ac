import type { KubeObject } from "../api/object.ts";
import type { Request } from "./request.ts";

/** A stored object in the version that the client speaks. */
export async function shown(request: Request, object: KubeObject): Promise<KubeObject> {
  if (request.apiVersion === request.storedVersion) return object;
  return await (await import("./versions.ts")).inRequestVersion(request, object);
}

/** Stored objects in the version that the client speaks. */
export async function allShown(request: Request, objects: KubeObject[]): Promise<KubeObject[]> {
  if (request.apiVersion === request.storedVersion) return objects;
  return await Promise.all(objects.map((object) => shown(request, object)));
}
