import { cidrWarnings, ipWarnings } from "../../meta/ip.ts";
import type { Service } from "../../types/core.ts";
import { HEADLESS } from "./rules.ts";

/** Models GetWarningsForService of kubernetes pkg/api/service/warnings.go. */
export function serviceWarnings({ metadata, spec = {} }: Service): string[] {
  const warnings: string[] = [];
  const external = spec.externalIPs ?? [];
  const headless = spec.type === "ClusterIP" && spec.clusterIP === HEADLESS;
  if (metadata.annotations?.["service.kubernetes.io/topology-aware-hints"] !== undefined)
    warnings.push(
      "annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead",
    );
  if (spec.clusterIP && !headless)
    for (const [i, ip] of (spec.clusterIPs ?? []).entries()) warnings.push(...ipWarnings(`spec.clusterIPs[${i}]`, ip));
  if (headless) {
    if (spec.loadBalancerIP) warnings.push("spec.loadBalancerIP is ignored for headless services");
    if (external.length > 0) warnings.push("spec.externalIPs is ignored for headless services");
    if (spec.sessionAffinity !== "None") warnings.push("spec.SessionAffinity is ignored for headless services");
  }
  for (const [i, ip] of external.entries()) warnings.push(...ipWarnings(`spec.externalIPs[${i}]`, ip));
  if (external.length > 0 && !headless && spec.type !== "ExternalName")
    warnings.push("spec.externalIPs is deprecated and may no longer be implemented in some clusters");
  if (spec.loadBalancerIP) warnings.push(...ipWarnings("spec.loadBalancerIP", spec.loadBalancerIP));
  for (const [i, cidr] of (spec.loadBalancerSourceRanges ?? []).entries())
    warnings.push(...cidrWarnings(`spec.loadBalancerSourceRanges[${i}]`, cidr));
  if (spec.type === "ExternalName" && external.length > 0)
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  if (spec.type !== "ExternalName" && spec.externalName)
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  if (spec.trafficDistribution === "PreferClose")
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  return warnings;
}

/** On writes to the status. Models WarningsOnUpdate of the status strategy. */
export function serviceStatusWarnings({ status }: Service): string[] {
  return (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }, i) =>
    ip ? ipWarnings(`status.loadBalancer.ingress[${i}]`, ip) : [],
  );
}
