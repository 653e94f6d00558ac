import { equal } from "../../json.ts";
import type { Service } from "../../types/core.ts";
import { externallyAccessible, needsClusterIp, needsHealthCheckNodePort, nodePortsOf } from "./rules.ts";

/**
 * Drops what the former type had and the new one cannot have, unless the request changed it: then the validation shall complain.
 * Models dropTypeDependentFields of kubernetes pkg/registry/core/service/strategy.go.
 */
export function dropTypeDependentFields(next: Service, previous: Service): void {
  const spec = next.spec!;
  const before = previous.spec ?? {};
  if (needsClusterIp(previous) && !needsClusterIp(next)) {
    if ((before.clusterIP ?? "") === (spec.clusterIP ?? "") && equal(before.clusterIPs, spec.clusterIPs)) {
      delete spec.clusterIP;
      delete spec.clusterIPs;
    }
    if (equal(before.ipFamilies, spec.ipFamilies)) delete spec.ipFamilies;
    if (before.ipFamilyPolicy === spec.ipFamilyPolicy) delete spec.ipFamilyPolicy;
  }
  if (hasNodePorts(previous) && !hasNodePorts(next)) {
    const former = nodePortsOf(previous);
    if (nodePortsOf(next).every((port) => former.includes(port)))
      for (const port of spec.ports ?? []) delete port.nodePort;
  }
  if (needsHealthCheckNodePort(previous) && !needsHealthCheckNodePort(next)) {
    if ((before.healthCheckNodePort ?? 0) === (spec.healthCheckNodePort ?? 0)) delete spec.healthCheckNodePort;
  }
  if (before.type === "LoadBalancer" && spec.type !== "LoadBalancer") {
    if (before.allocateLoadBalancerNodePorts === spec.allocateLoadBalancerNodePorts)
      delete spec.allocateLoadBalancerNodePorts;
    if (before.loadBalancerClass === spec.loadBalancerClass) delete spec.loadBalancerClass;
  }
  if (externallyAccessible(previous) && !externallyAccessible(next)) {
    if (before.externalTrafficPolicy === spec.externalTrafficPolicy) delete spec.externalTrafficPolicy;
  }
  if (spec.type !== "LoadBalancer") next.status = { ...next.status, loadBalancer: {} };
}

function hasNodePorts({ spec }: Service): boolean {
  return spec?.type === "NodePort" || spec?.type === "LoadBalancer";
}
