import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";
import type { VolumeAttributesClass } from "./types.ts";

/** Models printVolumeAttributesClass. */
export const table: TablePrinter<VolumeAttributesClass> = {
  columns: [nameColumn, column("DriverName"), ageColumn],
  cells: (attributes, context) => [nameOf(attributes), attributes.driverName ?? "", ageOf(attributes, context)],
};
