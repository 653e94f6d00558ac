import { clone, type JsonObject } from "../api/json.ts";
import type { KubeObject } from "../api/object.ts";
import { createTwoWayMergePatch } from "../api/patch/three-way.ts";
import { loadSchema } from "../api/schema/load.ts";
import type { ResourceInfo } from "./resources/visitor.ts";

/** What a change makes of one object. */
export interface ObjectPatch {
  info: ResourceInfo;
  after: KubeObject;
  /** Strategic merge patch; empty when nothing is different. */
  patch: JsonObject;
}

/** Runs `change` on a copy and works out the patch. Models kubectl pkg/cmd/set/helper.go (CalculatePatch). */
export async function patchOf(info: ResourceInfo, change: (copy: KubeObject) => KubeObject): Promise<ObjectPatch> {
  const before = info.object as KubeObject;
  const after = change(clone(before));
  const [version = "", group = ""] = before.apiVersion.split("/").reverse();
  const schema = await loadSchema({ group, version, kind: before.kind });
  const patch = createTwoWayMergePatch(before as unknown as JsonObject, after as unknown as JsonObject, schema);
  return { info, after, patch };
}

export function isEmptyPatch({ patch }: ObjectPatch): boolean {
  return Object.keys(patch).length === 0;
}
