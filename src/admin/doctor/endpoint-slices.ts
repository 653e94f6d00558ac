import { MANAGED_BY, SERVICE_NAME, serviceNameOf } from "../../api/kinds/endpointslice/marks.ts";
import { formatLabels } from "../../api/meta/label-selector.ts";
import type { KubeObject } from "../../api/object.ts";
import type { Endpoints, ServicePort } from "../../api/types/core.ts";
import type { Endpoint, EndpointSlice } from "../../api/types/discovery.ts";
import { clusterView } from "../../network/cluster-view.ts";
import { outsideAddresses, outsideHostsAt } from "../../network/outside.ts";
import { connect } from "../../network/proxy/connect.ts";
import { about, applyObject, type Case, type Finding, inNamespace, patchService, shellWord } from "./finding.ts";
import { workloads } from "./workloads.ts";

const SLICES = "endpointslices.discovery.k8s.io";

/** Without a selector somebody must write the EndpointSlices: whether there are any, and whether they fit. */
export function withoutSelector(subject: Case): Finding[] {
  const { snapshot, name, namespace, service } = subject;
  const slices = snapshot.list<EndpointSlice>(SLICES, namespace).filter((slice) => serviceNameOf(slice) === name);
  if (slices.every((slice) => (slice.endpoints ?? []).length === 0)) return [noSlices(subject)];
  const ready = slices.flatMap((slice) => (slice.endpoints ?? []).filter(isReady));
  if (ready.length === 0) return [notReady(subject, slices[0]!)];
  return (service.spec?.ports ?? []).flatMap((port) => checkPort(subject, slices, port));
}

const isReady = (endpoint: Endpoint) => endpoint.conditions?.ready !== false;

function noSlices(subject: Case): Finding {
  const { snapshot, name, namespace } = subject;
  const report = (problem: string, fix: string) => about(subject, "error", "no-selector", problem, fix);
  const said = "it has neither a selector nor an EndpointSlice";
  const same = workloads(snapshot, namespace).find((workload) => workload.name === name);
  if (same)
    return report(
      `${said}; ${same.ref} has ${formatLabels(same.labels)}`,
      patchService(subject, { spec: { selector: same.labels } }),
    );
  const lost = (resource: string) =>
    nearestName(
      name,
      snapshot.list(resource, namespace).filter((object) => isLost(subject, resource, object)),
    );
  const slice = lost(SLICES) as EndpointSlice | undefined;
  if (slice)
    return report(
      `${said}: endpointslice/${slice.metadata.name} does not say by its label that it is of service/${name}`,
      `kubectl label endpointslice ${slice.metadata.name}${inNamespace(subject)} --overwrite ${SERVICE_NAME}=${name}`,
    );
  const endpoints = lost("endpoints") as Endpoints | undefined;
  if (endpoints) {
    const { apiVersion, kind, subsets } = endpoints;
    const renamed = { apiVersion, kind, metadata: { name, namespace }, subsets };
    return report(
      `${said}: endpoints/${endpoints.metadata.name} is of no Service, as it would have to be called ${name}`,
      applyObject(renamed as KubeObject),
    );
  }
  return report(said, "kubectl explain endpointslice.endpoints");
}

/** Whether an object that somebody wrote is there for no Service. */
function isLost({ snapshot, namespace }: Case, resource: string, object: KubeObject): boolean {
  if (object.metadata.labels?.[MANAGED_BY]?.endsWith("k8s.io")) return false;
  const of = resource === SLICES ? serviceNameOf(object) : object.metadata.name;
  return of === undefined || snapshot.get("services", namespace, of) === undefined;
}

/** The one that begins with the name, else the only one. */
function nearestName(name: string, objects: readonly KubeObject[]): KubeObject | undefined {
  return (
    objects.find((object) => object.metadata.name!.startsWith(name)) ?? (objects.length === 1 ? objects[0] : undefined)
  );
}

function notReady(subject: Case, slice: EndpointSlice): Finding {
  const patch = [{ op: "replace", path: "/endpoints/0/conditions/ready", value: true }];
  return about(
    subject,
    "error",
    "endpoints-not-ready",
    `its endpoints are marked as not ready in endpointslice/${slice.metadata.name}`,
    `kubectl patch endpointslice ${slice.metadata.name}${inNamespace(subject)} --type=json -p ${shellWord(JSON.stringify(patch))}`,
  );
}

