import type { EndpointAddress, Endpoints } from "../../api/types/core.ts";
import { writeHead } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models EndpointsDescriber. */
export const describe: Describe<Endpoints> = async (endpoints, port) => {
  const w = new DescribeWriter();
  writeHead(w, endpoints, true);
  w.write(0, "Subsets:\n");
  for (const { addresses, notReadyAddresses, ports = [] } of endpoints.subsets ?? []) {
    w.field(1, "Addresses", addressesText(addresses));
    w.field(1, "NotReadyAddresses", addressesText(notReadyAddresses));
    if (ports.length > 0) {
      w.write(1, "Ports:\n");
      w.write(2, "Name\tPort\tProtocol\n");
      w.write(2, "----\t----\t--------\n");
      for (const { name, port: number, protocol = "" } of ports) {
        w.write(2, `${name || "<unset>"}\t${number}\t${protocol}\n`);
      }
    }
    w.write(0, "\n");
  }
  await writeEventsOf(w, endpoints, port);
  return w.text();
};

function addressesText(addresses: readonly EndpointAddress[] = []): string {
  return addresses.map(({ ip }) => ip).join(",") || "<none>";
}
