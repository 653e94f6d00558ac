import type { Ingress } from "../../types/networking.ts";
import { ageColumn, ageOf, column, loadBalancerText, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

/** Models printIngress. */
export const table: TablePrinter<Ingress> = {
  columns: [nameColumn, column("Class"), column("Hosts"), column("Address"), column("Ports"), ageColumn],
  cells: (ingress, context) => [
    nameOf(ingress),
    ingress.spec?.ingressClassName ?? "<none>",
    hostsText((ingress.spec?.rules ?? []).map(({ host }) => host ?? "")),
    loadBalancerText(ingress.status?.loadBalancer),
    ingress.spec?.tls?.length ? "80, 443" : "80",
    ageOf(ingress, context),
  ],
};

/** Three hosts at most; a rule without one counts among those that are left out, as in formatHosts. */
function hostsText(hosts: string[]): string {
  const list: string[] = [];
  for (const host of hosts) {
    if (list.length === 3) return `${list.join(",")} + ${hosts.length - 3} more...`;
    if (host) list.push(host);
  }
  return list.join(",") || "*";
}
