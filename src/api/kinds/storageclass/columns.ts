import type { KubeObject } from "../../object.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

interface StorageClass extends KubeObject {
  provisioner?: string;
  reclaimPolicy?: string;
  volumeBindingMode?: string;
  allowVolumeExpansion?: boolean;
}

const DEFAULT_ANNOTATIONS = [
  "storageclass.kubernetes.io/is-default-class",
  "storageclass.beta.kubernetes.io/is-default-class",
];

/** Models printStorageClass. */
export const table: TablePrinter<StorageClass> = {
  columns: [
    nameColumn,
    column("Provisioner"),
    column("ReclaimPolicy"),
    column("VolumeBindingMode"),
    column("AllowVolumeExpansion"),
    ageColumn,
  ],
  cells: (storage, context) => {
    const isDefault = DEFAULT_ANNOTATIONS.some((key) => storage.metadata.annotations?.[key] === "true");
    return [
      nameOf(storage) + (isDefault ? " (default)" : ""),
      storage.provisioner ?? "",
      storage.reclaimPolicy ?? "Delete",
      storage.volumeBindingMode ?? "Immediate",
      storage.allowVolumeExpansion ?? false,
      ageOf(storage, context),
    ];
  },
};
