import { formatLabels } from "../../meta/label-selector.ts";
import type { Service } from "../../types/core.ts";
import { ageColumn, ageOf, column, loadBalancerText, nameColumn, nameOf, wideColumn } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

/** Models printService. */
export const table: TablePrinter<Service> = {
  columns: [
    nameColumn,
    column("Type"),
    column("Cluster-IP"),
    column("External-IP"),
    column("Port(s)"),
    ageColumn,
    wideColumn("Selector"),
  ],
  cells: (service, context) => [
    nameOf(service),
    service.spec?.type ?? "",
    service.spec?.clusterIPs?.[0] ?? "<none>",
    externalIP(service),
    portsText(service),
    ageOf(service, context),
    formatLabels(service.spec?.selector),
  ],
};

function externalIP(service: Service): string {
  const { type, externalName = "", externalIPs = [] } = service.spec ?? {};
  switch (type) {
    case "ClusterIP":
    case "NodePort":
      return externalIPs.join(",") || "<none>";
    case "LoadBalancer":
      return [loadBalancerText(service.status?.loadBalancer), ...externalIPs].filter(Boolean).join(",") || "<pending>";
    case "ExternalName":
      return externalName;
    default:
      return "<unknown>";
  }
}

function portsText(service: Service): string {
  const ports = (service.spec?.ports ?? []).map(({ port, nodePort, protocol = "" }) =>
    nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
  );
  return ports.join(",") || "<none>";
}
