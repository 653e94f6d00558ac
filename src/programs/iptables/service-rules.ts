import type { ClusterView, NetNode } from "../../network/cluster-view.ts";
import { categorize, endpointsOf } from "../../network/proxy/endpoints.ts";
import { externallyAccessible, type ServicePortInfo } from "../../network/proxy/service-ports.ts";
import { ANY_LOCAL, comment, type Tables, to, type Words } from "./rule.ts";
import { chainNames, endpointChain, externalChain, firewallChain, policyChain } from "./service-chains.ts";

/** Appends what one port of a Service needs: a way in for each of its addresses, and the chains behind it. */
export function writeService(
  { nat, filter }: Tables,
  view: ClusterView,
  node: NetNode,
  service: ServicePortInfo,
  podRange: string,
): void {
  const { title, vips } = service;
  const all = endpointsOf(view.snapshot, service);
  const { cluster, local, any } = categorize(all, service, node);
  const chains = chainNames(service);
  const protocol = service.protocol.toLowerCase();
  const inside = any && !(service.internalLocal && local.length === 0);
  const outside = any && !(service.externalLocal && local.length === 0);
  const accessible = externallyAccessible(service);
  const guarded = any && vips.length > 0 && service.sourceRanges.length > 0;
  const internal = service.internalLocal ? chains.local : chains.cluster;
  const fate = (reachable: boolean): { text: string; target: Words } =>
    any || reachable
      ? { text: `${title} has no local endpoints`, target: ["DROP"] }
      : { text: `${title} has no endpoints`, target: ["REJECT", "--reject-with", "icmp-port-unreachable"] };
  const at = (destination: string | undefined, port: number, text: string, ...more: Words[]) => ({
    ...(destination === undefined ? {} : { destination }),
    protocol,
    matches: [comment(text), ...more, [protocol, "--dport", String(port)]],
  });
  const lost = fate(inside);
  if (inside)
    nat.push({
      chain: "KUBE-SERVICES",
      ...at(service.clusterIP, service.port, `${title} cluster IP`),
      ...to(internal),
    });
  else filter.push({ chain: "KUBE-SERVICES", ...at(service.clusterIP, service.port, lost.text), target: lost.target });

  const portals: [address: string, kind: string, chain: string][] = [
    ...service.externalIPs.map((ip): [string, string, string] => [ip, "external IP", chains.external]),
    ...vips.map((ip): [string, string, string] => [ip, "loadbalancer IP", guarded ? chains.firewall : chains.external]),
  ];
  const refusal = fate(outside);
  for (const [address, kind, chain] of portals) {
    if (any) nat.push({ chain: "KUBE-SERVICES", ...at(address, service.port, `${title} ${kind}`), ...to(chain) });
    if (guarded && kind === "loadbalancer IP")
      filter.push({
        chain: "KUBE-PROXY-FIREWALL",
        ...at(address, service.port, `${title} traffic not accepted by ${chains.firewall}`),
        ...to("DROP"),
      });
    if (!outside)
      filter.push({
        chain: "KUBE-EXTERNAL-SERVICES",
        ...at(address, service.port, refusal.text),
        target: refusal.target,
      });
  }
  if (service.nodePort !== 0) {
    if (any) {
      const own = at(ANY_LOCAL, service.nodePort, title);
      nat.push({
        chain: "KUBE-NODEPORTS",
        ...own,
        // The extension prints its name after two blanks.
        matches: [...own.matches, ["nfacct", "--nfacct-name", " localhost_nps_accepted_pkts"]],
        ...to(chains.external),
      });
      nat.push({ chain: "KUBE-NODEPORTS", ...at(undefined, service.nodePort, title), ...to(chains.external) });
    }
    if (!outside)
      filter.push({
        chain: "KUBE-EXTERNAL-SERVICES",
        ...at(undefined, service.nodePort, refusal.text, ["addrtype", "--dst-type", "LOCAL"]),
        target: refusal.target,
      });
  }
  if (service.healthCheckNodePort !== 0)
    filter.push({
      chain: "KUBE-NODEPORTS",
      protocol: "tcp",
      matches: [comment(`${title} health check node port`), ["tcp", "--dport", String(service.healthCheckNodePort)]],
      ...to("ACCEPT"),
    });
  if (inside)
    nat.push({
      chain: internal,
      notSource: podRange,
      ...at(service.clusterIP, service.port, `${title} cluster IP`),
      ...to("KUBE-MARK-MASQ"),
    });
  if (any && accessible) nat.push(...externalChain(service, chains, podRange, outside));
  if (guarded) nat.push(...firewallChain(service, chains, node));
  const usesCluster = !service.internalLocal || accessible;
  const usesLocal = service.internalLocal || (service.externalLocal && accessible);
  if (cluster.length > 0 && usesCluster) nat.push(...policyChain(service, chains.cluster, cluster));
  if (local.length > 0 && usesLocal) nat.push(...policyChain(service, chains.local, local));
  for (const endpoint of all)
    if (cluster.includes(endpoint) || local.includes(endpoint)) nat.push(...endpointChain(service, endpoint));
}
