import type { KubeObject } from "../../object.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

interface VolumeAttachment extends KubeObject {
  spec?: { attacher?: string; nodeName?: string; source?: { persistentVolumeName?: string } };
  status?: { attached?: boolean };
}

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
