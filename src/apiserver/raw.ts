import { discoveryDocument } from "../api/discovery.ts";
import type { Json } from "../api/json.ts";
import type { KubeList, KubeObject } from "../api/object.ts";
import { KUBERNETES_VERSION } from "../api/profiles/nodes.ts";
import { kindByResource, kinds } from "../api/registry.ts";
import type { ListOptions } from "./client.ts";
import { noSuchResource } from "./request.ts";

interface Reader {
  get(resource: string, namespace: string, name: string): Promise<KubeObject>;
  list(resource: string, options: ListOptions): Promise<KubeList>;
}

/** What `GET /version` answers. Models apimachinery pkg/version.Info. */
export const VERSION_INFO = {
  major: "1",
  minor: "36",
  emulationMajor: "1",
  emulationMinor: "36",
  minCompatibilityMajor: "1",
  minCompatibilityMinor: "35",
  gitVersion: KUBERNETES_VERSION,
  gitCommit: "",
  gitTreeState: "clean",
  buildDate: "2026-06-10T00:00:00Z",
  goVersion: "go1.26.4",
  compiler: "gc",
  platform: "linux/amd64",
};

/** A GET on any path of the server. @throws ApiError NotFound */
export async function raw(path: string, reader: Reader): Promise<Json | string> {
  const url = new URL(path, "http://server");
  const parts = decodeURIComponent(url.pathname).split("/").filter(Boolean);
  if (url.pathname === "/version" || url.pathname === "/version/") return VERSION_INFO;
  if (["/healthz", "/livez", "/readyz"].includes(url.pathname)) return "ok";
  const document = discoveryDocument(`/${parts.join("/")}`);
  if (document) return document as Json;
  const rest = parts[0] === "api" ? parts.slice(2) : parts[0] === "apis" ? parts.slice(3) : [];
  const group = parts[0] === "api" ? "" : (parts[1] ?? "");
  const namespaced = rest[0] === "namespaces" && rest.length > 2;
  const [resource, name, subresource] = namespaced ? rest.slice(2) : rest;
  const version = parts[0] === "api" ? parts[1] : parts[2];
  const info = kinds.find(
    (kind) => kind.group === group && kind.resource === resource && kind.versions.includes(version ?? ""),
  );
  if (!info || subresource) throw noSuchResource();
  const key = info.group ? `${info.resource}.${info.group}` : info.resource;
  if (!kindByResource(key)) throw noSuchResource();
  const namespace = namespaced ? rest[1]! : "";
  if (name) return (await reader.get(key, namespace, name)) as unknown as Json;
  const query = url.searchParams;
  return (await reader.list(key, {
    namespace,
    ...(query.get("labelSelector") ? { labelSelector: query.get("labelSelector")! } : {}),
    ...(query.get("fieldSelector") ? { fieldSelector: query.get("fieldSelector")! } : {}),
    ...(query.get("limit") ? { limit: Number(query.get("limit")) } : {}),
    ...(query.get("continue") ? { continue: query.get("continue")! } : {}),
  })) as unknown as Json;
}
