import { byAddress, byNodePort } from "../../api/indexes.ts";
import type { KubeObject } from "../../api/object.ts";
import { RECORDS, RELEASED_NAME, type ReleasedAddresses } from "../../api/records.ts";
import type { Controller } from "../controller.ts";
import { keyOf } from "../keys.ts";

/** How many names are kept. */
const MOST = 200;

/**
 * Counts how often a Service has let go of an address or a port. The real allocators draw anew each time; here the draw is keyed by
 * the name, and by this count.
 */
export const releasedAddresses: Controller = {
  name: "released-addresses",
  manager: "kubemu",
  affected({ before, after }) {
    if (!before) return [];
    const kept = after ? heldBy(after) : [];
    const stays = heldBy(before).every((value) => kept.includes(value));
    return stays ? [] : [keyOf(before)];
  },
  reconcile(key, snapshot) {
    const times = snapshot.get<ReleasedAddresses>(RECORDS.released, "", RELEASED_NAME)?.times ?? [];
    const before = times.find(([name]) => name === key)?.[1] ?? 0;
    const object: ReleasedAddresses = {
      apiVersion: "kubemu.dev/v1",
      kind: "ReleasedAddresses",
      metadata: { name: RELEASED_NAME },
      times: [...times.filter(([name]) => name !== key), [key, before + 1] as [string, number]].slice(-MOST),
    };
    return { writes: [{ verb: "record", resource: RECORDS.released, object }] };
  },
};

/** Addresses and ports, the health check's too. */
function heldBy(service: KubeObject): string[] {
  return [...byAddress.values(service), ...byNodePort.values(service)];
}
