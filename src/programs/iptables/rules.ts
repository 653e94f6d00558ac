import { inCidr } from "../../network/address.ts";
import type { ClusterView, NetNode } from "../../network/cluster-view.ts";
import { categorize, endpointsOf, type ProxyEndpoint } from "../../network/proxy/endpoints.ts";
import { externallyAccessible, type ServicePortInfo, servicePorts } from "../../network/proxy/service-ports.ts";
import { sha256 } from "../../platform/crypto.ts";

/** A match or a target: its name and its options, as `iptables-save` prints them. */
export type Words = readonly string[];

export interface Rule {
  chain: string;
  source?: string;
  /** The source must not be there. */
  notSource?: string;
  destination?: string;
  protocol?: string;
  /** Each with its name first: `["tcp", "--dport", "80"]`. */
  matches: readonly Words[];
  /** Absent: the rule is a remark. */
  target?: Words;
}

export interface Tables {
  nat: Rule[];
  filter: Rule[];
}

const MARK = "0x4000/0x4000";
const ANY_LOCAL = "127.0.0.0/8";
const comment = (text: string): Words => ["comment", "--comment", text];
const to = (...target: string[]) => ({ target });
const NEW: Words = ["conntrack", "--ctstate", "NEW"];

/**
 * The rules that kube-proxy has written on a node, Service by Service in the order of their names (its own order is drawn by lot).
 * Models kubernetes pkg/proxy/iptables/proxier.go syncProxyRules; the first rules of the built-in chains are its jumps and kubelet's.
 */
export function proxyRules(view: ClusterView, node: NetNode): Tables {
  const tables: Tables = { nat: jumpsNat(), filter: jumpsFilter() };
  const podRange = view.profile.clusterCIDR;
  for (const service of servicePorts(view.snapshot)) writeService(tables, view, node, service, podRange);
  tables.nat.push({
    chain: "KUBE-SERVICES",
    matches: [
      comment("kubernetes service nodeports; NOTE: this must be the last rule in this chain"),
      ["addrtype", "--dst-type", "LOCAL"],
    ],
    ...to("KUBE-NODEPORTS"),
  });
  tables.filter.push(
    {
      chain: "KUBE-FORWARD",
      matches: [
        ["conntrack", "--ctstate", "INVALID"],
        ["nfacct", "--nfacct-name", " ct_state_invalid_dropped_pkts"],
      ],
      ...to("DROP"),
    },
    {
      chain: "KUBE-FORWARD",
      matches: [comment("kubernetes forwarding rules"), ["mark", "--mark", MARK]],
      ...to("ACCEPT"),
    },
    {
      chain: "KUBE-FORWARD",
      matches: [comment("kubernetes forwarding conntrack rule"), ["conntrack", "--ctstate", "RELATED,ESTABLISHED"]],
      ...to("ACCEPT"),
    },
  );
  return tables;
}

function jumpsNat(): Rule[] {
  const portals = [comment("kubernetes service portals")];
  return [
    { chain: "PREROUTING", matches: portals, ...to("KUBE-SERVICES") },
    { chain: "OUTPUT", matches: portals, ...to("KUBE-SERVICES") },
    { chain: "POSTROUTING", matches: [comment("kubernetes postrouting rules")], ...to("KUBE-POSTROUTING") },
    { chain: "KUBE-MARK-MASQ", matches: [], ...to("MARK", "--set-xmark", MARK) },
    { chain: "KUBE-POSTROUTING", matches: [["mark", "!", "--mark", MARK]], ...to("RETURN") },
    { chain: "KUBE-POSTROUTING", matches: [], ...to("MARK", "--set-xmark", "0x4000/0x0") },
    {
      chain: "KUBE-POSTROUTING",
      matches: [comment("kubernetes service traffic requiring SNAT")],
      ...to("MASQUERADE", "--random-fully"),
    },
  ];
}

function jumpsFilter(): Rule[] {
  const jump = (chain: string, target: string, text: string, all = false): Rule => ({
    chain,
    matches: [...(all ? [] : [NEW]), comment(text)],
    ...to(target),
  });
  const firewall = (chain: string) => jump(chain, "KUBE-PROXY-FIREWALL", "kubernetes load balancer firewall");
  const external = (chain: string) =>
    jump(chain, "KUBE-EXTERNAL-SERVICES", "kubernetes externally-visible service portals");
  const portals = (chain: string) => jump(chain, "KUBE-SERVICES", "kubernetes service portals");
  return [
    firewall("INPUT"),
    jump("INPUT", "KUBE-NODEPORTS", "kubernetes health check service ports", true),
    external("INPUT"),
    { chain: "INPUT", matches: [], ...to("KUBE-FIREWALL") },
    firewall("FORWARD"),
    jump("FORWARD", "KUBE-FORWARD", "kubernetes forwarding rules", true),
    portals("FORWARD"),
    external("FORWARD"),
    firewall("OUTPUT"),
    portals("OUTPUT"),
    { chain: "OUTPUT", matches: [], ...to("KUBE-FIREWALL") },
    {
      chain: "KUBE-FIREWALL",
      notSource: ANY_LOCAL,
      destination: ANY_LOCAL,
      matches: [
        comment("block incoming localnet connections"),
        ["conntrack", "!", "--ctstate", "RELATED,ESTABLISHED,DNAT"],
      ],
      ...to("DROP"),
    },
  ];
}

