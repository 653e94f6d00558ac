import type { JsonObject } from "../../api/json.ts";
import { keyedUuid } from "../../api/keyed-random.ts";
import { updateManagedFields } from "../../api/managed-fields/update.ts";
import type { FieldsV1, KubeObject } from "../../api/object.ts";
import { encode } from "../../api/schema/decode.ts";
import { loadSchema } from "../../api/schema/load.ts";
import { type ResourceKey, timestamp } from "../../api/snapshot.ts";
import type { World } from "../world.ts";

/** An object of the server's own, and who set what of it. */
export interface Made {
  object: KubeObject;
  /** Of what `object` has; absent: `kube-apiserver`. */
  manager?: string;
  /** Worked out anew at each look: it has neither uid nor version. */
  passing?: true;
  /** What came to it afterwards; without `by` nobody owns it. */
  later?: { values: JsonObject; by?: { manager: string; fields: FieldsV1; subresource?: string } };
}

/**
 * The object as a new cluster has it. It takes no resourceVersion of its own: those of what a user makes do not depend on how many of
 * these there are.
 */
export async function finished(world: World, resource: ResourceKey, made: Made): Promise<KubeObject> {
  const { object, manager = "kube-apiserver", later } = made;
  if (made.passing) return object;
  const { metadata, apiVersion, kind } = object;
  const [group = "", version = ""] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  const born = bornAt(world);
  metadata.uid = keyedUuid(world.header.seed, "uid", resource, metadata.namespace ?? "", metadata.name!, 1);
  metadata.resourceVersion = "1";
  metadata.creationTimestamp = timestamp(born);
  const updated = updateManagedFields({
    apiVersion,
    subresource: "",
    now: born,
    schema: await loadSchema({ group, version, kind }),
    resetFields: [],
    manager,
    live: undefined,
    next: object,
  });
  const by = later?.by;
  const applied = by && {
    apiVersion,
    fieldsType: "FieldsV1" as const,
    fieldsV1: by.fields,
    manager: by.manager,
    operation: "Apply" as const,
    ...(by.subresource ? { subresource: by.subresource } : {}),
    time: timestamp(born),
  };
  metadata.managedFields = [...(applied ? [applied] : []), ...(updated ?? [])];
  return await encode({ group, version, kind }, { ...object, ...later?.values });
}

/** When the cluster was made, in milliseconds since 1970. */
export function bornAt(world: World): number {
  const system = world.objects.get("namespaces", "", "kube-system");
  return system ? Date.parse(system.metadata.creationTimestamp!) : world.header.time;
}
