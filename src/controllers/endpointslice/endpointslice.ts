import { bySelector, type IndexedSnapshot } from "../../api/indexes.ts";
import { clone, equal } from "../../api/json.ts";
import { MANAGED_BY, SERVICE_NAME, serviceNameOf } from "../../api/kinds/endpointslice/marks.ts";
import { podCondition } from "../../api/kinds/pod/state.ts";
import type { KubeObject } from "../../api/object.ts";
import type { Pod, Service } from "../../api/types/core.ts";
import type { Endpoint, EndpointPort, EndpointSlice } from "../../api/types/discovery.ts";
import type { ObjectChange, Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";
import { controllerReference, keyOf, splitKey } from "../keys.ts";
import { desiredGroups, type EndpointGroup, hasEndpoint, selectedPods } from "./desired.ts";
import { withHints } from "./hints.ts";
import { isManagedBy, managedSlices, SLICES } from "./managed-slices.ts";
import { AGAIN, noteTriggerTime, readyNow } from "./trigger-time.ts";

const MANAGER = "endpointslice-controller.k8s.io";
const HEADLESS = "service.kubernetes.io/headless";
const MOST_ENDPOINTS = 100;

/** Keeps the EndpointSlices of Services with a selector. Models kubernetes pkg/controller/endpointslice. */
export const endpointSliceController: Controller = {
  name: "endpointslice-controller",
  manager: "kube-controller-manager",
  affected(change, snapshot) {
    if (change.resource === "services") return [keyOf(change.after ?? change.before!)];
    if (change.resource === SLICES) {
      const { before, after } = change;
      // Models EndpointSliceTracker.ShouldSync: labels that a user adds are no change of the generation.
      if (before && after && before.metadata.generation === after.metadata.generation && sameMarks(before, after))
        return [];
      const slice = after ?? before!;
      const service = serviceNameOf(slice);
      return service && isManagedBy(MANAGER, slice)
        ? [`${after ? "" : AGAIN}${slice.metadata.namespace}/${service}`]
        : [];
    }
    return servicesOfPod(change, snapshot);
  },
  reconcile(key, snapshot) {
    const again = key.startsWith(AGAIN);
    const { namespace, name } = splitKey(again ? key.slice(AGAIN.length) : key);
    const slices = managedSlices(MANAGER, snapshot, namespace, name);
    const service = snapshot.get<Service>("services", namespace, name);
    // A Service without selector, or that is a name alone, keeps its slices; the garbage collector takes those of one that is gone.
    if (!service || service.metadata.deletionTimestamp || !service.spec?.selector) return { writes: [] };
    if (service.spec.type === "ExternalName") return { writes: [] };
    const pods = new Map(
      selectedPods(snapshot, service)
        .filter(hasEndpoint)
        .map((pod) => [pod.metadata.uid!, pod]),
    );
    const before = slices.length > 0 ? readyIn(slices) : again ? readyNow([...pods.values()]) : undefined;
    return { writes: plan(service, slices, desiredGroups(snapshot, service), pods, before) };
  },
};

/** The Services that select a pod as it is, or did before. */
export function servicesOfPod(change: ObjectChange, snapshot: IndexedSnapshot): string[] {
  const before = change.before as Pod | undefined;
  const after = change.after as Pod | undefined;
  if (before && after && !endpointChanged(before, after)) return [];
  const namespace = (after ?? before)!.metadata.namespace;
  const keys = new Set<string>();
  for (const labels of [before?.metadata.labels, after?.metadata.labels])
    for (const [key, value] of Object.entries(labels ?? {}))
      for (const service of snapshot.listBy<Service>("services", bySelector, `${key}=${value}`)) {
        if (service.metadata.namespace !== namespace) continue;
        const wanted = Object.entries(service.spec?.selector ?? {});
        if (wanted.every(([name, text]) => labels?.[name] === text)) keys.add(keyOf(service));
      }
  return [...keys];
}

/** Models endpointslice/util podEndpointsChanged. */
function endpointChanged(before: Pod, after: Pod): boolean {
  const facts = (pod: Pod) => ({
    labels: pod.metadata.labels,
    deleting: !!pod.metadata.deletionTimestamp,
    ips: pod.status?.podIPs,
    phase: pod.status?.phase,
    node: pod.spec?.nodeName,
    hostname: pod.spec?.hostname,
    ready: podCondition(pod, "Ready")?.status,
  });
  return !equal(facts(before), facts(after));
}

function sameMarks(a: KubeObject, b: KubeObject): boolean {
  return [SERVICE_NAME, MANAGED_BY].every((label) => a.metadata.labels?.[label] === b.metadata.labels?.[label]);
}

/** Fills the slices that are there, makes what is missing, drops what is empty. Models endpointslice reconciler.go. */
function plan(
  service: Service,
  slices: EndpointSlice[],
  groups: EndpointGroup[],
  pods: ReadonlyMap<string, Pod>,
  before: ReadonlyMap<string, boolean> | undefined,
): Write[] {
  const left = [...slices];
  const wanted = groups.length ? groups : [{ ports: [], endpoints: [] }];
  const planned = wanted.flatMap((group) => {
    const same = left.filter((slice) => equal(slice.ports ?? [], group.ports));
    return chunks(group.endpoints, same).map(({ slice, endpoints }) => {
      if (slice) left.splice(left.indexOf(slice), 1);
      return { slice, ports: group.ports, endpoints };
    });
  });
  // What would be made anew takes the name of what would be removed. Models Reconciler.finalize.
  const recycled = new Set<EndpointSlice>();
  for (const chunk of planned.toReversed()) {
    if (chunk.slice || left.length === 0) continue;
    chunk.slice = left.shift()!;
    recycled.add(chunk.slice);
  }
  const writes: Write[] = planned.flatMap(({ slice, ports, endpoints }) => {
    const next = sliceFor(service, slice, ports, withHints(service, endpoints));
    if (slice && !recycled.has(slice) && sameSlice(slice, next)) return [];
    if (slice && recycled.has(slice)) delete next.metadata.annotations;
    noteTriggerTime(next.metadata, service, pods, before);
    return [{ verb: slice ? "update" : "create", resource: SLICES, object: next }];
  });
  return [...writes, ...left.map(removal)];
}

/** The pods among the endpoints, by uid, and whether they served. */
function readyIn(slices: readonly EndpointSlice[]): Map<string, boolean> {
  const found = new Map<string, boolean>();
  for (const { targetRef, conditions } of slices.flatMap(({ endpoints }) => endpoints ?? []))
    if (targetRef?.uid) found.set(targetRef.uid, conditions?.serving === true);
  return found;
}

/** Endpoints stay in the slice in which they are; new ones go where there is room. */
function chunks(
  endpoints: Endpoint[],
  slices: EndpointSlice[],
): { slice: EndpointSlice | undefined; endpoints: Endpoint[] }[] {
  const addressOf = (endpoint: Endpoint) => endpoint.targetRef?.uid ?? endpoint.addresses[0]!;
  const pending = new Map(endpoints.map((endpoint) => [addressOf(endpoint), endpoint]));
  const kept = slices.map((slice) => ({
    slice: slice as EndpointSlice | undefined,
    endpoints: (slice.endpoints ?? []).flatMap((old) => {
      const endpoint = pending.get(addressOf(old));
      pending.delete(addressOf(old));
      return endpoint ? [endpoint] : [];
    }),
  }));
  for (const endpoint of pending.values()) {
    let room = kept.find((chunk) => chunk.endpoints.length < MOST_ENDPOINTS);
    if (!room) {
      room = { slice: undefined, endpoints: [] };
      kept.push(room);
    }
    room.endpoints.push(endpoint);
  }
  const filled = kept.filter((chunk) => chunk.endpoints.length > 0);
  return filled.length ? filled : [kept[0] ?? { slice: undefined, endpoints: [] }];
}

function sliceFor(
  service: Service,
  slice: EndpointSlice | undefined,
  ports: EndpointPort[],
  endpoints: Endpoint[],
): EndpointSlice {
  const { namespace, name } = service.metadata;
  const headless = service.spec?.clusterIP === "None";
  const { [HEADLESS]: _, ...own } = service.metadata.labels ?? {};
  const labels = {
    ...own,
    [MANAGED_BY]: MANAGER,
    [SERVICE_NAME]: name!,
    ...(headless ? { [HEADLESS]: "" } : {}),
  };
  const base: EndpointSlice = slice
    ? clone(slice)
    : {
        apiVersion: "discovery.k8s.io/v1",
        kind: "EndpointSlice",
        metadata: { generateName: `${name}-`, namespace: namespace!, ownerReferences: [controllerReference(service)] },
        addressType: (service.spec?.ipFamilies?.[0] ?? "IPv4") as "IPv4",
        endpoints: [],
      };
  base.metadata.labels = labels;
  base.endpoints = endpoints;
  base.ports = ports;
  return base;
}

function sameSlice(slice: EndpointSlice, next: EndpointSlice): boolean {
  return (
    equal(slice.endpoints ?? [], next.endpoints ?? []) &&
    equal(slice.ports ?? [], next.ports ?? []) &&
    equal(slice.metadata.labels, next.metadata.labels)
  );
}

function removal(slice: EndpointSlice): Write {
  return { verb: "delete", resource: SLICES, namespace: slice.metadata.namespace!, name: slice.metadata.name! };
}
