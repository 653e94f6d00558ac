import type { ClusterView, NetNode } from "../../network/cluster-view.ts";
import { servicePorts } from "../../network/proxy/service-ports.ts";
import { firstFilter, firstNat, lastFilter, lastNat } from "./built-in-chains.ts";
import type { Tables } from "./rule.ts";
import { writeService } from "./service-rules.ts";

/**
 * The rules that kube-proxy has written on a node, Service by Service in the order of their names (its own order is drawn by lot).
 * Models kubernetes pkg/proxy/iptables/proxier.go syncProxyRules; the first rules of the built-in chains are its jumps and kubelet's.
 */
export function proxyRules(view: ClusterView, node: NetNode): Tables {
  const tables: Tables = { nat: firstNat(), filter: firstFilter() };
  const podRange = view.profile.clusterCIDR;
  for (const service of servicePorts(view.snapshot)) writeService(tables, view, node, service, podRange);
  tables.nat.push(...lastNat());
  tables.filter.push(...lastFilter());
  return tables;
}
