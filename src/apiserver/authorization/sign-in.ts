import { kindByResource } from "../../api/registry.ts";
import { ApiError, forbidden } from "../../api/status.ts";
import type { User } from "../../api/types/user.ts";
import { supplyRoles } from "../first-objects/supply.ts";
import type { World } from "../world.ts";
import { authorize, type ResourceAttributes, refusal } from "./rbac.ts";
import { userOfToken } from "./token.ts";
import { impersonated, serviceAccountOf } from "./user.ts";

/**
 * Whom a request is made by that comes with a token, and with the headers of `--as` where `as` is given.
 * Models apiserver pkg/endpoints/filters/authentication.go and impersonation. @throws ApiError Unauthorized, Forbidden
 */
export async function signedIn(
  world: World,
  token: string,
  as: User | undefined,
  what: ResourceAttributes,
): Promise<User> {
  const user = userOfToken(world, token);
  if (!user) throw new ApiError({ reason: "Unauthorized", code: 401, message: "Unauthorized" });
  if (!as) return user;
  await supplyRoles(world);
  const refused = wanted(as).find((attributes) => !authorize(world.objects, user, attributes).allowed);
  if (!refused) return impersonated(as);
  // What is told is the last that was asked: whether the user may act so for this verb alone.
  const text = refusal(user, { ...what, verb: `impersonate-on:user-info:${what.verb}` }, "");
  throw forbidden(kindByResource(what.resource) ?? what, what.name, text);
}

/** What one must be allowed to, to be somebody else. */
function wanted(as: User): ResourceAttributes[] {
  const attributes = (resource: string, name: string, namespace = "", group = ""): ResourceAttributes => ({
    verb: "impersonate",
    group,
    resource,
    subresource: "",
    namespace,
    name,
  });
  const account = serviceAccountOf(as.name);
  return [
    account ? attributes("serviceaccounts", account.name, account.namespace) : attributes("users", as.name),
    ...as.groups.map((group) => attributes("groups", group)),
    ...(as.uid ? [attributes("uids", as.uid, "", "authentication.k8s.io")] : []),
  ];
}
