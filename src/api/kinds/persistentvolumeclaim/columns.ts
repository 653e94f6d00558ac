import type { PersistentVolumeClaim } from "../../types/core.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf, wideColumn } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";
import { accessModesText, STORAGE_CLASS_ANNOTATION } from "../persistentvolume/access-modes.ts";

/** Models printPersistentVolumeClaim. */
export const table: TablePrinter<PersistentVolumeClaim> = {
  columns: [
    nameColumn,
    column("Status"),
    column("Volume"),
    column("Capacity"),
    column("Access Modes"),
    column("StorageClass"),
    column("VolumeAttributesClass"),
    ageColumn,
    wideColumn("VolumeMode"),
  ],
  cells: (claim, context) => {
    const { spec, status, metadata } = claim;
    const bound = Boolean(spec?.volumeName);
    return [
      nameOf(claim),
      metadata.deletionTimestamp ? "Terminating" : (status?.phase ?? ""),
      spec?.volumeName ?? "",
      bound ? String(status?.capacity?.storage ?? "0") : "",
      bound ? accessModesText(status?.accessModes) : "",
      metadata.annotations?.[STORAGE_CLASS_ANNOTATION] ?? spec?.storageClassName ?? "",
      spec?.volumeAttributesClassName ?? "<unset>",
      ageOf(claim, context),
      spec?.volumeMode ?? "<unset>",
    ];
  },
};
