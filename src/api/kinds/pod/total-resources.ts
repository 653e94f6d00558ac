import { getKey } from "../../json.ts";
import { addQuantities, compareQuantities, parseQuantity, type Quantity } from "../../meta/quantity.ts";
import type { Container, Pod, PodSpec } from "../../types/core.ts";

type Amounts = Map<string, Quantity>;

function amounts(list: Record<string, string | number> | undefined): Amounts {
  return new Map(Object.keys(list ?? {}).map((name) => [name, parseQuantity(String(getKey(list!, name)))]));
}

function add(sum: Amounts, list: Amounts): void {
  for (const [name, amount] of list) sum.set(name, sum.has(name) ? addQuantities(sum.get(name)!, amount) : amount);
}

function raise(highest: Amounts, list: Amounts): void {
  for (const [name, amount] of list)
    if (!highest.has(name) || compareQuantities(amount, highest.get(name)!) > 0) highest.set(name, amount);
}

/** What a pod as a whole may ask for, too. */
export function isPodLevel(name: string): boolean {
  return name === "cpu" || name === "memory" || name.startsWith("hugepages-");
}

/**
 * The containers together, or more where an init container needs more. Models component-helpers resource.AggregateContainerRequests
 * and AggregateContainerLimits.
 */
export function sumOfContainers(spec: PodSpec | undefined, list: "requests" | "limits"): Amounts {
  const of = (container: Container) => amounts(container.resources?.[list]);
  const sum: Amounts = new Map();
  for (const container of spec?.containers ?? []) add(sum, of(container));
  const sidecars: Amounts = new Map();
  const highest: Amounts = new Map();
  for (const container of spec?.initContainers ?? []) {
    const own = of(container);
    if (container.restartPolicy === "Always") {
      add(sum, own);
      add(sidecars, own);
      raise(highest, sidecars);
      continue;
    }
    add(own, sidecars);
    raise(highest, own);
  }
  raise(sum, highest);
  return sum;
}

/** What a pod asks for, or may use at most. Models component-helpers resource.PodRequests and PodLimits. */
export function totalResources({ spec }: Pod, list: "requests" | "limits"): Amounts {
  const sum = sumOfContainers(spec, list);
  for (const [name, amount] of amounts(spec?.resources?.[list])) sum.set(name, amount);
  if (list === "requests" || sum.size) {
    const overhead = amounts(spec?.overhead);
    if (list === "requests") add(sum, overhead);
    else for (const [name, amount] of overhead) if (sum.has(name)) sum.set(name, addQuantities(sum.get(name)!, amount));
  }
  return sum;
}
