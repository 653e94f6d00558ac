import type { KubeObject } from "../../api/object.ts";
import { formatTime, listText, writeHead } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

interface CSINode extends KubeObject {
  spec?: { drivers?: { name: string; nodeID: string; allocatable?: { count?: number }; topologyKeys?: string[] }[] };
}

/** Models CSINodeDescriber. */
export const describe: Describe<CSINode> = async (node, port) => {
  const w = new DescribeWriter();
  writeHead(w, node, false);
  w.field(0, "CreationTimestamp", formatTime(node.metadata.creationTimestamp, port));
  w.write(0, "Spec:\n");
  if (node.spec?.drivers) w.write(1, "Drivers:\n");
  for (const { name, nodeID, allocatable, topologyKeys } of node.spec?.drivers ?? []) {
    w.write(2, `${name}:\n`);
    w.field(3, "Node ID", nodeID);
    if (allocatable?.count !== undefined) {
      w.write(3, "Allocatables:\n");
      w.field(4, "Count", allocatable.count);
    }
    if (topologyKeys) w.field(3, "Topology Keys", listText(topologyKeys));
  }
  await writeEventsOf(w, node, port);
  return w.text();
};
