import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";
import type { APIService } from "./types.ts";

/** Models kube-aggregator pkg/registry/apiservice/etcd/etcd.go. */
export const table: TablePrinter<APIService> = {
  columns: [nameColumn, column("Service"), column("Available"), ageColumn],
  cells: (api, context) => {
    const service = api.spec?.service;
    return [
      nameOf(api),
      service ? `${service.namespace ?? ""}/${service.name ?? ""}` : "Local",
      availableText(api),
      ageOf(api, context),
    ];
  },
};

function availableText(api: APIService): string {
  const condition = api.status?.conditions?.find(({ type }) => type === "Available");
  if (!condition) return "Unknown";
  return condition.status !== "True" && condition.reason
    ? `${condition.status} (${condition.reason})`
    : condition.status;
}
