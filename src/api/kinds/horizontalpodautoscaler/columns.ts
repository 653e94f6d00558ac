import type { HorizontalPodAutoscaler } from "../../types/autoscaling-v2.ts";
import { ageColumn, ageOf, column, listWithMore, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";
import { metricTexts } from "./metric-texts.ts";

/** Models printHorizontalPodAutoscaler. The object is of version v2, as it is stored. */
export const table: TablePrinter<HorizontalPodAutoscaler> = {
  columns: [
    nameColumn,
    column("Reference"),
    column("Targets"),
    column("MinPods"),
    column("MaxPods"),
    column("Replicas"),
    ageColumn,
  ],
  cells: (autoscaler, context) => {
    const { scaleTargetRef, minReplicas, maxReplicas = 0, metrics } = autoscaler.spec ?? {};
    return [
      nameOf(autoscaler),
      `${scaleTargetRef?.kind ?? ""}/${scaleTargetRef?.name ?? ""}`,
      listWithMore(metricTexts(metrics, autoscaler.status?.currentMetrics ?? undefined), 2, ", ") || "<none>",
      minReplicas === undefined ? "<unset>" : String(minReplicas),
      maxReplicas,
      autoscaler.status?.currentReplicas ?? 0,
      ageOf(autoscaler, context),
    ];
  },
};
