import type { Service } from "../../types/core.ts";

/** Questions that defaults, validation and allocation ask of a Service. Models kubernetes pkg/api/service/util.go. */

export const HEADLESS = "None";

export function externallyAccessible({ spec }: Service): boolean {
  return (
    spec?.type === "LoadBalancer" ||
    spec?.type === "NodePort" ||
    (spec?.type === "ClusterIP" && (spec.externalIPs?.length ?? 0) > 0)
  );
}

/** A load balancer that keeps traffic on the node that it reaches needs a port to be asked for its health. */
export function needsHealthCheckNodePort({ spec }: Service): boolean {
  return spec?.type === "LoadBalancer" && spec.externalTrafficPolicy === "Local";
}

export function needsClusterIp({ spec }: Service): boolean {
  return spec?.type !== "ExternalName";
}

export function isHeadless({ spec }: Service): boolean {
  return spec?.clusterIPs?.length === 1 && spec.clusterIPs[0] === HEADLESS;
}

export function nodePortsOf({ spec }: Service): number[] {
  return (spec?.ports ?? []).flatMap((port) => (port.nodePort ? [port.nodePort] : []));
}

export function hasSelector({ spec }: Service): boolean {
  return Object.keys(spec?.selector ?? {}).length > 0;
}
