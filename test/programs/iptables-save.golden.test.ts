import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { KubeObject } from "../../src/api/object.ts";
import { clusterView } from "../../src/network/cluster-view.ts";
import type { Rule } from "../../src/programs/iptables/rule.ts";
import { proxyRules } from "../../src/programs/iptables/rules.ts";
import { savedRule } from "../../src/programs/iptables/save.ts";
import { proxyNode, snapshotOf } from "../support/snapshot.ts";

// test/goldens/kube-proxy: the rules that kube-proxy 1.36.2 hands to iptables-restore for the first situations. The saver prints the
// same rule in an order of its own: here both are taken apart. A fake of iptables has no --random-fully, no kubelet and drops quotes.
const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`../goldens/kube-proxy/${file}`, import.meta.url), "utf8"));
const rules = read("rules.json") as Record<string, string[]>;
interface Situation {
  name: string;
  node: { name: string; ip: string; labels: Record<string, string> };
  services: KubeObject[];
  slices: KubeObject[];
}
const situations = (read("situations.json") as Situation[]).filter(({ name }) => name in rules);

/** Every part of a rule, sorted. */
function parts(line: string): string {
  const text = line
    .replace("--or-mark 0x4000", "--set-xmark 0x4000/0x4000")
    .replace("--xor-mark 0x4000", "--set-xmark 0x4000/0x0")
    .replace(" --random-fully", "")
    .replace(" --reject-with icmp-port-unreachable", "")
    .replace(/ --mask 255\.255\.255\.255 --rsource/g, "")
    .replace(/(--nfacct-name) +/, "$1 ")
    .replace(/(-[sd] \d+\.\d+\.\d+\.\d+)(?= )/g, "$1/32")
    .replace(/--probability (\d\.\d{5})\d*/, "--probability $1");
  const words = text.match(/"[^"]*"|\S+/g) ?? [];
  const comment = /--comment (?:"([^"]*)"|([^"]*?))(?= -[a-zA-Z] | ! |$)/.exec(text);
  const rest = text.replace(/ ?-m comment --comment (?:"[^"]*"|[^"]*?)(?= -[a-zA-Z] | ! |$)/, "");
  expect(words.length).toBeGreaterThan(1);
  const pieces = rest.split(/ (?=(?:! )?--?[a-zA-Z])/).filter((piece) => !/^-m /.test(piece));
  return [comment?.[1] ?? comment?.[2] ?? "", ...pieces.sort()].join(" | ");
}

describe("kube-proxy's rules", () => {
  it.each(situations)("$name", ({ name, node, services, slices }) => {
    const view = clusterView(snapshotOf([proxyNode(node), ...services, ...slices]));
    const tables = proxyRules(view, view.node(node.name)!);
    const mine = (table: readonly Rule[]) => table.map((rule) => parts(savedRule(rule))).sort();
    const [nat = [], filter = []] = [["*nat"], ["*filter"]].map(([head]) => {
      const lines = rules[name]!;
      const from = lines.indexOf(head!);
      const end = lines.findIndex((line, i) => i > from && line.startsWith("*"));
      return lines
        .slice(from + 1, end < 0 ? undefined : end)
        .map(parts)
        .sort();
    });
    expect(mine(tables.nat)).toEqual(nat);
    expect(mine(tables.filter)).toEqual(filter);
  });
});
