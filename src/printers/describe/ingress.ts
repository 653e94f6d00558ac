import { loadBalancerText } from "../../api/kinds/cells.ts";
import { ApiError } from "../../api/status.ts";
import type { Service } from "../../api/types/core.ts";
import type { EndpointSlice } from "../../api/types/discovery.ts";
import type { Ingress, IngressBackend, IngressServiceBackend } from "../../api/types/networking.ts";
import { writeAnnotations, writeLabels } from "./common.ts";
import { endpointsText } from "./endpoint-texts.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe, DescribePort } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models IngressDescriber. */
export const describe: Describe<Ingress> = async (ingress, port) => {
  const { metadata, spec = {}, status } = ingress;
  const { namespace = "" } = metadata;
  const w = new DescribeWriter();
  w.field(0, "Name", metadata.name ?? "");
  writeLabels(w, "Labels", metadata.labels);
  w.field(0, "Namespace", namespace);
  w.field(0, "Address", loadBalancerText(status?.loadBalancer));
  w.field(0, "Ingress Class", spec.ingressClassName ?? "<none>");
  const otherwise = spec.defaultBackend ? await backendText(spec.defaultBackend, namespace, port) : "<default>";
  w.field(0, "Default backend", otherwise);
  if (spec.tls?.length) w.write(0, "TLS:\n");
  for (const { secretName, hosts = [] } of spec.tls ?? []) {
    w.write(1, `${secretName ? `${secretName} terminates` : "SNI routes"} ${hosts.join(",")}\n`);
  }
  w.write(0, "Rules:\n  Host\tPath\tBackends\n");
  w.write(1, "----\t----\t--------\n");
  const rules = (spec.rules ?? []).filter(({ http }) => http);
  for (const { host, http } of rules) {
    w.write(1, `${host || "*"}\t\n`);
    for (const { path = "", backend } of http?.paths ?? []) {
      w.write(2, `\t${path} \t${await backendText(backend, namespace, port)}\n`);
    }
  }
  if (rules.length === 0) w.write(1, `*\t*\t${otherwise}\n`);
  writeAnnotations(w, "Annotations", metadata.annotations);
  await writeEventsOf(w, ingress, port);
  return w.text();
};

/** Models describeBackendV1. */
async function backendText(backend: IngressBackend, namespace: string, port: DescribePort): Promise<string> {
  if (backend.service) {
    const text = `${backend.service.name}:${backend.service.port?.number || (backend.service.port?.name ?? "")}`;
    try {
      return `${text} (${await addressesText(backend.service, namespace, port)})`;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return `${text} (<error: ${error.message}>)`;
    }
  }
  if (!backend.resource) return "";
  const { apiGroup, kind, name } = backend.resource;
  return `APIGroup: ${apiGroup ?? "<none>"}, Kind: ${kind}, Name: ${name}`;
}

async function addressesText(
  { name, port: wanted }: IngressServiceBackend,
  namespace: string,
  port: DescribePort,
): Promise<string> {
  const labelSelector = `kubernetes.io/service-name=${name}`;
  const slices = await port.list("endpointslices.discovery.k8s.io", namespace, { labelSelector, atOnce: true });
  const service = (await port.get("services", namespace, name)) as Service;
  const found = (service.spec?.ports ?? []).findLast((one) =>
    wanted?.number ? wanted.number === one.port : wanted?.name && wanted.name === one.name,
  );
  return endpointsText(slices as EndpointSlice[], found?.name ?? "");
}
