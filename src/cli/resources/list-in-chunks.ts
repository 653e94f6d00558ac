import type { KubeObject } from "../../api/object.ts";
import type { ResourceKey } from "../../api/snapshot.ts";
import type { ApiClient, ListOptions } from "../../apiserver/client.ts";

/** All objects of a list, asked for in parts of so many; 0 asks for all at once. Models cli-runtime pkg/resource/helper.go (FollowContinue). */
export async function listInChunks(
  client: Pick<ApiClient, "list">,
  resource: ResourceKey,
  options: ListOptions,
  chunkSize: number,
): Promise<KubeObject[]> {
  const items: KubeObject[] = [];
  const limit = chunkSize > 0 ? { limit: chunkSize } : {};
  let next: string | undefined;
  do {
    const page = await client.list(resource, { ...options, ...limit, ...(next ? { continue: next } : {}) });
    items.push(...page.items);
    next = page.metadata.continue;
  } while (next);
  return items;
}
