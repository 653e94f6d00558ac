import type { Snapshot } from "../../api/snapshot.ts";
import type { Service, ServicePort } from "../../api/types/core.ts";
import type { Protocol } from "../path.ts";

/** One port of a Service as kube-proxy holds it. Models kubernetes pkg/proxy/serviceport.go BaseServicePortInfo. */
export interface ServicePortInfo {
  namespace: string;
  name: string;
  /** `default/web:http`, `default/web` for a port without a name: how rules name it. */
  title: string;
  portName: string;
  clusterIP: string;
  port: number;
  protocol: Protocol;
  /** 0: none. */
  nodePort: number;
  healthCheckNodePort: number;
  externalIPs: readonly string[];
  /** Ingress addresses in VIP mode. */
  vips: readonly string[];
  sourceRanges: readonly string[];
  /** Seconds; undefined without ClientIP affinity. */
  affinitySeconds?: number;
  externalLocal: boolean;
  internalLocal: boolean;
  service: Service;
}

/** Every port of every Service that kube-proxy serves. */
export function servicePorts(snapshot: Snapshot): ServicePortInfo[] {
  return snapshot
    .list<Service>("services")
    .filter(isProxied)
    .flatMap((service) => (service.spec?.ports ?? []).map((port) => info(service, port)));
}

/** Models pkg/proxy/util ShouldSkipService and the label selector of kube-proxy's informers. */
function isProxied(service: Service): boolean {
  const { clusterIP, type } = service.spec ?? {};
  const labels = service.metadata.labels ?? {};
  if (Object.hasOwn(labels, "service.kubernetes.io/service-proxy-name")) return false;
  return type !== "ExternalName" && clusterIP !== undefined && clusterIP !== "" && clusterIP !== "None";
}

function info(service: Service, port: ServicePort): ServicePortInfo {
  const spec = service.spec!;
  const namespace = service.metadata.namespace ?? "default";
  const name = service.metadata.name!;
  const external = spec.type === "NodePort" || spec.type === "LoadBalancer" || (spec.externalIPs?.length ?? 0) > 0;
  const ranges = (spec.loadBalancerSourceRanges ?? []).map((range) => range.trim());
  const local = external && spec.externalTrafficPolicy === "Local";
  return {
    namespace,
    name,
    title: `${namespace}/${name}${port.name ? `:${port.name}` : ""}`,
    portName: port.name ?? "",
    clusterIP: spec.clusterIP!,
    port: port.port,
    protocol: port.protocol ?? "TCP",
    nodePort: port.nodePort ?? 0,
    healthCheckNodePort: local && spec.type === "LoadBalancer" ? (spec.healthCheckNodePort ?? 0) : 0,
    externalIPs: spec.externalIPs ?? [],
    vips: (service.status?.loadBalancer?.ingress ?? [])
      .filter((ingress) => ingress.ip && (ingress.ipMode ?? "VIP") === "VIP")
      .map((ingress) => ingress.ip!),
    // A range of length zero means anybody.
    sourceRanges: ranges.some((range) => range.endsWith("/0")) ? [] : ranges,
    ...(spec.sessionAffinity === "ClientIP"
      ? { affinitySeconds: spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10800 }
      : {}),
    externalLocal: local,
    internalLocal: spec.internalTrafficPolicy === "Local",
    service,
  };
}

/** Whether anything outside the cluster could be sent here: a node port, a load balancer's address, an external one. */
export function externallyAccessible(port: ServicePortInfo): boolean {
  return port.nodePort !== 0 || port.vips.length > 0 || port.externalIPs.length > 0;
}

/** The ports of Services to which an address and port belong, by what `addresses` picks of it. */
export function findPorts(
  ports: readonly ServicePortInfo[],
  address: string,
  port: number,
  protocol: Protocol,
  addresses: (candidate: ServicePortInfo) => readonly string[],
): ServicePortInfo[] {
  return ports.filter(
    (candidate) => candidate.port === port && candidate.protocol === protocol && addresses(candidate).includes(address),
  );
}
