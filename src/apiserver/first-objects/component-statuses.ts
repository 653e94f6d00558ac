import type { KubeObject } from "../../api/object.ts";
import type { Made } from "./made.ts";

/** How a healthy control plane answers. Models kubernetes pkg/registry/core/componentstatus. */
export function componentStatuses(): Made[] {
  return ["controller-manager", "etcd-0", "scheduler"].map((name) => ({
    object: {
      apiVersion: "v1",
      kind: "ComponentStatus",
      metadata: { name },
      conditions: [{ type: "Healthy", status: "True", message: "ok" }],
    } as KubeObject,
    passing: true,
  }));
}
