import { clone, equal } from "../../api/json.ts";
import { isReady } from "../../api/kinds/pod/state.ts";
import { targetPortOf } from "../../api/kinds/service/target-port.ts";
import type { EndpointAddress, EndpointPort, Endpoints, Pod, Service } from "../../api/types/core.ts";
import type { Controller } from "../controller.ts";
import { hasEndpoint, selectedPods } from "../endpointslice/desired.ts";
import { servicesOfPod } from "../endpointslice/endpointslice.ts";
import { AGAIN, noteTriggerTime, readyNow } from "../endpointslice/trigger-time.ts";
import { keyOf, splitKey } from "../keys.ts";
import { packSubsets } from "./subsets.ts";

const MANAGED_BY = "endpoints.kubernetes.io/managed-by";
const MANAGER = "endpoint-controller";
const HEADLESS = "service.kubernetes.io/headless";

/** Keeps the old Endpoints object of each Service with a selector. Models kubernetes pkg/controller/endpoint. */
export const endpointsController: Controller = {
  name: MANAGER,
  manager: "kube-controller-manager",
  affected(change, snapshot) {
    if (change.resource === "pods") return servicesOfPod(change, snapshot);
    // What users write into Endpoints stays until the Service or a pod changes; only what is gone comes again at once.
    if (change.resource === "endpoints") return change.after ? [] : [`${AGAIN}${keyOf(change.before!)}`];
    return [keyOf(change.after ?? change.before!)];
  },
  reconcile(key, snapshot) {
    const again = key.startsWith(AGAIN);
    const { namespace, name } = splitKey(again ? key.slice(AGAIN.length) : key);
    const service = snapshot.get<Service>("services", namespace, name);
    const current = snapshot.get<Endpoints>("endpoints", namespace, name);
    if (!service) return { writes: current ? [{ verb: "delete", resource: "endpoints", namespace, name }] : [] };
    if (!service.spec?.selector || service.spec.type === "ExternalName") return { writes: [] };
    const pods = selectedPods(snapshot, service).filter(
      (pod) => hasEndpoint(pod) && (!pod.metadata.deletionTimestamp || service.spec?.publishNotReadyAddresses),
    );
    const subsets = subsetsOf(service, pods);
    if (current && equal(current.subsets ?? [], subsets) && labelsFit(current, service)) return { writes: [] };
    const next: Endpoints = current
      ? clone(current)
      : { apiVersion: "v1", kind: "Endpoints", metadata: { name, namespace } };
    const headless: Record<string, string> = service.spec.clusterIP === "None" ? { [HEADLESS]: "" } : {};
    const { [HEADLESS]: _, ...own } = service.metadata.labels ?? {};
    next.metadata.labels = { ...own, ...headless, [MANAGED_BY]: MANAGER };
    const known = current?.metadata.labels?.[MANAGED_BY] === MANAGER;
    noteTriggerTime(
      next.metadata,
      service,
      new Map(pods.map((pod) => [pod.metadata.uid!, pod])),
      known ? readyIn(current) : again ? readyNow(pods) : undefined,
    );
    if (subsets.length) next.subsets = subsets;
    else delete next.subsets;
    return { writes: [{ verb: current ? "update" : "create", resource: "endpoints", object: next }] };
  },
};

/** Models labelsCorrectForEndpoints. */
function labelsFit(current: Endpoints, service: Service): boolean {
  const { [MANAGED_BY]: manager, [HEADLESS]: _, ...own } = current.metadata.labels ?? {};
  return manager === MANAGER && equal(own, service.metadata.labels ?? {});
}

/** The pods among the addresses, by uid, and whether they were ready. */
function readyIn({ subsets = [] }: Endpoints): Map<string, boolean> {
  const found = new Map<string, boolean>();
  for (const { addresses = [], notReadyAddresses = [] } of subsets) {
    for (const { targetRef } of addresses) if (targetRef?.uid) found.set(targetRef.uid, true);
    for (const { targetRef } of notReadyAddresses) if (targetRef?.uid) found.set(targetRef.uid, false);
  }
  return found;
}

function subsetsOf(service: Service, pods: readonly Pod[]): NonNullable<Endpoints["subsets"]> {
  const offers = pods.flatMap((pod) => {
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
    if (ports.length === 0 && (service.spec?.ports ?? []).length > 0) return [];
    return [
      { address: addressOf(service, pod), ready: !!service.spec?.publishNotReadyAddresses || isReady(pod), ports },
    ];
  });
  return packSubsets(offers);
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
