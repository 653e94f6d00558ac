import { equal } from "../../api/json.ts";
import { MANAGED_BY, SERVICE_NAME, serviceNameOf, TRIGGER_TIME } from "../../api/kinds/endpointslice/marks.ts";
import { formatIp, parseIp } from "../../api/meta/ip.ts";
import { LAST_APPLIED } from "../../api/meta/last-applied.ts";
import type { EndpointAddress, EndpointSubset, Endpoints, Service } from "../../api/types/core.ts";
import type { Endpoint, EndpointSlice } from "../../api/types/discovery.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";
import { offersOf, packSubsets } from "../endpoints/subsets.ts";
import { isManagedBy, managedSlices, SLICES } from "../endpointslice/managed-slices.ts";
import { slicePorts } from "../endpointslice/ports.ts";
import { controllerReference, keyOf, splitKey } from "../keys.ts";

const MANAGER = "endpointslicemirroring-controller.k8s.io";
const NOT_COPIED = [TRIGGER_TIME, LAST_APPLIED];
const MOST_ENDPOINTS = 1000;

/** Mirrors Endpoints that users make for Services without selector. Models kubernetes pkg/controller/endpointslicemirroring. */
export const endpointSliceMirroringController: Controller = {
  name: "endpointslice-mirroring-controller",
  manager: "kube-controller-manager",
  affected({ resource, before, after }) {
    const object = (after ?? before)!;
    if (resource !== SLICES) return [keyOf(object)];
    return isManagedBy(MANAGER, object) ? [`${object.metadata.namespace}/${serviceNameOf(object) ?? ""}`] : [];
  },
  reconcile(key, snapshot) {
    const { namespace, name } = splitKey(key);
    const slices = managedSlices(MANAGER, snapshot, namespace, name);
    const endpoints = snapshot.get<Endpoints>("endpoints", namespace, name);
    const service = snapshot.get<Service>("services", namespace, name);
    if (!endpoints || !service || service.spec?.selector || !isMirrored(endpoints))
      return { writes: slices.map(removal) };
    return { writes: mirror(endpoints, slices) };
  },
};

function isMirrored({ metadata }: Endpoints): boolean {
  return (
    metadata.labels?.["endpointslice.kubernetes.io/skip-mirror"] !== "true" &&
    metadata.annotations?.["control-plane.alpha.kubernetes.io/leader"] === undefined
  );
}

interface Wanted {
  addressType: "IPv4" | "IPv6";
  ports: EndpointSlice["ports"];
  endpoints: Endpoint[];
}

function mirror(endpoints: Endpoints, slices: EndpointSlice[]): Write[] {
  const left = [...slices];
  const planned = packSubsets(offersOf(endpoints.subsets ?? []))
    .flatMap(wantedOf)
    .map((wanted) => {
      const at = left.findIndex(
        (slice) => slice.addressType === wanted.addressType && equal(slice.ports ?? [], wanted.ports ?? []),
      );
      return { wanted, old: at >= 0 ? left.splice(at, 1)[0] : undefined };
    });
  // What would be made anew takes the name of what would be removed. Models recycleSlices.
  for (const plan of planned) {
    if (plan.old) continue;
    const at = left.findIndex((slice) => slice.addressType === plan.wanted.addressType);
    if (at >= 0) plan.old = left.splice(at, 1)[0];
  }
  const writes = planned.flatMap(({ wanted, old }): Write[] => {
    const next = sliceFor(endpoints, wanted, old);
    if (!old) return [{ verb: "create", resource: SLICES, object: next }];
    const same =
      equal(old.endpoints, next.endpoints) &&
      equal(old.ports ?? [], next.ports) &&
      equal(old.metadata.labels, next.metadata.labels) &&
      equal(old.metadata.annotations ?? {}, next.metadata.annotations ?? {});
    return same ? [] : [{ verb: "update", resource: SLICES, object: next }];
  });
  return [...writes, ...left.map(removal)];
}

/** One slice a subset and address family. Models newDesiredCalc. */
function wantedOf(subset: EndpointSubset): Wanted[] {
  const families = new Map<"IPv4" | "IPv6", Endpoint[]>();
  const add = (address: EndpointAddress, ready: boolean) => {
    const ip = parseIp(address.ip);
    if (!ip) return;
    const list = families.get(ip.family) ?? [];
    families.set(ip.family, list);
    if (list.length >= MOST_ENDPOINTS) return;
    list.push({
      addresses: [formatIp(ip)],
      conditions: { ready },
      ...(address.hostname ? { hostname: address.hostname } : {}),
      ...(address.targetRef ? { targetRef: address.targetRef } : {}),
      ...(address.nodeName ? { nodeName: address.nodeName } : {}),
    });
  };
  for (const address of subset.addresses ?? []) add(address, true);
  for (const address of subset.notReadyAddresses ?? []) add(address, false);
  const ports = slicePorts(
    (subset.ports ?? []).map(({ name, port, protocol, appProtocol }) => ({
      name: name ?? "",
      port,
      protocol: protocol ?? "TCP",
      ...(appProtocol ? { appProtocol } : {}),
    })),
  );
  return [...families].map(([addressType, list]) => ({ addressType, ports, endpoints: list }));
}

/** Models newEndpointSlice: labels and annotations come from the Endpoints. */
function sliceFor(endpoints: Endpoints, wanted: Wanted, old: EndpointSlice | undefined): EndpointSlice {
  const { name, namespace } = endpoints.metadata;
  const annotations = Object.entries(endpoints.metadata.annotations ?? {}).filter(([key]) => !NOT_COPIED.includes(key));
  const { annotations: _, ...kept } = old?.metadata ?? {
    generateName: `${name}-`,
    ownerReferences: [controllerReference(endpoints)],
  };
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      ...kept,
      namespace: namespace!,
      labels: { ...endpoints.metadata.labels, [SERVICE_NAME]: name!, [MANAGED_BY]: MANAGER },
      ...(annotations.length ? { annotations: Object.fromEntries(annotations) } : {}),
    },
    addressType: wanted.addressType,
    endpoints: wanted.endpoints,
    ports: wanted.ports ?? [],
  } as EndpointSlice;
}

function removal({ metadata }: EndpointSlice): Write {
  return { verb: "delete", resource: SLICES, namespace: metadata.namespace!, name: metadata.name! };
}
