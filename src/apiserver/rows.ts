import type { Json } from "../api/json.ts";
import { loadTable } from "../api/kinds/load.ts";
import { STORED_ROWS, storedRow } from "../api/kinds/stored-rows.ts";
import type { KubeObject } from "../api/object.ts";
import { kindByResource } from "../api/registry.ts";
import { keyPrefix } from "../store/keys.ts";

/** What makes the stored rows of those resources among the changed ones that have such. Keys are those of the state file. */
export async function rowsOf(
  changes: ReadonlyMap<string, unknown>,
): Promise<ReadonlyMap<string, (object: KubeObject) => Json[]>> {
  const makers = new Map<string, (object: KubeObject) => Json[]>();
  for (const resource of STORED_ROWS) {
    const prefix = keyPrefix(resource);
    const info = kindByResource(resource);
    if (!info || ![...changes.keys()].some((key) => key.startsWith(prefix))) continue;
    const printer = await loadTable(info);
    makers.set(resource, (object) => storedRow(printer, object));
  }
  return makers;
}
