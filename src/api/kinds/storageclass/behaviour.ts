import type { KubeObject } from "../../object.ts";
import type { KindBehaviour } from "../kind.ts";

interface StorageClass extends KubeObject {
  reclaimPolicy?: string;
  volumeBindingMode?: string;
}

/** Models SetDefaults_StorageClass of kubernetes pkg/apis/storage/v1/defaults.go; what it says is left to the schema. */
export const behaviour: KindBehaviour<StorageClass> = {
  setDefaults(storageClass) {
    storageClass.reclaimPolicy ??= "Delete";
    storageClass.volumeBindingMode ??= "Immediate";
  },
};
