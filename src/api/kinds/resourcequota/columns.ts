import { getKey, sortedKeys } from "../../json.ts";
import type { ResourceQuota } from "../../types/core.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

/** Models printResourceQuota: used/hard, the resources whose name begins with `limits.` apart. */
export const table: TablePrinter<ResourceQuota> = {
  columns: [nameColumn, column("Request"), column("Limit"), ageColumn],
  cells: (quota, context) => {
    const { hard = {}, used = {} } = quota.status ?? {};
    const texts = sortedKeys(hard).map((name) => ({
      limit: name.startsWith("limits."),
      text: `${name}: ${getKey(used, name) ?? "0"}/${getKey(hard, name)}`,
    }));
    const join = (limit: boolean) => texts.flatMap((it) => (it.limit === limit ? [it.text] : [])).join(", ");
    return [nameOf(quota), join(false), join(true), ageOf(quota, context)];
  },
};
