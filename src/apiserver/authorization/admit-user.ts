import { type KindInfo, resourceKey } from "../../api/registry.ts";
import { ApiError, forbidden } from "../../api/status.ts";
import type { User } from "../../api/types/user.ts";
import { supplyRoles } from "../first-objects/supply.ts";
import type { World } from "../world.ts";
import { authorize, type ResourceAttributes, refusal } from "./rbac.ts";

/** @throws ApiError Forbidden. Models apiserver pkg/endpoints/filters/authorization.go. */
export async function admitUser(
  world: World,
  user: User,
  info: KindInfo,
  what: Pick<ResourceAttributes, "verb" | "subresource" | "namespace" | "name">,
): Promise<void> {
  await supplyRoles(world);
  // The path of a namespace is the path of what is in it.
  const namespace = resourceKey(info) === "namespaces" ? what.name : info.namespaced ? what.namespace : "";
  const attributes = { ...what, group: info.group, resource: info.resource, namespace };
  const { allowed, reason } = authorize(world.objects, user, attributes);
  if (!allowed) throw forbidden(info, what.name, refusal(user, attributes, reason));
}

/** The same for a path that is no resource. @throws ApiError Forbidden */
export async function admitPath(world: World, user: User, path: string): Promise<void> {
  await supplyRoles(world);
  const attributes = { verb: "get", path: path.split("?")[0]! };
  const { allowed, reason } = authorize(world.objects, user, attributes);
  if (allowed) return;
  const message = `forbidden: ${refusal(user, attributes, reason)}`;
  throw new ApiError({ reason: "Forbidden", code: 403, message, details: {} });
}