function writeService(
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

type Chains = ReturnType<typeof chainNames>;

function chainNames({ title, protocol }: ServicePortInfo) {
  const hash = base32(`${title}${protocol.toLowerCase()}`);
  return {
    cluster: `KUBE-SVC-${hash}`,
    local: `KUBE-SVL-${hash}`,
    firewall: `KUBE-FW-${hash}`,
    external: `KUBE-EXT-${hash}`,
  };
}

const placeOf = ({ address, port }: ProxyEndpoint) => `${address}:${port}`;
const endpointName = ({ title, protocol }: ServicePortInfo, endpoint: ProxyEndpoint) =>
  `KUBE-SEP-${base32(`${title}${protocol.toLowerCase()}${placeOf(endpoint)}`)}`;

/** The first 16 letters of the SHA-256 in base 32 (RFC 4648). */
function base32(text: string): string {
  const bits = BigInt(`0x${sha256(text).slice(0, 20)}`);
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return Array.from({ length: 16 }, (_, i) => letters[Number((bits >> BigInt(75 - 5 * i)) & 31n)]).join("");
}

function externalChain(service: ServicePortInfo, chains: Chains, podRange: string, outside: boolean): Rule[] {
  const { title } = service;
  const chain = chains.external;
  const local: Words = ["addrtype", "--src-type", "LOCAL"];
  const rules: Rule[] = service.externalLocal
    ? [
        {
          chain,
          source: podRange,
          matches: [comment(`pod traffic for ${title} external destinations`)],
          ...to(chains.cluster),
        },
        {
          chain,
          matches: [comment(`masquerade LOCAL traffic for ${title} external destinations`), local],
          ...to("KUBE-MARK-MASQ"),
        },
        {
          chain,
          matches: [comment(`route LOCAL traffic for ${title} external destinations`), local],
          ...to(chains.cluster),
        },
      ]
    : [
        {
          chain,
          matches: [comment(`masquerade traffic for ${title} external destinations`)],
          ...to("KUBE-MARK-MASQ"),
        },
      ];
  if (outside) rules.push({ chain, matches: [], ...to(service.externalLocal ? chains.local : chains.cluster) });
  return rules;
}

function firewallChain(service: ServicePortInfo, chains: Chains, node: NetNode): Rule[] {
  const { title, sourceRanges, vips } = service;
  const chain = chains.firewall;
  const fromNode = node.internalIP !== undefined && sourceRanges.some((range) => inCidr(node.internalIP!, range));
  const allowed = [...sourceRanges, ...(fromNode ? vips : [])];
  return [
    ...allowed.map((source) => ({
      chain,
      source,
      matches: [comment(`${title} loadbalancer IP`)],
      ...to(chains.external),
    })),
    { chain, matches: [comment(`other traffic to ${title} will be dropped by KUBE-PROXY-FIREWALL`)] },
  ];
}

function policyChain(service: ServicePortInfo, chain: string, endpoints: readonly ProxyEndpoint[]): Rule[] {
  const { affinitySeconds, title } = service;
  const named = (endpoint: ProxyEndpoint) => comment(`${title} -> ${placeOf(endpoint)}`);
  const rules: Rule[] = [];
  if (affinitySeconds !== undefined)
    for (const endpoint of endpoints) {
      const name = endpointName(service, endpoint);
      const recent = ["recent", "--rcheck", "--seconds", String(affinitySeconds), "--reap", ...remembered(name)];
      rules.push({ chain, matches: [named(endpoint), recent], ...to(name) });
    }
  for (const [index, endpoint] of endpoints.entries()) {
    const left = endpoints.length - index;
    const share = left > 1 ? [["statistic", "--mode", "random", "--probability", probability(left)]] : [];
    rules.push({ chain, matches: [named(endpoint), ...share], ...to(endpointName(service, endpoint)) });
  }
  return rules;
}

const remembered = (name: string) => ["--name", name, "--mask", "255.255.255.255", "--rsource"];

/** 1 of n with ten digits, as the kernel keeps it: in 31 bits. */
function probability(n: number): string {
  const kept = Math.round(Number((1 / n).toFixed(10)) * 2 ** 31);
  return (kept / 2 ** 31).toFixed(11);
}

function endpointChain(service: ServicePortInfo, endpoint: ProxyEndpoint): Rule[] {
  const { title, affinitySeconds } = service;
  const chain = endpointName(service, endpoint);
  const protocol = service.protocol.toLowerCase();
  const keep = affinitySeconds === undefined ? [] : [["recent", "--set", ...remembered(chain)]];
  return [
    { chain, source: endpoint.address, matches: [comment(title)], ...to("KUBE-MARK-MASQ") },
    {
      chain,
      protocol,
      matches: [comment(title), ...keep, [protocol]],
      ...to("DNAT", "--to-destination", placeOf(endpoint)),
    },
  ];
}
