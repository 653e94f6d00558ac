import { keyedUuid } from "../api/keyed-random.ts";
import { updateManagedFields } from "../api/managed-fields/update.ts";
import type { KubeObject } from "../api/object.ts";
import { loadSchema } from "../api/schema/load.ts";
import { type ResourceKey, timestamp } from "../api/snapshot.ts";
import type { World } from "./world.ts";

/**
 * Stores what the API server makes of itself before anybody else. It takes no resourceVersion of its own: those of what a user makes do
 * not depend on how many of these there are.
 */
export async function putFirst(world: World, resource: ResourceKey, object: KubeObject): Promise<void> {
  const { metadata, apiVersion, kind } = object;
  const [group = "", version = ""] = apiVersion.split("/");
  metadata.uid = keyedUuid(world.header.seed, "uid", resource, "", metadata.name!, 1);
  metadata.resourceVersion = "1";
  metadata.creationTimestamp = timestamp(world.header.time);
  const managedFields = updateManagedFields({
    apiVersion,
    subresource: "",
    now: world.header.time,
    schema: await loadSchema({ group, version, kind }),
    resetFields: [],
    manager: "kube-apiserver",
    live: undefined,
    next: object,
  });
  if (managedFields) metadata.managedFields = managedFields;
  world.objects.put(resource, object);
}

/** Models kubernetes pkg/apis/scheduling/v1/helpers.go (systemPriorityClasses). */
export async function systemPriorityClasses(world: World): Promise<void> {
  const made = (name: string, value: number, description: string) =>
    putFirst(world, "priorityclasses.scheduling.k8s.io", {
      apiVersion: "scheduling.k8s.io/v1",
      kind: "PriorityClass",
      metadata: { name, generation: 1 },
      value,
      description,
      preemptionPolicy: "PreemptLowerPriority",
    } as KubeObject);
  await made(
    "system-cluster-critical",
    2_000_000_000,
    "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.",
  );
  await made(
    "system-node-critical",
    2_000_001_000,
    "Used for system critical pods that must not be moved from their current node.",
  );
}
