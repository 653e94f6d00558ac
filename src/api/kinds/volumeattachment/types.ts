import type { KubeObject } from "../../object.ts";

export interface VolumeAttachment extends KubeObject {
  spec?: {
    attacher?: string;
    nodeName?: string;
    source?: { persistentVolumeName?: string; inlineVolumeSpec?: object };
  };
  status?: { attached?: boolean };
}
