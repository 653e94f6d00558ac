import { selectorFromSet } from "../../api/meta/label-selector.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { StatefulSet } from "../../api/types/apps.ts";
import type { Service } from "../../api/types/core.ts";
import { applyObject, type Finding } from "./finding.ts";

/** StatefulSets whose `serviceName` is no Service's: their pods have no names of their own. */
export function checkStatefulSets(snapshot: Snapshot, namespace: string | undefined): Finding[] {
  return snapshot.list<StatefulSet>("statefulsets.apps", namespace).flatMap((set): Finding[] => {
    const { name = "", namespace: own = "default" } = set.metadata;
    const { serviceName, template } = set.spec ?? {};
    if (!serviceName || snapshot.get("services", own, serviceName)) return [];
    const labels = template?.metadata?.labels ?? {};
    const other = snapshot
      .list<Service>("services", own)
      .find(
        ({ spec }) => Object.keys(spec?.selector ?? {}).length > 0 && selectorFromSet(spec?.selector).matches(labels),
      );
    const instead = other ? `; the one that selects its pods is service/${other.metadata.name}` : "";
    const port = template?.spec?.containers?.[0]?.ports?.[0]?.containerPort;
    const ports = other?.spec?.ports?.map(({ name: called, port, protocol }) => ({
      ...(called ? { name: called } : {}),
      port,
      ...(protocol && protocol !== "TCP" ? { protocol } : {}),
    })) ?? [{ port: port ?? 80 }];
    return [
      {
        severity: "error",
        code: "stateful-set-service",
        object: `statefulset/${name}`,
        namespace: own,
        problem: `its serviceName ${serviceName} is no Service: ${name}-0.${serviceName} and the like are no names${instead}`,
        fix: [
          applyObject({
            apiVersion: "v1",
            kind: "Service",
            metadata: { name: serviceName, namespace: own },
            spec: { clusterIP: "None", selector: labels, ports },
          } as never),
        ],
      },
    ];
  });
}
