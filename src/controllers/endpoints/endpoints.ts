import type { IndexedSnapshot } from "../../api/indexes.ts";
import { clone, equal } from "../../api/json.ts";
import { targetPortOf } from "../../api/kinds/service/target-port.ts";
import { timestamp } from "../../api/snapshot.ts";
import type { EndpointAddress, EndpointPort, EndpointSubset, Endpoints, Pod, Service } from "../../api/types/core.ts";
import type { Controller } from "../controller.ts";
import { hasEndpoint, selectedPods } from "../endpointslice/desired.ts";
import { servicesOfPod } from "../endpointslice/endpointslice.ts";
import { keyOf, splitKey } from "../keys.ts";
import { isReady } from "../pods.ts";

const MANAGED_BY = "endpoints.kubernetes.io/managed-by";
const HEADLESS = "service.kubernetes.io/headless";
const TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time";

/** Keeps the old Endpoints object of each Service with a selector. Models kubernetes pkg/controller/endpoint. */
export const endpointsController: Controller = {
  name: "endpoint-controller",
  manager: "kube-controller-manager",
  watches: ["services", "pods", "endpoints"],
  affected(change, snapshot) {
    if (change.resource === "pods") return servicesOfPod(change, snapshot);
    return [keyOf(change.after ?? change.before!)];
  },
  reconcile(key, snapshot) {
    const { namespace, name } = splitKey(key);
    const service = snapshot.get<Service>("services", namespace, name);
    const current = snapshot.get<Endpoints>("endpoints", namespace, name);
    if (!service) {
      const mine = current?.metadata.labels?.[MANAGED_BY] === "endpoint-controller";
      return { writes: mine ? [{ verb: "delete", resource: "endpoints", namespace, name }] : [] };
    }
    if (!service.spec?.selector || service.spec.type === "ExternalName") return { writes: [] };
    const subsets = subsetsOf(snapshot, service);
    const headless: Record<string, string> = service.spec.clusterIP === "None" ? { [HEADLESS]: "" } : {};
    const labels = { ...service.metadata.labels, ...headless, [MANAGED_BY]: "endpoint-controller" };
    if (current && equal(current.subsets ?? [], subsets) && equal(current.metadata.labels, labels))
      return { writes: [] };
    const next: Endpoints = current
      ? clone(current)
      : { apiVersion: "v1", kind: "Endpoints", metadata: { name, namespace } };
    next.metadata.labels = labels;
    if (subsets.length) {
      next.subsets = subsets;
      next.metadata.annotations = { ...next.metadata.annotations, [TRIGGER_TIME]: timestamp(snapshot.now) };
    } else delete next.subsets;
    return { writes: [{ verb: current ? "update" : "create", resource: "endpoints", object: next }] };
  },
};

/** Models pkg/controller/endpoint and endpoints.RepackSubsets: addresses with the same ports share a subset. */
function subsetsOf(snapshot: IndexedSnapshot, service: Service): EndpointSubset[] {
  const byAddress = new Map<string, { address: EndpointAddress; ready: boolean; ports: EndpointPort[] }>();
  for (const pod of selectedPods(snapshot, service)) {
    if (!hasEndpoint(pod)) continue;
    if (pod.metadata.deletionTimestamp && !service.spec?.publishNotReadyAddresses) continue;
    const ready = !!service.spec?.publishNotReadyAddresses || isReady(pod);
    const ports = (service.spec?.ports ?? []).flatMap((port): EndpointPort[] => {
      const number = targetPortOf(pod, port);
      if (number === undefined) return [];
      return [
        {
          ...(port.name ? { name: port.name } : {}),
          port: number,
          protocol: port.protocol ?? "TCP",
          ...(port.appProtocol ? { appProtocol: port.appProtocol } : {}),
        },
      ];
    });
    // A headless Service may have no ports at all; others need one that the pod has.
    if (ports.length === 0 && (service.spec?.ports ?? []).length > 0) continue;
    byAddress.set(pod.metadata.uid!, { address: addressOf(service, pod), ready, ports });
  }
  const subsets = new Map<string, EndpointSubset>();
  for (const { address, ready, ports } of byAddress.values()) {
    const key = JSON.stringify(ports);
    const subset: EndpointSubset = subsets.get(key) ?? { ...(ports.length ? { ports } : {}) };
    subsets.set(key, subset);
    if (ready) subset.addresses = [...(subset.addresses ?? []), address];
    else subset.notReadyAddresses = [...(subset.notReadyAddresses ?? []), address];
  }
  return [...subsets.values()].map(inOrder);
}

function addressOf(service: Service, pod: Pod): EndpointAddress {
  const { hostname, subdomain, nodeName } = pod.spec ?? {};
  return {
    ip: pod.status!.podIP!,
    ...(hostname && subdomain === service.metadata.name ? { hostname } : {}),
    ...(nodeName ? { nodeName } : {}),
    targetRef: { kind: "Pod", name: pod.metadata.name!, namespace: pod.metadata.namespace!, uid: pod.metadata.uid! },
  };
}

function inOrder(subset: EndpointSubset): EndpointSubset {
  const sorted = (list: EndpointAddress[] | undefined) =>
    list && [...list].sort((a, b) => (a.ip < b.ip ? -1 : a.ip > b.ip ? 1 : 0));
  return {
    ...(subset.addresses ? { addresses: sorted(subset.addresses)! } : {}),
    ...(subset.notReadyAddresses ? { notReadyAddresses: sorted(subset.notReadyAddresses)! } : {}),
    ...(subset.ports ? { ports: subset.ports } : {}),
  };
}
