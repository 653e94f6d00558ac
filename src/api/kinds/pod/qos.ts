import { parseQuantity } from "../../meta/quantity.ts";
import type { Pod, ResourceRequirements } from "../../types/core.ts";

type Amounts = Map<string, bigint>;

/** Models ComputePodQOS of kubernetes pkg/apis/core/v1/helper/qos/qos.go. */
export function qosClassOf({ spec }: Pod): "BestEffort" | "Burstable" | "Guaranteed" {
  const requests: Amounts = new Map();
  const limits: Amounts = new Map();
  let guaranteed = true;
  const all: (ResourceRequirements | undefined)[] = spec?.resources
    ? [spec.resources]
    : [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map((container) => container.resources);
  for (const resources of all) {
    add(requests, resources?.requests);
    const limited = add(limits, resources?.limits);
    if (!limited.has("cpu") || !limited.has("memory")) guaranteed = false;
  }
  if (requests.size === 0 && limits.size === 0) return "BestEffort";
  if (guaranteed) guaranteed = [...requests].every(([name, amount]) => limits.get(name) === amount);
  return guaranteed && requests.size === limits.size ? "Guaranteed" : "Burstable";
}

function add(sum: Amounts, list: Record<string, string | number> | undefined): Set<string> {
  const found = new Set<string>();
  for (const name of ["cpu", "memory"]) {
    const amount = list?.[name] === undefined ? 0n : parseQuantity(String(list[name])).nano;
    if (amount <= 0n) continue;
    found.add(name);
    sum.set(name, (sum.get(name) ?? 0n) + amount);
  }
  return found;
}
