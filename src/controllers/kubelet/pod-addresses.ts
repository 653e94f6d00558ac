import { byNode, type IndexedSnapshot } from "../../api/indexes.ts";
import type { Node, Pod } from "../../api/types/core.ts";

/**
 * The pod's address: that of its node on the host's network, else the next one of the node's range after the last that was given, as
 * the host-local plug-in does; the bridge has `.1`, pods start at `.2`. undefined when the range is full.
 */
export function addressFor(snapshot: IndexedSnapshot, pod: Pod, node: Node): string | undefined {
  if (pod.status?.podIP) return pod.status.podIP;
  if (pod.spec?.hostNetwork) return node.status?.addresses?.find((entry) => entry.type === "InternalIP")?.address;
  const range = node.spec?.podCIDR;
  if (!range) return undefined;
  const base = range.slice(0, range.lastIndexOf("."));
  const held = snapshot
    .listBy<Pod>("pods", byNode, node.metadata.name!)
    .filter((other) => !other.spec?.hostNetwork && other.status?.podIP)
    .map((other) => ({
      number: Number(other.status!.podIP!.slice(base.length + 1)),
      given: Number(other.metadata.resourceVersion ?? 0),
      at: other.status!.startTime ?? "",
    }));
  const taken = new Set(held.map(({ number }) => number));
  const last = Math.max(1, ...held.map(({ number }) => number));
  for (let step = 1; step <= 253; step++) {
    const number = 2 + ((last - 2 + step + 253) % 253);
    if (!taken.has(number)) return `${base}.${number}`;
  }
  return undefined;
}
