import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { KubeObject } from "../../../src/api/object.ts";
import { clusterView } from "../../../src/network/cluster-view.ts";
import { decide, type Packet } from "../../../src/network/proxy/chains.ts";
import { proxyNode, snapshotOf } from "../../support/snapshot.ts";

// test/goldens/kube-proxy: Services and slices drawn by lot (policies, node ports, external addresses, balancers, source ranges,
// affinity, hints, endpoints ready, serving and terminating on several nodes, addresses that two pods or two Services have), and
// what kube-proxy 1.36.2's own rules do with packets.
const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`../../goldens/kube-proxy/${file}`, import.meta.url), "utf8"));

interface Situation {
  name: string;
  node: { name: string; ip: string; labels: Record<string, string> };
  services: KubeObject[];
  slices: KubeObject[];
  packets: Packet[];
}
type Verdict = [kind: "endpoint" | "REJECT" | "DROP" | "ACCEPT" | "", endpoints: string[] | null, masquerade: boolean];

const situations = read("situations.json") as Situation[];
const verdicts = read("verdicts.json") as { name: string; verdicts: Verdict[] }[];

/** Every endpoint that the packet may be sent to, by asking for each turn. */
function observe(situation: Situation, packet: Packet): Verdict {
  const { node } = situation;
  const view = clusterView(snapshotOf([proxyNode(node), ...situation.services, ...situation.slices]));
  const endpoints = new Set<string>();
  let masquerade = false;
  for (let turn = 0; turn < 12; turn++) {
    const decision = decide(view, view.node(node.name)!, packet, (count) => turn % count);
    if (decision.kind === "reject") return ["REJECT", [], false];
    // A node's own packet that no rule of OUTPUT has is lost outside; the golden has no word for that.
    if (decision.kind === "drop") return [decision.rule.includes("OUTPUT has no rule") ? "" : "DROP", [], false];
    if (decision.kind !== "endpoint") return ["", [], false];
    endpoints.add(`${decision.endpoint.address}:${decision.endpoint.port}`);
    masquerade ||= decision.masquerade !== undefined;
  }
  return ["endpoint", [...endpoints].sort(), masquerade];
}

describe("packets through kube-proxy's rules", () => {
  it.each(situations.map((situation, index) => [situation.name, situation, verdicts[index]!] as const))(
    "situation %s",
    (_name, situation, wanted) => {
      expect(wanted.name).toBe(situation.name);
      for (const [index, packet] of situation.packets.entries()) {
        const [kind, endpoints, masquerade] = wanted.verdicts[index]!;
        // ACCEPT: the health check's port is the node's own.
        const expected =
          kind === "endpoint"
            ? [kind, [...new Set(endpoints)].sort(), masquerade]
            : [kind === "ACCEPT" ? "" : kind, [], false];
        expect([packet, ...observe(situation, packet)]).toEqual([packet, ...expected]);
      }
    },
  );
});
