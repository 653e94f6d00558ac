import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";
import type { VolumeAttachment } from "./types.ts";

/** Models printVolumeAttachment. */
export const table: TablePrinter<VolumeAttachment> = {
  columns: [
    nameColumn,
    { ...column("Attacher"), format: "name" },
    column("PV"),
    column("Node"),
    column("Attached", "boolean"),
    ageColumn,
  ],
  cells: (attachment, context) => [
    nameOf(attachment),
    attachment.spec?.attacher ?? "",
    attachment.spec?.source?.persistentVolumeName ?? "",
    attachment.spec?.nodeName ?? "",
    attachment.status?.attached ?? false,
    ageOf(attachment, context),
  ],
};
