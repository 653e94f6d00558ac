import type { ServiceCIDR } from "../../api/types/networking.ts";
import { writeConditions, writeHead } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models ServiceCIDRDescriber. */
export const describe: Describe<ServiceCIDR> = async (range, port) => {
  const w = new DescribeWriter();
  writeHead(w, range, false);
  w.field(0, "CIDRs", (range.spec?.cidrs ?? []).join(", "));
  if (range.status?.conditions?.length) {
    w.write(0, "Status:\n");
    writeConditions(w, range.status.conditions, port);
  }
  await writeEventsOf(w, range, port);
  return w.text();
};
