import { profileOf } from "../../api/profiles/profiles.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Service } from "../../api/types/core.ts";
import { clusterView } from "../../network/cluster-view.ts";

/** The address at which this machine reaches the cluster's node ports. */
export function nodeAddress(snapshot: Snapshot): string {
  const { host } = profileOf(snapshot.cluster.profile);
  if (host.publishesOnLocalhost) return "127.0.0.1";
  const [first] = clusterView(snapshot).nodes;
  const outer = host.reaches.includes("nodeExternal") ? first?.externalIP : undefined;
  return outer ?? first?.internalIP ?? "127.0.0.1";
}

/** `http://192.168.65.3:30080` for each node port of a Service, in the order of its ports. */
export function serviceUrls(snapshot: Snapshot, service: Service): string[] {
  const address = nodeAddress(snapshot);
  return (service.spec?.ports ?? []).flatMap(({ nodePort }) => (nodePort ? [`http://${address}:${nodePort}`] : []));
}
