import { clone } from "../api/json.ts";
import { loadConversion } from "../api/kinds/load.ts";
import type { KubeObject } from "../api/object.ts";
import { encode } from "../api/schema/decode.ts";
import { typeOfVersion } from "./decode-body.ts";
import type { Request } from "./request.ts";

/** A stored object in the version that the client speaks, as it is sent. The same object where that is the stored one. */
export async function inRequestVersion(request: Request, object: KubeObject): Promise<KubeObject> {
  if (request.apiVersion === request.storedVersion || object.apiVersion !== request.storedVersion) return object;
  const { fromStored } = await loadConversion(request.info);
  const shown = { ...fromStored(clone(object)), apiVersion: request.apiVersion };
  return await encode(typeOfVersion(request, request.apiVersion), shown);
}

/** What a client sent, in the stored version. */
export async function inStoredVersion(request: Request, object: KubeObject): Promise<KubeObject> {
  if (request.apiVersion === request.storedVersion) return object;
  const { toStored } = await loadConversion(request.info);
  return { ...toStored(object), apiVersion: request.storedVersion };
}
