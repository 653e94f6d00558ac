import type { KubeObject } from "../../object.ts";

export interface CSINodeDriver {
  name?: string;
  nodeID?: string;
  topologyKeys?: string[] | null;
  allocatable?: { count?: number };
}

export interface CSINode extends KubeObject {
  spec?: { drivers?: CSINodeDriver[] | null };
}
