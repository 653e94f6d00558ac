import { apiVersionOf, type KindInfo, kinds, resourceKey } from "../../api/registry.ts";
import type { ResourceKey } from "../../api/snapshot.ts";

/** What a path below `/api/v1` or `/apis/<group>/<version>` names. */
export interface ResourcePath {
  info: KindInfo;
  /** The registry's key, with the version where it is not the preferred one. */
  resource: ResourceKey;
  apiVersion: string;
  namespace: string;
  /** "" for a collection. */
  name: string;
  subresource: string;
  /** What follows the subresource, as below `proxy/`. */
  rest: string;
}

/** undefined when no resource is served there. Models apiserver pkg/endpoints/request/requestinfo.go. */
export function parseResourcePath(path: string): ResourcePath | undefined {
  const parts = path.split("/").filter((part) => part !== "");
  const core = parts[0] === "api";
  if (!core && parts[0] !== "apis") return undefined;
  const group = core ? "" : (parts[1] ?? "");
  const version = (core ? parts[1] : parts[2]) ?? "";
  let rest = parts.slice(core ? 2 : 3);
  let namespace = "";
  // `namespaces/x` alone, and its subresources, are of the Namespace itself.
  if (rest[0] === "namespaces" && rest.length > 2 && rest[2] !== "status" && rest[2] !== "finalize") {
    namespace = rest[1]!;
    rest = rest.slice(2);
  }
  const [resource, name = "", subresource = "", ...more] = rest;
  const info = kinds.find(
    (kind) => kind.group === group && kind.resource === resource && kind.versions.includes(version),
  );
  if (!info) return undefined;
  const key = version === info.version ? resourceKey(info) : `${info.resource}.${version}.${info.group}`;
  return {
    info,
    resource: key,
    apiVersion: apiVersionOf(info, version),
    namespace,
    name,
    subresource,
    rest: more.join("/"),
  };
}
