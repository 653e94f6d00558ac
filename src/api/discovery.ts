import type { Json, JsonObject } from "./json.ts";
import { apiVersionOf, type KindInfo, kinds } from "./registry.ts";

/** What the API server serves under `/api` and `/apis`, built from the registry. Models apimachinery pkg/apis/meta/v1/types.go (APIResourceList …). */

const READ_WRITE = ["get", "patch", "update"];

/** Verbs, and the kind of the body where it is not the kind itself. */
interface SubresourceForm {
  verbs: string[];
  kind?: string;
  group?: string;
  version?: string;
}

function subresourceForm(info: KindInfo, name: string): SubresourceForm {
  switch (name) {
    case "attach":
    case "exec":
      return { kind: name === "exec" ? "PodExecOptions" : "PodAttachOptions", verbs: ["create", "get"] };
    case "portforward":
      return { kind: "PodPortForwardOptions", verbs: ["create", "get"] };
    case "proxy":
      return { kind: `${info.kind}ProxyOptions`, verbs: ["create", "delete", "get", "patch", "update"] };
    case "binding":
      return { kind: "Binding", verbs: ["create"] };
    case "eviction":
      return { group: "policy", version: "v1", kind: "Eviction", verbs: ["create"] };
    case "token":
      return { group: "authentication.k8s.io", version: "v1", kind: "TokenRequest", verbs: ["create"] };
    case "scale":
      return { group: "autoscaling", version: "v1", kind: "Scale", verbs: READ_WRITE };
    case "log":
      return { verbs: ["get"] };
    case "finalize":
      return { verbs: ["update"] };
    default:
      return { verbs: READ_WRITE };
  }
}

/** The verbs that a subresource of a kind has: `get`, `patch`, `update` for `status`. */
export function subresourceVerbs(info: KindInfo, name: string): string[] {
  return info.subresources.includes(name) ? subresourceForm(info, name).verbs : [];
}

function resources(info: KindInfo): JsonObject[] {
  const main: JsonObject = {
    name: info.resource,
    singularName: info.singular,
    namespaced: info.namespaced,
    kind: info.kind,
    verbs: [...info.verbs],
  };
  if (info.shortNames.length) main.shortNames = [...info.shortNames];
  if (info.categories.length) main.categories = [...info.categories];
  if (info.storageVersionHash) main.storageVersionHash = info.storageVersionHash;
  const subresources = info.subresources.map((name) => {
    const { verbs, kind = info.kind, group, version } = subresourceForm(info, name);
    return {
      name: `${info.resource}/${name}`,
      singularName: "",
      namespaced: info.namespaced,
      ...(group && { group, version }),
      kind,
      verbs: [...verbs],
    };
  });
  return [main, ...subresources];
}

/** Every served group and version in order: `["", "v1"]`, `["apps", "v1"]` …; a group's preferred version comes first. */
function groupVersions(): [group: string, version: string][] {
  const seen = new Map<string, [string, string]>();
  for (const info of kinds)
    for (const version of info.versions) seen.set(apiVersionOf(info, version), [info.group, version]);
  return [...seen.values()];
}

function groups(): JsonObject[] {
  const byName = new Map<string, { groupVersion: string; version: string }[]>();
  for (const [group, version] of groupVersions()) {
    if (!group) continue;
    const versions = byName.get(group) ?? [];
    versions.push({ groupVersion: `${group}/${version}`, version });
    byName.set(group, versions);
  }
  return [...byName].map(([name, versions]) => ({ name, versions, preferredVersion: { ...versions[0]! } }));
}

/** The document at `/api`, `/apis`, `/apis/apps`, `/api/v1` or `/apis/apps/v1`; undefined: no such path. Keys are in the server's order. `server`: where the API server is, which `/api` says. */
export function discoveryDocument(path: string, server = "127.0.0.1:6443"): Json | undefined {
  const parts = path.split("/").filter(Boolean);
  if (parts[0] === "api" && parts.length === 1)
    return {
      kind: "APIVersions",
      versions: ["v1"],
      serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress: server }],
    };
  if (parts[0] === "api" && parts.length === 2 && parts[1] === "v1")
    return { kind: "APIResourceList", groupVersion: "v1", resources: resourceList("", "v1") };
  if (parts[0] !== "apis") return undefined;
  if (parts.length === 1) return { kind: "APIGroupList", apiVersion: "v1", groups: groups() };
  const [, group = "", version = ""] = parts;
  if (parts.length === 2) {
    const found = groups().find(({ name }) => name === group);
    return found && { kind: "APIGroup", apiVersion: "v1", ...found };
  }
  const list = resourceList(group, version);
  if (parts.length !== 3 || list.length === 0) return undefined;
  return { kind: "APIResourceList", apiVersion: "v1", groupVersion: `${group}/${version}`, resources: list };
}

function resourceList(group: string, version: string): JsonObject[] {
  return kinds.filter((info) => info.group === group && info.versions.includes(version)).flatMap(resources);
}
