import { compareStrings } from "../../api/json.ts";
import { serviceNameOf } from "../../api/kinds/endpointslice/marks.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Service } from "../../api/types/core.ts";
import type { EndpointSlice } from "../../api/types/discovery.ts";
import { absolute, canonicalIP, isIP, isIPv4, labels } from "./names.ts";
import { parseName } from "./parse.ts";

export const CLUSTER_ZONE = "cluster.local.";
/** Seconds: the kubernetes plugin's `ttl` in kubeadm's Corefile. */
export const CLUSTER_TTL = 30;

/** A place that a name leads to: an address or a name, and the port behind it. */
export interface Target {
  host: string;
  /** 0: none is known. -1: the Service declares none. */
  port: number;
  /** Absolute name of the place, in the case in which the zone was asked for. */
  name: string;
}

export interface EndpointPlace {
  address: string;
  hostname: string;
  ports: { name: string; protocol: string; port: number }[];
  /** The Service's name and namespace. */
  service: string;
  namespace: string;
}

/** The label that an endpoint's address is found under. Models endpointHostname of coredns plugin/kubernetes. */
export function endpointLabel(address: string, hostname: string): string {
  if (hostname !== "") return hostname;
  if (address.includes(".")) return address.replaceAll(".", "-");
  const label = address.replaceAll(":", "-");
  return label.endsWith("-") ? `${label}0` : label;
}

/** Every ready address in EndpointSlices, in the order of addresses. Models object/endpoint.go of the plugin. */
export function endpointPlaces(snapshot: Snapshot, namespace?: string, service?: string): EndpointPlace[] {
  const places: EndpointPlace[] = [];
  for (const slice of snapshot.list<EndpointSlice>("endpointslices.discovery.k8s.io", namespace)) {
    const owner = serviceNameOf(slice) ?? "";
    if (service !== undefined && owner !== service) continue;
    const declared = (slice.ports ?? []).map((port) => ({
      name: port.name ?? "",
      protocol: port.protocol ?? "",
      port: port.port ?? -1,
    }));
    const ports = declared.length > 0 ? declared : [{ name: "", protocol: "", port: -1 }];
    for (const endpoint of slice.endpoints ?? []) {
      if (endpoint.conditions?.ready === false) continue;
      for (const address of endpoint.addresses) {
        places.push({
          address,
          hostname: endpoint.hostname ?? "",
          ports,
          service: owner,
          namespace: slice.metadata.namespace ?? "",
        });
      }
    }
  }
  return places.sort((a, b) => compareAddresses(a.address, b.address));
}

/** Addresses in numeric order, names after them. */
function compareAddresses(a: string, b: string): number {
  const key = (text: string) =>
    isIPv4(text)
      ? text
          .split(".")
          .map((part) => part.padStart(3, "0"))
          .join(".")
      : `~${text}`;
  return compareStrings(key(a), key(b));
}

export function clusterAddresses(service: Service): string[] {
  const addresses = service.spec?.clusterIPs;
  return addresses && addresses.length > 0 ? addresses : [service.spec?.clusterIP ?? ""];
}

export function isHeadless(service: Service): boolean {
  return clusterAddresses(service)[0] === "None";
}

function namespaceExists(snapshot: Snapshot, namespace: string): boolean {
  return snapshot.get("namespaces", "", namespace) !== undefined;
}

function matches(asked: string, found: string): boolean {
  return asked === "" || asked.toLowerCase() === found.toLowerCase();
}

/**
 * What stands behind a name of `zone`. Undefined: no such name (NXDOMAIN); an empty list: it is there, with nothing behind it
 * (NODATA). Models Records, findPods and findServices of coredns 1.14 plugin/kubernetes/kubernetes.go with `pods insecure`.
 */
export function targetsOf(snapshot: Snapshot, name: string, zone: string): Target[] | undefined {
  const request = parseName(name.toLowerCase(), zone);
  if (!request) return undefined;
  if (request.kind === "") return [];
  if (name.toLowerCase().endsWith(".arpa.")) return undefined;
  const { namespace, service } = request;
  if (!namespaceExists(snapshot, namespace)) return undefined;
  if (service === "") return [];
  if (request.kind === "pod") {
    const dashes = service.split("-").length - 1;
    const address = service.replaceAll("-", dashes === 3 && !service.includes("--") ? "." : ":");
    if (!isIP(address)) return undefined;
    return [{ host: canonicalIP(address) ?? address, port: 0, name: `${service}.${namespace}.pod.${zone}` }];
  }
  const object = snapshot.get<Service>("services", namespace, service);
  if (!object) return undefined;
  const place = `${service}.${namespace}.svc.${zone}`;
  if (object.spec?.type === "ExternalName") {
    const host = object.spec.externalName ?? "";
    if (request.endpoint !== "" || request.port !== "" || request.protocol !== "" || isIP(host)) return undefined;
    return [{ host, port: 0, name: place }];
  }
  const targets: Target[] = [];
  const asked = (port: string, protocol: string) => matches(request.port, port) && matches(request.protocol, protocol);
  if (isHeadless(object) || request.endpoint !== "") {
    for (const endpoint of endpointPlaces(snapshot, namespace, service)) {
      const label = endpointLabel(endpoint.address, endpoint.hostname);
      if (!matches(request.endpoint, label)) continue;
      for (const port of endpoint.ports) {
        if (!asked(port.name, port.protocol)) continue;
        targets.push({ host: endpoint.address, port: port.port, name: `${label}.${place}` });
      }
    }
  } else {
    const declared = object.spec?.ports ?? [];
    const ports = declared.length > 0 ? declared : [{ name: "", protocol: "", port: -1 }];
    for (const port of ports) {
      if (!asked(port.name ?? "", port.protocol ?? "TCP")) continue;
      for (const host of clusterAddresses(object)) targets.push({ host, port: port.port, name: place });
    }
  }
  return targets.length > 0 ? targets : undefined;
}

/**
 * The names that an address has: the Service with that cluster IP, else each endpoint with it. Empty: none.
 * Models coredns plugin/kubernetes/reverse.go.
 */
export function namesOf(snapshot: Snapshot, address: string): string[] {
  for (const service of snapshot.list<Service>("services")) {
    if (service.spec?.type !== "ExternalName" && clusterAddresses(service).includes(address)) {
      return [`${service.metadata.name}.${service.metadata.namespace}.svc.${CLUSTER_ZONE}`];
    }
  }
  const names = endpointPlaces(snapshot)
    .filter((place) => place.address === address)
    .map((place) => {
      const label = endpointLabel(place.address, place.hostname);
      return absolute(`${label}.${place.service}.${place.namespace}.svc.${CLUSTER_ZONE}`);
    });
  return [...new Set(names)].sort(compareStrings);
}

/** Unix seconds of the last change to a Service or an EndpointSlice: the serial of the zone. */
export function zoneSerial(snapshot: Snapshot): number {
  let last = 0;
  for (const resource of ["services", "endpointslices.discovery.k8s.io"]) {
    for (const object of snapshot.list(resource)) {
      const times = [object.metadata.creationTimestamp, ...(object.metadata.managedFields ?? []).map((it) => it.time)];
      for (const time of times) if (time) last = Math.max(last, Date.parse(time) / 1000);
    }
  }
  return Math.floor(last);
}

/** The part of `name` that is `zone`, in the case in which it was asked for. */
export function zoneAsAsked(name: string, zone: string): string {
  const count = labels(zone).length;
  return absolute(labels(name).slice(-count).join("."));
}
