import type { Endpoint, EndpointSlice } from "../../api/types/discovery.ts";
import { orUnset, writeHead } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models EndpointSliceDescriber. */
export const describe: Describe<EndpointSlice> = async (slice, port) => {
  const w = new DescribeWriter();
  writeHead(w, slice, true);
  w.field(0, "AddressType", slice.addressType ?? "");
  if (!slice.ports?.length) w.write(0, "Ports: <unset>\n");
  else {
    w.write(0, "Ports:\n");
    w.write(1, "Name\tPort\tProtocol\n");
    w.write(1, "----\t----\t--------\n");
    for (const { name, port: number, protocol = "" } of slice.ports) {
      w.write(1, `${name || "<unset>"}\t${orUnset(number)}\t${protocol}\n`);
    }
  }
  if (!slice.endpoints?.length) w.write(0, "Endpoints: <none>\n");
  else {
    w.write(0, "Endpoints:\n");
    for (const endpoint of slice.endpoints) writeEndpoint(w, endpoint);
  }
  await writeEventsOf(w, slice, port);
  return w.text();
};

function writeEndpoint(w: DescribeWriter, endpoint: Endpoint): void {
  const { addresses, conditions, hostname, targetRef, nodeName, zone } = endpoint;
  w.field(1, "- Addresses", addresses?.join(", ") || "<none>");
  w.write(2, "Conditions:\n");
  w.field(3, "Ready", conditions?.ready === undefined ? "<unset>" : conditions.ready);
  w.field(2, "Hostname", orUnset(hostname));
  if (targetRef) w.field(2, "TargetRef", `${targetRef.kind ?? ""}/${targetRef.name ?? ""}`);
  w.field(2, "NodeName", orUnset(nodeName));
  w.field(2, "Zone", orUnset(zone));
}
