import { notSimulated } from "../api/status.ts";
import { clusterView } from "../network/cluster-view.ts";
import { proxyRules } from "./iptables/rules.ts";
import { savedTable } from "./iptables/save.ts";
import type { Program } from "./program.ts";

/** `iptables-save [-t nat|filter]` on a node: what kube-proxy and kubelet have written there. */
export const program: Program = {
  async run(argv, context) {
    if (context.where.kind !== "node") throw notSimulated("iptables-save on this machine");
    const [, table] = /^(?:-t|--table=?) ?(nat|filter)$/.exec(argv.join(" ")) ?? [];
    if (argv.length > 0 && table === undefined) throw notSimulated(`iptables-save ${argv.join(" ")}`);
    const view = clusterView(context.network.snapshot());
    const node = view.node(context.where.name);
    if (!node) return 1;
    const tables = proxyRules(view, node);
    const [, day, date, month, year, time] = /^(\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(
      new Date(context.now()).toUTCString(),
    )!;
    const when = `${day} ${month} ${String(Number(date)).padStart(2)} ${time} ${year}`;
    for (const name of ["filter", "nat"] as const)
      if (table === undefined || table === name) context.out(savedTable(name, tables[name], when));
    return 0;
  },
};
