import { clone } from "../api/json.ts";
import type { Document } from "../store/document.ts";
import { Objects } from "../store/objects.ts";
import type { World } from "./world.ts";

/** The cluster of a document, as it is in the file. */
export function worldOf(document: Document): World {
  const header = clone(document.header);
  const { profile, seed, settings, time, resourceVersion } = header;
  return { header, objects: new Objects(document, { profile, seed, settings }, time, resourceVersion), pending: [] };
}
