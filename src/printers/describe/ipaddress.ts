import type { IPAddress } from "../../api/types/networking.ts";
import { writeHead } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models IPAddressDescriber. */
export const describe: Describe<IPAddress> = async (address, port) => {
  const w = new DescribeWriter();
  writeHead(w, address, false);
  const parent = address.spec?.parentRef;
  if (parent) {
    w.write(0, "Parent Reference:\n");
    w.field(1, "Group", parent.group ?? "");
    w.field(1, "Resource", parent.resource);
    w.field(1, "Namespace", parent.namespace ?? "");
    w.field(1, "Name", parent.name);
  }
  await writeEventsOf(w, address, port);
  return w.text();
};
