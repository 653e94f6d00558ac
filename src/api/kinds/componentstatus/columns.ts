import type { KubeObject } from "../../object.ts";
import { column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

interface ComponentStatus extends KubeObject {
  conditions?: { type: string; status: string; message?: string; error?: string }[];
}

/** Models printComponentStatus. */
export const table: TablePrinter<ComponentStatus> = {
  columns: [nameColumn, column("Status"), column("Message"), column("Error")],
  cells: (component) => {
    const healthy = component.conditions?.find(({ type }) => type === "Healthy");
    const status = healthy ? (healthy.status === "True" ? "Healthy" : "Unhealthy") : "Unknown";
    return [nameOf(component), status, healthy?.message ?? "", healthy?.error ?? ""];
  },
};
