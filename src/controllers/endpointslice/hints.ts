import type { Service } from "../../api/types/core.ts";
import type { Endpoint } from "../../api/types/discovery.ts";

/**
 * Who shall use each endpoint: its own zone, and for PreferSameNode its own node, as the Service's traffic distribution says. Those that
 * are not ready keep what they had. Models k8s.io/endpointslice/trafficdist.
 */
export function withHints({ spec }: Service, endpoints: Endpoint[]): Endpoint[] {
  const distribution = spec?.trafficDistribution;
  if (!distribution) return endpoints;
  return endpoints.map((endpoint) => {
    const { hints: _, ...rest } = endpoint;
    if (!endpoint.conditions?.ready) return endpoint;
    const forZones = endpoint.zone ? { forZones: [{ name: endpoint.zone }] } : {};
    const forNodes =
      distribution === "PreferSameNode" && endpoint.nodeName ? { forNodes: [{ name: endpoint.nodeName }] } : {};
    const hints = { ...forNodes, ...forZones };
    return Object.keys(hints).length > 0 ? { ...rest, hints } : rest;
  });
}
