import type { Pod } from "../../types/core.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf, wideColumn } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";
import { podSummary } from "./summary.ts";

/** Models printPod. */
export const table: TablePrinter<Pod> = {
  columns: [
    nameColumn,
    column("Ready"),
    column("Status"),
    column("Restarts"),
    ageColumn,
    wideColumn("IP"),
    wideColumn("Node"),
    wideColumn("Nominated Node"),
    wideColumn("Readiness Gates"),
  ],
  cells: (pod, context) => {
    const { ready, total, status, restarts } = podSummary(pod, context.now);
    return [
      nameOf(pod),
      `${ready}/${total}`,
      status,
      restarts,
      ageOf(pod, context),
      pod.status?.podIPs?.[0]?.ip || "<none>",
      pod.spec?.nodeName || "<none>",
      pod.status?.nominatedNodeName || "<none>",
      readinessGates(pod),
    ];
  },
};

function readinessGates(pod: Pod): string {
  const gates = pod.spec?.readinessGates ?? [];
  if (gates.length === 0) return "<none>";
  const conditions = pod.status?.conditions ?? [];
  const met = gates.filter((gate) => conditions.find(({ type }) => type === gate.conditionType)?.status === "True");
  return `${met.length}/${gates.length}`;
}
