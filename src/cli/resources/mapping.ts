import { apiVersionOf, type KindInfo, kindByGvk, kinds, resourceKey } from "../../api/registry.ts";
import { expandCategory, resolveResource } from "../../api/resource-names.ts";
import type { ResourceKey } from "../../api/snapshot.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { NoKindMatchError } from "../errors.ts";

/** A kind and the version to speak (apimachinery's RESTMapping). */
export interface Mapping {
  info: KindInfo;
  /** "" for a manifest without apiVersion: no path of the server speaks of it. */
  version: string;
  /** As the manifest writes it: `service` is one in small letters. */
  kind: string;
  /** For `ApiClient`; names the version where it is not the preferred one. */
  resource: ResourceKey;
}

export function mappingOf(info: KindInfo, version = info.version, kind = info.kind): Mapping {
  const resource = version === info.version ? resourceKey(info) : `${info.resource}.${version}.${info.group}`;
  return { info, version, kind, resource };
}

/**
 * The mapping with the version that the server prefers where a manifest names none: what a client sees that is made for the mapping, where
 * that of the manifest speaks the manifest's version. Models UnstructuredClientForMapping of kubectl pkg/cmd/util.
 */
export function withVersion(mapping: Mapping): Mapping {
  return mapping.version === "" ? mappingOf(mapping.info, mapping.info.version, mapping.kind) : mapping;
}

/** What `svc` or `deploy.apps` stands for. Throws CommandError. Models cli-runtime pkg/resource/builder.go (mappingFor). */
export function mappingFor(
  text: string,
  { checkRequest, warn }: Pick<CommandContext, "checkRequest" | "warn">,
): Mapping {
  checkRequest();
  const found = resolveResource(text);
  if (!found) throw new CommandError(`the server doesn't have a resource type "${text.split(".")[0]}"`);
  for (const warning of found.warnings) warn(warning);
  return mappingOf(found.info, found.version);
}

/** The same for several words, each kind once. Throws CommandError. */
export function mappingsOf(
  types: readonly string[],
  { singleResourceType }: { singleResourceType?: boolean },
  context: Pick<CommandContext, "checkRequest" | "warn">,
): Mapping[] {
  if (types.length > 1 && singleResourceType) {
    throw new CommandError("you may only specify a single resource type");
  }
  const mappings = new Map<string, Mapping>();
  for (const type of types) {
    const mapping = mappingFor(type, context);
    if (!mappings.has(mapping.resource)) mappings.set(mapping.resource, mapping);
  }
  return [...mappings.values()];
}

/**
 * The mapping of an object's apiVersion and kind, which may be written in lower case: that is for the server to refuse. Throws
 * NoKindMatchError. Models client-go restmapper/discovery.go (NewDiscoveryRESTMapper).
 */
export function mappingForKind(apiVersion: string, kind: string): Mapping {
  // Without a version the mapper finds the core kinds all the same, of which no path of the server speaks.
  const wanted = apiVersion === "" ? "v1" : apiVersion;
  const info = kindByGvk(wanted, kind) ?? kindByLowerCase(wanted, kind);
  if (!info) throw new NoKindMatchError(kind, apiVersion);
  return mappingOf(info, apiVersion.slice(apiVersion.indexOf("/") + 1), kind);
}

function kindByLowerCase(apiVersion: string, kind: string): KindInfo | undefined {
  return kinds.find(
    (info) =>
      info.kind.toLowerCase() === kind && info.versions.some((version) => apiVersionOf(info, version) === apiVersion),
  );
}

/**
 * The mapping of `List` in a version that there is, or of `ServiceList`: to a resource that no server has. Undefined for what is no list.
 * Models client-go restmapper/discovery.go (NewDiscoveryRESTMapper).
 */
export function listMapping(apiVersion: string, kind: string): Mapping | undefined {
  if (!kind.endsWith("List")) return undefined;
  const inVersion = (info: KindInfo) => info.versions.some((version) => apiVersionOf(info, version) === apiVersion);
  const like =
    kind === "List"
      ? kinds.find((info) => apiVersion === "" || inVersion(info))
      : kindByGvk(apiVersion, kind.slice(0, -"List".length));
  if (!like) return undefined;
  const { singular } = like;
  const own = { kind, singular, resource: `${kind.toLowerCase()}s`, namespaced: false, subresources: [] };
  const info: KindInfo = Object.setPrototypeOf(own, like);
  return mappingOf(info, apiVersion.slice(apiVersion.indexOf("/") + 1));
}

/** `/v1, Resource=services`: how Go prints a GroupVersionResource. */
export function printedResource(mapping: Mapping): string {
  return `${mapping.info.group}/${mapping.version}, Resource=${mapping.info.resource}`;
}

/** `services`, `deployments.apps`, for texts. */
export function groupResourceText(mapping: Mapping): string {
  return resourceKey(mapping.info);
}

/** Puts the kinds of a category in its place: `all` becomes `pods,replicationcontrollers,…`. */
export function replaceAliases(text: string): string {
  return text
    .split(",")
    .map((part) => expandCategory(part)?.join(",") ?? part)
    .join(",");
}
