import { compareStrings } from "../../api/json.ts";
import { since } from "../../api/meta/human-duration.ts";
import { quantityMilliValue, quantityValue } from "../../api/meta/quantity.ts";
import type { Node, Pod } from "../../api/types/core.ts";
import { type Amounts, add, podAmounts, read } from "./pod-resources.ts";
import type { DescribePort } from "./port.ts";
import type { DescribeWriter } from "./writer.ts";

/** The pods of a node and what they take of it. Models describeNodeResource. */
export function writeNodeResources(w: DescribeWriter, node: Node, pods: readonly Pod[], port: DescribePort): void {
  const given = node.status?.allocatable;
  const allocatable = read(given && Object.keys(given).length > 0 ? given : node.status?.capacity);
  const share = (amounts: Amounts, name: string) => {
    const percent = (part(amounts, name) / part(allocatable, name)) * 100;
    return `${textOf(amounts, name)} (${Number.isFinite(percent) ? Math.trunc(percent) : 0}%)`;
  };
  w.field(0, "Non-terminated Pods", `(${pods.length} in total)`);
  w.write(1, "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge\n");
  w.write(1, "---------\t----\t\t------------\t----------\t---------------\t-------------\t---\n");
  const requests: Amounts = new Map();
  const limits: Amounts = new Map();
  for (const pod of pods) {
    const { namespace = "", name = "", creationTimestamp } = pod.metadata;
    const asked = podAmounts(pod, "requests", true);
    const allowed = podAmounts(pod, "limits", true);
    add(requests, podAmounts(pod, "requests", false));
    add(limits, podAmounts(pod, "limits", false));
    const shares = ["cpu", "memory"].flatMap((resource) => [share(asked, resource), share(allowed, resource)]);
    w.write(1, `${namespace}\t${name}\t\t${shares.join("\t")}\t${since(creationTimestamp, port.now)}\n`);
  }
  w.write(0, "Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n");
  w.write(1, "Resource\tRequests\tLimits\n");
  w.write(1, "--------\t--------\t------\n");
  const names = [...allocatable.keys()].sort(compareStrings);
  const huge = names.filter((name) => name.startsWith("hugepages-"));
  for (const name of [...STANDARD, ...huge]) w.write(1, `${name}\t${share(requests, name)}\t${share(limits, name)}\n`);
  for (const name of names) {
    if (STANDARD.includes(name) || huge.includes(name) || name === "pods") continue;
    w.write(1, `${name}\t${textOf(requests, name)}\t${textOf(limits, name)}\n`);
  }
}

const STANDARD = ["cpu", "memory", "ephemeral-storage"];

function part(amounts: Amounts, name: string): number {
  const amount = amounts.get(name);
  if (!amount) return 0;
  return Number(name === "cpu" ? quantityMilliValue(amount) : quantityValue(amount));
}

function textOf(amounts: Amounts, name: string): string {
  return amounts.get(name)?.text ?? "0";
}
