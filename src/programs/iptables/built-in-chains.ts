import { ANY_LOCAL, comment, MARK, type Rule, to, type Words } from "./rule.ts";

const NEW: Words = ["conntrack", "--ctstate", "NEW"];

/** Ahead of all Services in the table nat: the jumps of the built-in chains, and the masquerading of what is marked. */
export function firstNat(): Rule[] {
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

/** Ahead of all Services in the table filter: the jumps of the built-in chains, and kubelet's firewall. */
export function firstFilter(): Rule[] {
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

/** Behind all Services: what goes to a node's own address tries the node ports. */
export function lastNat(): Rule[] {
  return [
    {
      chain: "KUBE-SERVICES",
      matches: [
        comment("kubernetes service nodeports; NOTE: this must be the last rule in this chain"),
        ["addrtype", "--dst-type", "LOCAL"],
      ],
      ...to("KUBE-NODEPORTS"),
    },
  ];
}

/** Behind all Services: what may be forwarded. */
export function lastFilter(): Rule[] {
  return [
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
  ];
}
