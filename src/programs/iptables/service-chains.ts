import { inCidr } from "../../network/address.ts";
import type { NetNode } from "../../network/cluster-view.ts";
import type { ProxyEndpoint } from "../../network/proxy/endpoints.ts";
import type { ServicePortInfo } from "../../network/proxy/service-ports.ts";
import { sha256 } from "../../platform/crypto.ts";
import { comment, type Rule, to, type Words } from "./rule.ts";

/** The chains of one port of a Service; not each of them is written. */
export type Chains = ReturnType<typeof chainNames>;

export function chainNames({ title, protocol }: ServicePortInfo) {
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

/** What comes from outside: masqueraded, unless the Service keeps the source (externalTrafficPolicy Local). */
export function externalChain(service: ServicePortInfo, chains: Chains, podRange: string, outside: boolean): Rule[] {
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

/** loadBalancerSourceRanges */
export function firewallChain(service: ServicePortInfo, chains: Chains, node: NetNode): Rule[] {
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

/** One endpoint of several, by lot or by session affinity. */
export function policyChain(service: ServicePortInfo, chain: string, endpoints: readonly ProxyEndpoint[]): Rule[] {
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

/** The way to one endpoint. */
export function endpointChain(service: ServicePortInfo, endpoint: ProxyEndpoint): Rule[] {
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
