import { since } from "../../meta/human-duration.ts";
import { formatLabelSelector } from "../../meta/label-selector.ts";
import type { CronJob } from "../../types/batch.ts";
import {
  ageColumn,
  ageOf,
  column,
  containerCells,
  containerColumns,
  nameColumn,
  nameOf,
  wideColumn,
} from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

/** Models printCronJob. */
export const table: TablePrinter<CronJob> = {
  columns: [
    nameColumn,
    column("Schedule"),
    column("Timezone"),
    column("Suspend", "boolean"),
    column("Active", "integer"),
    column("Last Schedule"),
    ageColumn,
    ...containerColumns,
    wideColumn("Selector"),
  ],
  cells: (job, context) => {
    const { spec, status } = job;
    const suspend = spec?.suspend === undefined ? "<unset>" : spec.suspend ? "True" : "False";
    return [
      nameOf(job),
      spec?.schedule ?? "",
      spec?.timeZone ?? "<none>",
      suspend,
      status?.active?.length ?? 0,
      status?.lastScheduleTime ? since(status.lastScheduleTime, context.now) : "<none>",
      ageOf(job, context),
      ...containerCells(spec?.jobTemplate?.spec?.template?.spec?.containers),
      formatLabelSelector(spec?.jobTemplate?.spec?.selector),
    ];
  },
};
