import { getKey } from "../../api/json.ts";
import { addQuantities, compareQuantities, parseQuantity, type Quantity } from "../../api/meta/quantity.ts";
import type { Container, ContainerStatus, Pod } from "../../api/types/core.ts";

export type Amounts = Map<string, Quantity>;
type List = "requests" | "limits";

/**
 * What a pod asks for or may use in all. Models k8s.io/component-helpers/resource PodRequests and PodLimits.
 * @param useStatus what its containers were granted counts too (UseStatusResources)
 */
export function podAmounts(pod: Pod, list: List, useStatus: boolean): Amounts {
  const { spec, status } = pod;
  const statuses = useStatus ? [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])] : [];
  const total: Amounts = new Map();
  const of = (container: Container) =>
    effective(
      container,
      statuses.findLast(({ name }) => name === container.name),
      list,
      isInfeasible(pod),
    );
  for (const container of spec?.containers ?? []) add(total, of(container));
  const sidecars: Amounts = new Map();
  const highest: Amounts = new Map();
  for (const container of spec?.initContainers ?? []) {
    const own = container.restartPolicy === "Always" ? of(container) : read(container.resources?.[list]);
    const starting: Amounts = new Map(sidecars);
    add(starting, own);
    if (container.restartPolicy === "Always") {
      add(total, own);
      add(sidecars, own);
    }
    raise(highest, starting);
  }
  raise(total, highest);
  for (const [name, amount] of read(spec?.resources?.[list])) {
    if (name === "cpu" || name === "memory" || name.startsWith("hugepages-")) total.set(name, amount);
  }
  for (const [name, amount] of read(spec?.overhead)) {
    const known = total.get(name);
    if (list === "requests" || (known && known.nano !== 0n)) add(total, new Map([[name, amount]]));
  }
  return total;
}

function isInfeasible({ status }: Pod): boolean {
  return status?.conditions?.find(({ type }) => type === "PodResizePending")?.reason === "Infeasible";
}

/** The largest of what is asked, what is set and what is granted. */
function effective(
  container: Container,
  status: ContainerStatus | undefined,
  list: List,
  infeasible: boolean,
): Amounts {
  const asked = read(container.resources?.[list]);
  if (!status?.resources) return asked;
  const result: Amounts = infeasible ? new Map() : asked;
  raise(result, read(status.resources[list]));
  if (list === "requests") raise(result, read(status.allocatedResources));
  return result;
}

export function read(list: Record<string, string | number> | undefined): Amounts {
  return new Map(
    Object.keys(list ?? {}).map((name) => [name, parseQuantity(String(getKey(list!, name)))] as [string, Quantity]),
  );
}

export function add(sum: Amounts, list: Amounts): void {
  for (const [name, amount] of list) {
    const known = sum.get(name);
    sum.set(name, known ? addQuantities(known, amount) : amount);
  }
}

function raise(highest: Amounts, list: Amounts): void {
  for (const [name, amount] of list) {
    const known = highest.get(name);
    if (!known || compareQuantities(amount, known) > 0) highest.set(name, amount);
  }
}