function checkPort(subject: Case, slices: readonly EndpointSlice[], port: ServicePort): Finding[] {
  const protocol = port.protocol ?? "TCP";
  const wanted = port.name ?? "";
  const found = slices.flatMap((slice) =>
    (slice.ports ?? [])
      .filter((entry) => (entry.name ?? "") === wanted && (entry.protocol ?? "TCP") === protocol && entry.port)
      .map((entry) => ({ slice, number: entry.port! })),
  );
  if (found.length === 0) return [otherName(subject, slices[0]!, port)];
  for (const { slice, number } of found)
    for (const endpoint of slice.endpoints ?? []) {
      if (!isReady(endpoint) || slice.addressType !== "IPv4") continue;
      const finding = unreachable(subject, slice, port, endpoint.addresses[0]!, number);
      if (finding) return [finding];
    }
  return [];
}

/** kube-proxy joins the ports of a Service and of its slices by name and protocol. */
function otherName(subject: Case, slice: EndpointSlice, port: ServicePort): Finding {
  const called = (name: string | undefined, protocol = "TCP") =>
    `${name ? `called ${name}` : "without a name"}${protocol === "TCP" ? "" : ` and ${protocol}`}`;
  const [entry] = slice.ports ?? [];
  const mirrored = slice.metadata.labels?.[MANAGED_BY]?.startsWith("endpointslicemirroring");
  const ref = mirrored ? `endpoints ${subject.name}` : `endpointslice ${slice.metadata.name}`;
  const path = mirrored ? "/subsets/0/ports/0" : "/ports/0";
  const value = {
    ...(port.name ? { name: port.name } : {}),
    port: entry?.port ?? port.port,
    ...(port.protocol === undefined || port.protocol === "TCP" ? {} : { protocol: port.protocol }),
  };
  const patch = entry
    ? [{ op: "replace", path, value }]
    : [{ op: "add", path: mirrored ? "/subsets/0/ports" : "/ports", value: [value] }];
  const there = entry
    ? `the port of ${ref.replace(" ", "/")} is ${called(entry.name, entry.protocol)}`
    : `${ref.replace(" ", "/")} has no port`;
  return about(
    subject,
    "error",
    "endpoint-port-name",
    `port ${port.port} is ${called(port.name, port.protocol)}, and ${there}: the names must be the same`,
    `kubectl patch ${ref}${inNamespace(subject)} --type=json -p ${shellWord(JSON.stringify(patch))}`,
  );
}

/** An address of a slice where nobody is, or nobody listens. */
function unreachable(
  subject: Case,
  slice: EndpointSlice,
  port: ServicePort,
  address: string,
  number: number,
): Finding | undefined {
  const { snapshot } = subject;
  const protocol = port.protocol ?? "TCP";
  const [node] = clusterView(snapshot).nodes;
  if (!node) return undefined;
  const path = connect(snapshot, { from: { kind: "node", name: node.name }, to: address, port: number, protocol });
  if (path.verdict === "answered") return undefined;
  const edit = `kubectl edit endpointslice ${slice.metadata.name}${inNamespace(subject)}`;
  const [host] = outsideHostsAt(snapshot, address);
  const http = number === 80 || number === 443;
  if (host && http)
    return about(
      subject,
      "error",
      "endpoint-refuses",
      `port ${port.port} leads to ${address}:${number}, which is ${host.metadata.name} and has no page`,
      `kubemu outside add ${host.metadata.name} ${address} --http hello`,
    );
  if (host)
    // What these machines speak beside HTTP is not simulated, so that the Service may well be right.
    return about(
      subject,
      "hint",
      "endpoint-not-simulated",
      `port ${port.port} leads to ${address}:${number}, which is ${host.metadata.name}: machines outside answer HTTP on 80 and 443 here, or nothing`,
    );
  if (path.verdict === "refused")
    return about(
      subject,
      "error",
      "endpoint-refuses",
      `port ${port.port} leads to ${address}:${number}, where nobody listens: ${path.rule}`,
      edit,
    );
  return about(
    subject,
    "error",
    "endpoint-unknown",
    `port ${port.port} leads to ${address}:${number}, and ${path.rule}`,
    path.verdict === "dropped" ? `kubemu outside add ${freeName(subject)} ${address} --http hello` : edit,
  );
}

/** A name of the outside world that nobody has. */
function freeName({ snapshot, name, namespace }: Case): string {
  const names = [name, `${name}-${namespace}`].map((label) => `${label}.example.com`);
  return (
    names.find((candidate) => outsideAddresses(snapshot, candidate).length === 0) ?? `${name}.${namespace}.example.com`
  );
}
