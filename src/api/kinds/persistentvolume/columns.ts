import type { PersistentVolume } from "../../types/core.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf, wideColumn } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";
import { accessModesText, STORAGE_CLASS_ANNOTATION } from "./access-modes.ts";

/** Models printPersistentVolume. */
export const table: TablePrinter<PersistentVolume> = {
  columns: [
    nameColumn,
    column("Capacity"),
    column("Access Modes"),
    column("Reclaim Policy"),
    column("Status"),
    column("Claim"),
    column("StorageClass"),
    column("VolumeAttributesClass"),
    column("Reason"),
    ageColumn,
    wideColumn("VolumeMode"),
  ],
  cells: (volume, context) => {
    const { spec, status, metadata } = volume;
    const claim = spec?.claimRef;
    return [
      nameOf(volume),
      String(spec?.capacity?.storage ?? "0"),
      accessModesText(spec?.accessModes),
      spec?.persistentVolumeReclaimPolicy ?? "",
      metadata.deletionTimestamp ? "Terminating" : (status?.phase ?? ""),
      claim ? `${claim.namespace ?? ""}/${claim.name ?? ""}` : "",
      metadata.annotations?.[STORAGE_CLASS_ANNOTATION] ?? spec?.storageClassName ?? "",
      spec?.volumeAttributesClassName ?? "<unset>",
      status?.reason ?? "",
      ageOf(volume, context),
      spec?.volumeMode ?? "<unset>",
    ];
  },
};
