import { getKey, sortedKeys } from "../../api/json.ts";
import { formatQuantity, parseQuantity, quantityValue } from "../../api/meta/quantity.ts";
import type { ResourceQuota } from "../../api/types/core.ts";
import { quantityText, writeName } from "./common.ts";
import { sortedBy } from "./containers.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models ResourceQuotaDescriber. */
export const describe: Describe<ResourceQuota> = (quota) => {
  const w = new DescribeWriter();
  writeName(w, quota, true);
  writeScopes(w, quota, 0, " * ");
  w.write(0, "Resource\tUsed\tHard\n");
  w.write(0, "--------\t----\t----\n");
  const { hard = {}, used = {} } = quota.status ?? {};
  for (const name of sortedKeys(hard)) {
    const limit = parseQuantity(String(getKey(hard, name)));
    const amount = parseQuantity(String(getKey(used, name) ?? "0"));
    const sameFormat = limit.format === amount.format;
    const text = sameFormat ? amount.text : formatQuantity(quantityValue(amount) * 1_000_000_000n, limit.format);
    w.write(0, `${name}\t${text}\t${limit.text}\n`);
  }
  return w.text();
};

/** The quotas of a namespace. Models DescribeResourceQuotas. */
export function writeQuotas(w: DescribeWriter, quotas: readonly ResourceQuota[]): void {
  if (quotas.length === 0) {
    w.write(0, "No resource quota.\n");
    return;
  }
  w.write(0, "Resource Quotas\n");
  for (const quota of sortedBy(quotas, ({ metadata }) => metadata.name ?? "")) {
    w.field(1, "Name", quota.metadata.name ?? "");
    writeScopes(w, quota, 1, "* ");
    w.write(1, "Resource\tUsed\tHard\n");
    w.write(1, "--------\t---\t---\n");
    const { hard = {}, used = {} } = quota.status ?? {};
    for (const name of sortedKeys(hard)) {
      w.write(1, `${name}\t${quantityText(getKey(used, name))}\t${quantityText(getKey(hard, name))}\n`);
    }
  }
}

const SCOPES: Readonly<Record<string, string>> = {
  Terminating:
    "Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.",
  NotTerminating:
    "Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.",
  BestEffort:
    "Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.",
  NotBestEffort:
    "Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.",
};

function writeScopes(w: DescribeWriter, { spec }: ResourceQuota, level: number, bullet: string): void {
  if (!spec?.scopes?.length) return;
  const scopes = [...spec.scopes].sort();
  w.field(level, "Scopes", scopes.join(", "));
  for (const scope of scopes) if (SCOPES[scope]) w.write(level, `${bullet}${SCOPES[scope]}\n`);
}
