import type { Json } from "../api/json.ts";
import type { ApiClient } from "../apiserver/client.ts";

/** One resource as the server's documents describe it (metav1.APIResource). */
export interface DiscoveredResource {
  name: string;
  singularName: string;
  namespaced: boolean;
  group: string;
  version: string;
  kind: string;
  verbs: string[];
  shortNames?: string[];
  categories?: string[];
  storageVersionHash?: string;
}

interface GroupList {
  groups: { name: string; versions: { groupVersion: string }[]; preferredVersion: { groupVersion: string } }[];
}

/** `v1`, `apps/v1` …: all that the server serves, a group's preferred version first. */
export async function groupVersions(client: ApiClient): Promise<string[]> {
  const core = document<{ versions: string[] }>(await client.raw("/api")).versions;
  const { groups } = document<GroupList>(await client.raw("/apis"));
  return [...core, ...groups.flatMap((group) => group.versions.map((version) => version.groupVersion))];
}

/**
 * Each resource once, in its group's preferred version where it has that; subresources are left out.
 * Models client-go discovery (ServerPreferredResources).
 */
export async function preferredResources(client: ApiClient): Promise<DiscoveredResource[]> {
  const found = new Map<string, DiscoveredResource>();
  for (const groupVersion of await groupVersions(client)) {
    const [version = "", group = ""] = groupVersion.split("/").reverse();
    const path = group === "" ? `/api/${version}` : `/apis/${groupVersion}`;
    const { resources } = document<{ resources: DiscoveredResource[] }>(await client.raw(path));
    for (const resource of resources) {
      const key = `${resource.name}.${group}`;
      if (!resource.name.includes("/") && !found.has(key)) found.set(key, { ...resource, group, version });
    }
  }
  return [...found.values()];
}

function document<T>(json: Json | string): T {
  return json as unknown as T;
}
