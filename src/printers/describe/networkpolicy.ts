import { formatLabelSelector } from "../../api/meta/label-selector.ts";
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from "../../api/types/networking.ts";
import { localTime, writeAnnotations, writeLabels, writeName } from "./common.ts";
import type { Describe, DescribePort } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models NetworkPolicyDescriber. */
export const describe: Describe<NetworkPolicy> = (policy, port) => {
  const { metadata, spec = {} } = policy;
  const w = new DescribeWriter();
  writeName(w, policy, true);
  w.field(0, "Created on", goTimeText(metadata.creationTimestamp, port));
  writeLabels(w, "Labels", metadata.labels);
  writeAnnotations(w, "Annotations", metadata.annotations);
  w.write(0, "Spec:\n");
  const selector = formatLabelSelector(spec.podSelector ?? {});
  const none = "<none> (Allowing the specific traffic to all pods in this namespace)";
  w.write(1, "PodSelector: ");
  w.write(2, `${selector === "<none>" ? none : selector}\n`);
  const types = spec.policyTypes ?? [];
  if (types.includes("Ingress")) {
    w.write(1, "Allowing ingress traffic:\n");
    const rules = (spec.ingress ?? []).map(({ ports, from }) => ({ ports, peers: from }));
    writeRules(w, rules, { name: "ingress", peers: "From", any: "source" });
  } else w.write(1, "Not affecting ingress traffic\n");
  if (types.includes("Egress")) {
    w.write(1, "Allowing egress traffic:\n");
    const rules = (spec.egress ?? []).map(({ ports, to }) => ({ ports, peers: to }));
    writeRules(w, rules, { name: "egress", peers: "To", any: "destination" });
  } else w.write(1, "Not affecting egress traffic\n");
  w.write(1, `Policy Types: ${types.join(", ") || "<none>"}\n`);
  return w.text();
};

interface Rule {
  ports: NetworkPolicyPort[] | undefined;
  peers: NetworkPolicyPeer[] | undefined;
}

function writeRules(
  w: DescribeWriter,
  rules: readonly Rule[],
  words: { name: string; peers: string; any: string },
): void {
  const indent = "    ";
  const line = (level: number, text: string) => w.write(level, `${indent}${text}\n`);
  if (rules.length === 0) {
    line(0, `<none> (Selected pods are isolated for ${words.name} connectivity)`);
    return;
  }
  for (const [i, { ports = [], peers = [] }] of rules.entries()) {
    if (ports.length === 0) line(0, "To Port: <any> (traffic allowed to all ports)");
    for (const { port = "<nil>", endPort, protocol = "TCP" } of ports) {
      line(0, endPort === undefined ? `To Port: ${port}/${protocol}` : `To Port Range: ${port}-${endPort}/${protocol}`);
    }
    if (peers.length === 0) line(0, `${words.peers}: <any> (traffic not restricted by ${words.any})`);
    for (const { podSelector, namespaceSelector, ipBlock } of peers) {
      line(0, `${words.peers}:`);
      if (namespaceSelector) line(1, `NamespaceSelector: ${formatLabelSelector(namespaceSelector)}`);
      if (podSelector) line(1, `PodSelector: ${formatLabelSelector(podSelector)}`);
      if (namespaceSelector || podSelector || !ipBlock) continue;
      line(1, "IPBlock:");
      line(2, `CIDR: ${ipBlock.cidr}`);
      line(2, `Except: ${(ipBlock.except ?? []).join(", ")}`);
    }
    if (i < rules.length - 1) line(0, "----------");
  }
}

/** `2006-01-02 15:04:05 +0000 UTC`: a time as Go's String has it. Zones other than UTC are named by their offset. */
function goTimeText(timestamp: string | undefined, port: DescribePort): string {
  if (!timestamp) return "0001-01-01 00:00:00 +0000 UTC";
  const { date, zone } = localTime(timestamp, port);
  const text = date.toISOString().slice(0, 19).replace("T", " ");
  return `${text} ${zone} ${zone === "+0000" ? "UTC" : zone.replace(/00$/, "")}`;
}
