import { formatLabels } from "../../api/meta/label-selector.ts";
import type { LoadBalancerIngress, Service, ServicePort } from "../../api/types/core.ts";
import type { EndpointSlice } from "../../api/types/discovery.ts";
import { writeHead } from "./common.ts";
import { endpointsText } from "./endpoint-texts.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models ServiceDescriber. */
export const describe: Describe<Service> = async (service, port) => {
  const { name = "", namespace = "" } = service.metadata;
  const labelSelector = `kubernetes.io/service-name=${name}`;
  let slices: EndpointSlice[] = [];
  try {
    slices = (await port.list("endpointslices.discovery.k8s.io", namespace, {
      labelSelector,
      atOnce: true,
    })) as EndpointSlice[];
  } catch {
    // The real one ignores it too: a Service without slices shows no endpoints.
  }
  const w = new DescribeWriter();
  writeHead(w, service, true);
  writeAddresses(w, service);
  for (const one of service.spec?.ports ?? []) writePort(w, one, slices);
  writePolicies(w, service);
  await writeEventsOf(w, service, port);
  return w.text();
};

function writeAddresses(w: DescribeWriter, { spec = {}, status }: Service): void {
  w.field(0, "Selector", formatLabels(spec.selector));
  w.field(0, "Type", spec.type ?? "");
  if (spec.ipFamilyPolicy !== undefined) w.field(0, "IP Family Policy", spec.ipFamilyPolicy);
  w.field(0, "IP Families", spec.ipFamilies?.join(",") || "<none>");
  w.field(0, "IP", spec.clusterIP ?? "");
  w.field(0, "IPs", spec.clusterIPs?.length ? spec.clusterIPs.join(",") : "<none>");
  if (spec.externalIPs?.length) w.field(0, "External IPs", spec.externalIPs.join(","));
  if (spec.loadBalancerIP) w.field(0, "Desired LoadBalancer IP", spec.loadBalancerIP);
  if (spec.externalName) w.field(0, "External Name", spec.externalName);
  const ingress = status?.loadBalancer?.ingress ?? [];
  if (ingress.length > 0) w.field(0, "LoadBalancer Ingress", ingress.map(ingressText).join(", "));
}

function ingressText({ ip, ipMode, hostname = "" }: LoadBalancerIngress): string {
  if (!ip) return hostname;
  return ipMode === undefined ? ip : `${ip} (${ipMode})`;
}

function writePort(w: DescribeWriter, port: ServicePort, slices: readonly EndpointSlice[]): void {
  const name = port.name || "<unset>";
  const protocol = port.protocol ?? "";
  w.field(0, "Port", `${name}\t${port.port}/${protocol}`);
  w.field(0, "TargetPort", `${port.targetPort ?? 0}/${protocol}`);
  if (port.appProtocol !== undefined) w.field(0, "AppProtocol", port.appProtocol);
  if (port.nodePort) w.field(0, "NodePort", `${name}\t${port.nodePort}/${protocol}`);
  w.field(0, "Endpoints", endpointsText(slices, port.name ?? ""));
}

function writePolicies(w: DescribeWriter, { spec = {} }: Service): void {
  w.field(0, "Session Affinity", spec.sessionAffinity ?? "");
  if (spec.externalTrafficPolicy) w.field(0, "External Traffic Policy", spec.externalTrafficPolicy);
  if (spec.internalTrafficPolicy !== undefined) w.field(0, "Internal Traffic Policy", spec.internalTrafficPolicy);
  if (spec.healthCheckNodePort) w.field(0, "HealthCheck NodePort", spec.healthCheckNodePort);
  if (spec.loadBalancerSourceRanges?.length) {
    w.field(0, "LoadBalancer Source Ranges", spec.loadBalancerSourceRanges.join(","));
  }
  if (spec.trafficDistribution !== undefined) w.field(0, "Traffic Distribution", spec.trafficDistribution);
}
