import { methodNotAllowed } from "../api/status.ts";
import type { User } from "../api/types/user.ts";
import type { ResourceAttributes } from "./authorization/rbac.ts";
import type { WriteOptions } from "./client.ts";
import { noSuchResource, type Request, requestOf } from "./request.ts";
import type { World } from "./world.ts";

/** What is asked for, before any name is looked up. */
export interface Asked extends WriteOptions {
  resource: string;
  namespace: string;
  /** The API's verb: `deletecollection`. */
  verb: string;
  /** The object that it is about; "" for a list and where the server finds the name. */
  name: string;
  needsBehaviour?: boolean;
}

/**
 * The request, once its sender may make it and the resource has the verb. Its warnings go to `warnings`.
 * Models the handler chain of apiserver pkg/server/config.go: authorization comes before the path is found.
 * @throws ApiError NotFound, Forbidden, MethodNotAllowed
 */
export async function admitRequest(
  world: World,
  { resource, namespace, verb, name, subresource = "", ...options }: Asked,
  warnings: string[],
  userFor: (world: World, what: ResourceAttributes) => Promise<User | undefined>,
): Promise<Request> {
  const asked = await requestOf(world, resource, namespace, {
    // Without a name it is the first word of the client's User-Agent.
    manager: options.fieldManager || "kubectl",
    subresource,
    fieldValidation: options.fieldValidation ?? "Warn",
    duplicates: options.duplicates ?? [],
    warnings,
    dryRun: options.dryRun ?? false,
    needsBehaviour: options.needsBehaviour ?? true,
  });
  const { group, resource: plural } = asked.info;
  const user = await userFor(world, { group, resource: plural, namespace, verb, subresource, name });
  const request: Request = { ...asked, user };
  if (user) {
    const { admitUser } = await import("./authorization/admit-user.ts");
    await admitUser(world, user, request.info, { namespace, verb, subresource, name });
  }
  await checkVerb(request, verb);
  if (request.info.deprecated) warnings.push(request.info.deprecated);
  return request;
}

async function checkVerb({ info, subresource }: Request, verb: string): Promise<void> {
  if (subresource !== "") {
    const { subresourceVerbs } = await import("../api/discovery.ts");
    const verbs = subresourceVerbs(info, subresource);
    if (verbs.length === 0) throw noSuchResource();
    if (!verbs.includes(verb)) throw methodNotAllowed();
  } else if (!info.verbs.includes(verb)) {
    // What is only asked has no paths of single objects.
    const ofOne = ["get", "update", "patch", "delete"];
    const hasPath = !ofOne.includes(verb) || ofOne.some((one) => info.verbs.includes(one));
    throw hasPath ? methodNotAllowed() : noSuchResource();
  }
}
