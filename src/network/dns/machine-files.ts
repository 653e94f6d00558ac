import type { Snapshot } from "../../api/snapshot.ts";
import type { Pod, PodSpec } from "../../api/types/core.ts";
import type { Location } from "../location.ts";
import { OUTSIDE_RESOLVER } from "./ask.ts";

/** kubelet's `clusterDNS` and `clusterDomain`. */
const CLUSTER_DNS_ADDRESS = "10.96.0.10";
const CLUSTER_DOMAIN = "cluster.local";
const LABEL_MAX = 63;
/** What kubelet lets into a pod's resolv.conf (pkg/apis/core/validation). */
const MAX_NAMESERVERS = 3;
const MAX_SEARCHES = 32;
const DOMAIN_MAX = 253;
const SEARCH_LINE_MAX = 2048;

const NODE_HOSTS = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n";

function podAt(snapshot: Snapshot, where: Location): Pod | undefined {
  return where.kind === "pod" ? snapshot.get<Pod>("pods", where.namespace, where.name) : undefined;
}

/** What a pod is called inside: spec.hostname, else its name, cut to a label's length; on the node's network the node's name. */
export function hostnameAt(snapshot: Snapshot, where: Location): string {
  if (where.kind === "node") return where.name;
  if (where.kind === "host") return "localhost";
  const spec = podAt(snapshot, where)?.spec;
  if (spec?.hostnameOverride) return spec.hostnameOverride;
  if (spec?.hostNetwork) return spec.nodeName ?? where.name;
  return spec?.hostname || where.name.slice(0, LABEL_MAX).replace(/[-.]+$/, "");
}

/** The name that `hostname` prints: with `setHostnameAsFQDN` the whole one. Models pkg/kubelet/util GetNodenameForKernel. */
export function kernelHostname(snapshot: Snapshot, where: Location): string {
  const name = hostnameAt(snapshot, where);
  const domain = podAt(snapshot, where)?.spec?.setHostnameAsFQDN ? domainAt(snapshot, where) : "";
  return domain === "" ? name : `${name}.${domain}`;
}

/** The pod's own domain, when it has a subdomain: `db.shop.svc.cluster.local`; else "". */
export function domainAt(snapshot: Snapshot, where: Location): string {
  const pod = podAt(snapshot, where);
  const subdomain = pod?.spec?.hostNetwork ? "" : (pod?.spec?.subdomain ?? "");
  return subdomain === "" ? "" : `${subdomain}.${pod?.metadata.namespace}.svc.${CLUSTER_DOMAIN}`;
}

/**
 * /etc/resolv.conf where a program runs. Models kubernetes pkg/kubelet/network/dns/dns.go (GetPodDNS); the order of the lines is
 * that of the recorded pods.
 */
export function resolvConf(snapshot: Snapshot, where: Location): string {
  const pod = podAt(snapshot, where);
  const outside = {
    nameservers: [OUTSIDE_RESOLVER],
    searches: [] as string[],
    options: [] as [string, string | undefined][],
  };
  const spec: Partial<PodSpec> = pod?.spec ?? {};
  let config = outside;
  if (pod) {
    const policy = spec.dnsPolicy ?? "ClusterFirst";
    const onNode = spec.hostNetwork && policy === "ClusterFirst";
    if (policy === "None") config = { nameservers: [], searches: [], options: [] };
    else if (policy !== "Default" && !onNode) {
      const { namespace } = pod.metadata;
      config = {
        nameservers: [CLUSTER_DNS_ADDRESS],
        searches: [`${namespace}.svc.${CLUSTER_DOMAIN}`, `svc.${CLUSTER_DOMAIN}`, CLUSTER_DOMAIN],
        options: [["ndots", "5"]],
      };
    }
  }
  const extra = spec.dnsConfig;
  const options = new Map<string, string | undefined>(config.options);
  for (const option of extra?.options ?? []) options.set(option.name ?? "", option.value);
  const nameservers = [...new Set([...config.nameservers, ...(extra?.nameservers ?? [])])].slice(0, MAX_NAMESERVERS);
  const searches = fittingSearches([...new Set([...config.searches, ...(extra?.searches ?? [])])]);
  const lines = nameservers.map((address) => `nameserver ${address}`);
  if (searches.length > 0) lines.push(`search ${searches.join(" ")}`);
  const words = [...options].map(([name, value]) => (value ? `${name}:${value}` : name));
  if (words.length > 0) lines.push(`options ${words.join(" ")}`);
  return lines.map((line) => `${line}\n`).join("");
}

/** Models formDNSSearchFitsLimits of kubernetes pkg/kubelet/network/dns/dns.go. */
function fittingSearches(searches: readonly string[]): string[] {
  const fitting = searches.slice(0, MAX_SEARCHES).filter((domain) => domain.length <= DOMAIN_MAX);
  while (fitting.join(" ").length > SEARCH_LINE_MAX) fitting.pop();
  return fitting;
}

/** /etc/hosts where a program runs. Models managedHostsFileContent and hostsEntriesFromHostAliases of pkg/kubelet/kubelet_pods.go. */
export function hostsFile(snapshot: Snapshot, where: Location): string {
  const pod = podAt(snapshot, where);
  if (!pod) return NODE_HOSTS;
  const aliases = (pod.spec?.hostAliases ?? []).map(({ ip, hostnames }) => `${ip}\t${(hostnames ?? []).join("\t")}\n`);
  const added = aliases.length > 0 ? `\n# Entries added by HostAliases.\n${aliases.join("")}` : "";
  if (pod.spec?.hostNetwork) return `# Kubernetes-managed hosts file (host network).\n${NODE_HOSTS}${added}`;
  const name = hostnameAt(snapshot, where);
  const domain = domainAt(snapshot, where);
  const addresses = pod.status?.podIPs?.map((it) => it.ip) ?? (pod.status?.podIP ? [pod.status.podIP] : []);
  const own = addresses.map((ip) => `${ip}\t${domain === "" ? name : `${name}.${domain}\t${name}`}\n`);
  return [
    "# Kubernetes-managed hosts file.\n",
    "127.0.0.1\tlocalhost\n",
    "::1\tlocalhost ip6-localhost ip6-loopback\n",
    "fe00::0\tip6-localnet\n",
    "fe00::0\tip6-mcastprefix\n",
    "fe00::1\tip6-allnodes\n",
    "fe00::2\tip6-allrouters\n",
    ...own,
    added,
  ].join("");
}

/** The files of a node that are known, by their path. */
export function nodeFiles(snapshot: Snapshot, name: string): Readonly<Record<string, string>> {
  const where: Location = { kind: "node", name };
  return {
    "/etc/hostname": `${hostnameAt(snapshot, where)}\n`,
    "/etc/hosts": hostsFile(snapshot, where),
    "/etc/resolv.conf": resolvConf(snapshot, where),
  };
}
