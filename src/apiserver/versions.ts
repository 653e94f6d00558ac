import { clone } from "../api/json.ts";
import type { KindConversion } from "../api/kinds/kind.ts";
import type { KubeObject } from "../api/object.ts";
import { encode } from "../api/schema/decode.ts";
import { typeOfVersion } from "./decode-body.ts";
import type { Request } from "./request.ts";

/** A stored object in the version that the client speaks, as it is sent. The same object where that is the stored one. */
export async function inRequestVersion(request: Request, object: KubeObject): Promise<KubeObject> {
  if (request.apiVersion === request.storedVersion || object.apiVersion !== request.storedVersion) return object;
  const { fromStored } = await conversionOf(request);
  const shown = { ...fromStored(clone(object)), apiVersion: request.apiVersion };
  return await encode(typeOfVersion(request, request.apiVersion), shown);
}

/** What a client sent, in the stored version. */
export async function inStoredVersion(request: Request, object: KubeObject): Promise<KubeObject> {
  if (request.apiVersion === request.storedVersion) return object;
  const { toStored } = await conversionOf(request);
  return { ...toStored(object), apiVersion: request.storedVersion };
}

async function conversionOf({ info }: Request): Promise<KindConversion> {
  const loaded = await info.conversion?.();
  if (!loaded) throw new Error(`no conversion of ${info.kind}`);
  return loaded.conversion;
}
