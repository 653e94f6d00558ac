import { goQuote } from "../api/encoding/go-quote.ts";
import type { KindBehaviour, RequestContext } from "../api/kinds/kind.ts";
import { loadBehaviour } from "../api/kinds/load.ts";
import { nameIsPathSegment } from "../api/meta/value-rules.ts";
import type { KubeObject } from "../api/object.ts";
import { apiVersionOf, type KindInfo, kindByResource, storageKey, versionOfKey } from "../api/registry.ts";
import type { ResourceKey } from "../api/snapshot.ts";
import { type ApiError, badRequest, type GroupResource, notFound } from "../api/status.ts";
import type { User } from "../api/types/user.ts";
import { supply } from "./first-objects/supply.ts";
import type { World } from "./world.ts";

/** One request to one resource, with all that the steps of the pipeline ask about. */
export interface Request {
  world: World;
  info: KindInfo;
  /** The version that the client speaks. */
  apiVersion: string;
  /** The version that the objects are stored in, which behaviour is about. */
  storedVersion: string;
  /** Where the objects are stored. */
  key: ResourceKey;
  namespace: string;
  behaviour: KindBehaviour;
  /** metadata.managedFields[].manager of what this request sets. */
  manager: string;
  subresource: string;
  fieldValidation: "Strict" | "Warn" | "Ignore";
  /** Paths of the keys that the text of the body had twice, as its parser found them. */
  duplicates: readonly string[];
  /** Gathers what comes back as `Warning:` headers. */
  warnings: string[];
  /** Controllers send what they read before, complete and of the right types: it is not decoded again. */
  trusted: boolean;
  dryRun: boolean;
  /** Who asks; absent: the cluster's administrator, or a controller. */
  user?: User | undefined;
}

export interface RequestOptions {
  user?: User | undefined;
  dryRun?: boolean;
  manager?: string;
  subresource?: string;
  fieldValidation?: "Strict" | "Warn" | "Ignore";
  duplicates?: readonly string[];
  warnings?: string[];
  trusted?: boolean;
  /** False where the kind's own rules are not asked: reading starts faster without them. */
  needsBehaviour?: boolean;
}

/** @throws ApiError NotFound when the server has no such resource. */
export async function requestOf(
  world: World,
  resource: ResourceKey,
  namespace: string,
  options: RequestOptions = {},
): Promise<Request> {
  const info = kindByResource(resource);
  if (!info) throw noSuchResource();
  const behaviour = (options.needsBehaviour !== false && (await loadBehaviour(info))) || {};
  const key = storageKey(info);
  await supply(world, key);
  return {
    world,
    info,
    apiVersion: apiVersionOf(info, versionOfKey(info, resource)),
    storedVersion: apiVersionOf(info.storage ? kindByResource(key)! : info),
    key,
    namespace: info.namespaced ? namespace : "",
    behaviour,
    manager: options.manager ?? "unknown",
    subresource: options.subresource ?? "",
    fieldValidation: options.fieldValidation ?? "Ignore",
    duplicates: options.duplicates ?? [],
    warnings: options.warnings ?? [],
    trusted: options.trusted ?? false,
    dryRun: options.dryRun ?? false,
    user: options.user,
  };
}

/** What a path that no resource has answers. Models apiserver pkg/endpoints/handlers/responsewriters (http.NotFound). */
export function noSuchResource(): ApiError {
  const error = notFound({ group: "", resource: "" }, "");
  error.status.message = "the server could not find the requested resource";
  error.message = error.status.message;
  return error;
}

export function groupResourceOf(info: KindInfo): GroupResource {
  return { group: info.group, resource: info.resource };
}

/** The kind that `… is invalid` names: that of what is stored. */
export function storedKind(info: KindInfo): KindInfo {
  return info.storage ? kindByResource(info.storage)! : info;
}

export function contextOf(request: Request): RequestContext {
  const { world, subresource, warnings } = request;
  return { snapshot: world.objects, now: world.objects.now, subresource, warn: (text) => warnings.push(text) };
}

/** The resource as `… not found` names it: the storage of component statuses calls it as one is called. */
function missingResource(info: KindInfo): ReturnType<typeof groupResourceOf> {
  return info.kind === "ComponentStatus" ? { group: "", resource: "componentstatus" } : groupResourceOf(info);
}

/** Models NamespaceKeyFunc of apiserver pkg/registry/generic/registry, too: not every name comes from a path. @throws ApiError NotFound, BadRequest */
export function existing(request: Request, name: string): KubeObject {
  const found = request.world.objects.get(request.key, request.namespace, name);
  if (found) return found;
  if (name === "") throw badRequest("Name parameter required.");
  const complaints = nameIsPathSegment(name, false);
  if (complaints.length > 0) throw badRequest(`Name parameter invalid: ${goQuote(name)}: ${complaints.join(";")}`);
  throw notFound(missingResource(request.info), name);
}
