import type { PersistentVolumeClaim, Pod } from "../../api/types/core.ts";
import { writeClaim } from "./claim.ts";
import { formatTime, writeColumn } from "./common.ts";
import { sortedBy } from "./containers.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models PersistentVolumeClaimDescriber. */
export const describe: Describe<PersistentVolumeClaim> = async (claim, port) => {
  const pods = usersOf(claim, (await port.list("pods", claim.metadata.namespace ?? "")) as Pod[]);
  const w = new DescribeWriter();
  writeClaim(w, claim, port);
  const name = (pod: Pod) => pod.metadata.name ?? "";
  writeColumn(w, "Used By:", sortedBy(pods, name).map(name));
  const conditions = claim.status?.conditions ?? [];
  if (conditions.length > 0) {
    w.write(0, "Conditions:\n");
    w.write(1, "Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage\n");
    w.write(1, "----\t------\t-----------------\t------------------\t------\t-------\n");
  }
  for (const { type, status, lastProbeTime, lastTransitionTime, reason = "", message = "" } of conditions) {
    const times = `${formatTime(lastProbeTime, port)} \t${formatTime(lastTransitionTime, port)}`;
    w.write(1, `${type} \t${status} \t${times} \t${reason} \t${message}\n`);
  }
  await writeEventsOf(w, claim, port);
  return w.text();
};

/** Pods with a volume of it, once a volume, and pods that own it. Models getPodsForPVC. */
function usersOf({ metadata }: PersistentVolumeClaim, pods: readonly Pod[]): Pod[] {
  const users = pods.flatMap((pod) =>
    (pod.spec?.volumes ?? [])
      .filter(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === metadata.name)
      .map(() => pod),
  );
  for (const { kind, uid } of metadata.ownerReferences ?? []) {
    const owner = kind === "Pod" ? pods.find((pod) => pod.metadata.uid === uid) : undefined;
    if (owner && !users.some((pod) => pod.metadata.uid === uid)) users.push(owner);
  }
  return users;
}
