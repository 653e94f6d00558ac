import type { KubeObject } from "../../object.ts";

export interface APIService extends KubeObject {
  spec?: {
    group?: string;
    version?: string;
    groupPriorityMinimum?: number;
    versionPriority?: number;
    insecureSkipTLSVerify?: boolean;
    caBundle?: string;
    service?: { namespace?: string; name?: string; port?: number };
  };
  status?: { conditions?: { type: string; status: string; reason?: string }[] };
}
