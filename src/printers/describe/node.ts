import { compareStrings, getKey, sortedKeys } from "../../api/json.ts";
import { nodeRoles } from "../../api/kinds/node/columns.ts";
import type { KubeObject } from "../../api/object.ts";
import { ApiError } from "../../api/status.ts";
import type { Node, NodeCondition, NodeSystemInfo, Pod, Taint } from "../../api/types/core.ts";
import { formatTime, orUnset, quantityText, writeAnnotations, writeColumn, writeLabels } from "./common.ts";
import { sortedBy } from "./containers.ts";
import { searchEvents, subjectOf, writeEvents } from "./events.ts";
import { writeNodeResources } from "./node-resources.ts";
import type { Describe, DescribePort } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models NodeDescriber. */
export const describe: Describe<Node> = async (node, port) => {
  const { metadata, spec, status } = node;
  const { name = "" } = metadata;
  const fieldSelector = `spec.nodeName=${name},status.phase!=Failed,status.phase!=Succeeded`;
  const pods = (await port.list("pods", "", { fieldSelector })) as Pod[];
  const w = new DescribeWriter();
  w.field(0, "Name", name);
  w.field(0, "Roles", nodeRoles(node).join(",") || "<none>");
  writeLabels(w, "Labels", metadata.labels);
  writeAnnotations(w, "Annotations", metadata.annotations);
  w.field(0, "CreationTimestamp", formatTime(metadata.creationTimestamp, port));
  const taints = sortedBy(spec?.taints ?? [], ({ effect, key }) => `${effect},${key}`);
  writeColumn(w, "Taints:", taints.map(taintText));
  w.field(0, "Unschedulable", spec?.unschedulable ?? false);
  await writeLease(w, name, port);
  writeConditions(w, status?.conditions ?? [], port);
  w.write(0, "Addresses:\n");
  for (const { type, address } of status?.addresses ?? []) w.field(1, type, address);
  writeAmounts(w, "Capacity", status?.capacity);
  writeAmounts(w, "Allocatable", status?.allocatable);
  await writeSlices(w, name, port);
  writeSystem(w, status?.nodeInfo);
  if (spec?.podCIDR) w.field(0, "PodCIDR", spec.podCIDR);
  if (spec?.podCIDRs?.length) w.field(0, "PodCIDRs", spec.podCIDRs.join(","));
  if (spec?.providerID) w.field(0, "ProviderID", spec.providerID);
  writeNodeResources(w, node, pods, port);
  if (port.showEvents) {
    // The kubelet reports with the node's name in the place of its uid.
    const subject = subjectOf(node);
    const found = await searchEvents(subject, port);
    writeEvents(w, [...found, ...(await searchEvents({ ...subject, uid: name }, port))], port);
  }
  return w.text();
};

/** Models Taint.ToString. */
function taintText({ key, value, effect }: Taint): string {
  if (!effect) return value ? `${key}=${value}:` : key;
  return value ? `${key}=${value}:${effect}` : `${key}:${effect}`;
}

async function writeLease(w: DescribeWriter, name: string, port: DescribePort): Promise<void> {
  interface Lease extends KubeObject {
    spec?: { holderIdentity?: string; acquireTime?: string; renewTime?: string };
  }
  let lease: Lease;
  try {
    lease = (await port.get("leases.coordination.k8s.io", "kube-node-lease", name)) as Lease;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    w.field(0, "Lease", `Failed to get lease: ${error.message}`);
    return;
  }
  const { holderIdentity, acquireTime, renewTime } = lease.spec ?? {};
  w.write(0, "Lease:\n");
  w.field(1, "HolderIdentity", orUnset(holderIdentity));
  w.field(1, "AcquireTime", acquireTime ? formatTime(acquireTime, port) : "<unset>");
  w.field(1, "RenewTime", renewTime ? formatTime(renewTime, port) : "<unset>");
}

function writeConditions(w: DescribeWriter, conditions: readonly NodeCondition[], port: DescribePort): void {
  if (conditions.length === 0) return;
  w.write(0, "Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage\n");
  w.write(1, "----\t------\t-----------------\t------------------\t------\t-------\n");
  for (const { type, status, lastHeartbeatTime, lastTransitionTime, reason = "", message = "" } of conditions) {
    const times = `${formatTime(lastHeartbeatTime, port)} \t${formatTime(lastTransitionTime, port)}`;
    w.write(1, `${type} \t${status} \t${times} \t${reason} \t${message}\n`);
  }
}

function writeAmounts(w: DescribeWriter, title: string, list: Record<string, string | number> | undefined): void {
  const names = sortedKeys(list ?? {});
  if (names.length > 0) w.write(0, `${title}:\n`);
  for (const name of names) w.field(1, name, quantityText(getKey(list!, name)));
}

const MOST_POOLS = 10;

/** Models describeNodeResourceSlices; nothing when the server has no answer. */
async function writeSlices(w: DescribeWriter, name: string, port: DescribePort): Promise<void> {
  interface Slice extends KubeObject {
    spec?: { driver?: string; pool?: { name?: string }; devices?: unknown[] };
  }
  const pools = new Map<string, { driver: string; pool: string; slices: number; devices: number }>();
  try {
    const found = await port.list("resourceslices.resource.k8s.io", "", {
      fieldSelector: `spec.nodeName=${name}`,
      atOnce: true,
    });
    for (const { spec = {} } of found as Slice[]) {
      const { driver = "", pool: { name: pool = "" } = {}, devices = [] } = spec;
      const sum = pools.get(`${driver}/${pool}`) ?? { driver, pool, slices: 0, devices: 0 };
      pools.set(`${driver}/${pool}`, { ...sum, slices: sum.slices + 1, devices: sum.devices + devices.length });
    }
  } catch {
    return;
  }
  if (pools.size === 0) return;
  w.write(0, "Node-Local ResourceSlices:\n");
  w.write(1, "Driver\tPool\tSlices\tDevices\n");
  w.write(1, "------\t----\t------\t-------\n");
  const sorted = [...pools].sort(([a], [b]) => compareStrings(a, b));
  for (const [, { driver, pool, slices, devices }] of sorted.slice(0, MOST_POOLS)) {
    w.write(1, `${driver}\t${pool}\t${slices}\t${devices}\n`);
  }
  if (sorted.length > MOST_POOLS) w.write(1, `...and ${sorted.length - MOST_POOLS} more pools\n`);
}

function writeSystem(w: DescribeWriter, info: Partial<NodeSystemInfo> = {}): void {
  w.write(0, "System Info:\n");
  w.field(1, "Machine ID", info.machineID ?? "");
  w.field(1, "System UUID", info.systemUUID ?? "");
  w.field(1, "Boot ID", info.bootID ?? "");
  w.field(1, "Kernel Version", info.kernelVersion ?? "");
  w.field(1, "OS Image", info.osImage ?? "");
  w.field(1, "Operating System", info.operatingSystem ?? "");
  w.field(1, "Architecture", info.architecture ?? "");
  w.field(1, "Container Runtime Version", info.containerRuntimeVersion ?? "");
  w.field(1, "Kubelet Version", info.kubeletVersion ?? "");
}
