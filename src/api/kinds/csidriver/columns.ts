import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";
import type { CSIDriver } from "./types.ts";

/** Models printCSIDriver. */
export const table: TablePrinter<CSIDriver> = {
  columns: [
    nameColumn,
    column("AttachRequired", "boolean"),
    column("PodInfoOnMount", "boolean"),
    column("StorageCapacity", "boolean"),
    column("TokenRequests"),
    column("RequiresRepublish", "boolean"),
    column("Modes"),
    ageColumn,
  ],
  cells: (driver, context) => {
    const spec = driver.spec ?? {};
    return [
      nameOf(driver),
      spec.attachRequired ?? true,
      spec.podInfoOnMount ?? false,
      spec.storageCapacity ?? false,
      spec.tokenRequests?.map(({ audience }) => audience).join(",") ?? "<unset>",
      spec.requiresRepublish ?? false,
      spec.volumeLifecycleModes?.join(",") || "<none>",
      ageOf(driver, context),
    ];
  },
};
