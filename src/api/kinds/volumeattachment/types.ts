import type { KubeObject } from "../../object.ts";
import type { PersistentVolumeSpec } from "../../types/core.ts";

export interface VolumeAttachment extends KubeObject {
  spec?: {
    attacher?: string;
    nodeName?: string;
    source?: { persistentVolumeName?: string; inlineVolumeSpec?: PersistentVolumeSpec };
  };
  status?: { attached?: boolean };
}
