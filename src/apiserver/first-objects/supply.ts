import type { ResourceKey } from "../../api/snapshot.ts";
import type { World } from "../world.ts";
import type { Made } from "./made.ts";

/**
 * What a server makes of itself and hardly anybody looks at. It stands in no state file before somebody changes it: it is worked out
 * when its resource is asked for.
 */
const MAKERS: Partial<Record<ResourceKey, () => Promise<(bornAt: number) => readonly Made[]>>> = {
  "apiservices.apiregistration.k8s.io": async () => (await import("./api-services.ts")).apiServices,
  componentstatuses: async () => (await import("./component-statuses.ts")).componentStatuses,
  "clusterroles.rbac.authorization.k8s.io": async () => (await import("./cluster-roles.ts")).clusterRoles,
  "clusterrolebindings.rbac.authorization.k8s.io": async () => (await import("./cluster-roles.ts")).clusterRoleBindings,
  "roles.rbac.authorization.k8s.io": async () => (await import("./namespaced-roles.ts")).roles,
  "rolebindings.rbac.authorization.k8s.io": async () => (await import("./namespaced-roles.ts")).roleBindings,
  "flowschemas.flowcontrol.apiserver.k8s.io": async () => (await import("./flow-schemas.ts")).flowSchemas,
  "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io": async () =>
    (await import("./priority-levels.ts")).priorityLevels,
};

/** Gives the world the first objects of a resource, where it has some that are not stored. */
export async function supply(world: World, resource: ResourceKey): Promise<void> {
  const load = MAKERS[resource];
  if (!load || world.objects.isSupplied(resource)) return;
  const make = await load();
  const { bornAt, finished } = await import("./made.ts");
  const objects = await Promise.all(make(bornAt(world)).map((made) => finished(world, resource, made)));
  world.objects.supply(resource, objects);
}

const RBAC = ["clusterroles", "clusterrolebindings", "roles", "rolebindings"];

/** Gives it all that the authorizer looks at. */
export async function supplyRoles(world: World): Promise<void> {
  for (const resource of RBAC) await supply(world, `${resource}.rbac.authorization.k8s.io`);
}
