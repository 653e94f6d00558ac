import { clone, equal } from "../../api/json.ts";
import { hashWords } from "../../api/keyed-random.ts";
import type { KubeObject } from "../../api/object.ts";
import { profileOf } from "../../api/profiles/profiles.ts";
import type { LoadBalancerIngress, Node, Service } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";
import { keyOf, splitKey } from "../keys.ts";

/** Gives load balancers their addresses, as the profile's provider does. Models cloud-provider controllers/service. */
export const serviceLoadBalancerController: Controller = {
  name: "service-lb-controller",
  manager: "cloud-controller-manager",
  affected({ before, after }, snapshot) {
    if (!after) return [];
    // The provider's delay counts from the change of type: where that instant is a part of the key, the agenda remembers it.
    const asked = isBalancer(after) && !isBalancer(before);
    return [asked ? `${keyOf(after)} ${snapshot.now}` : keyOf(after)];
  },
  reconcile(key, snapshot) {
    const [path = "", asked] = key.split(" ");
    const { namespace, name } = splitKey(path);
    const service = snapshot.get<Service>("services", namespace, name);
    if (!service) return { writes: [] };
    const provider = profileOf(snapshot.cluster.profile).loadBalancer;
    const current = service.status?.loadBalancer?.ingress ?? [];
    if (service.spec?.type !== "LoadBalancer" || service.metadata.deletionTimestamp)
      return { writes: current.length ? [statusWrite(service, undefined)] : [] };
    if (provider.kind === "none" || service.spec.loadBalancerClass) return { writes: [] };
    if (current.length) return { writes: [] };
    if (asked === undefined) return { writes: [] };
    const ready = Number(asked) + provider.delayMs;
    if (ready > snapshot.now) return { writes: [], wakeAt: ready };
    const ingress = ingressOf(service, snapshot.list<Node>("nodes"), provider);
    return { writes: equal(ingress, current) ? [] : [statusWrite(service, ingress)] };
  },
};

function isBalancer(object: KubeObject | undefined): boolean {
  return (object as Service | undefined)?.spec?.type === "LoadBalancer";
}

function ingressOf(
  service: Service,
  nodes: Node[],
  provider: Exclude<ReturnType<typeof profileOf>["loadBalancer"], { kind: "none" }>,
): LoadBalancerIngress[] {
  if (provider.kind === "hostname") return [{ hostname: provider.hostname }];
  if (provider.kind === "name") {
    const id = hashWords("load balancer", service.metadata.uid ?? "")
      .map((word) => word.toString(16).padStart(8, "0"))
      .join("");
    return [{ hostname: `a${id.slice(0, 31)}-${Number.parseInt(id.slice(0, 8), 16)}.${provider.suffix}` }];
  }
  return nodes.flatMap((node) => {
    const ip = node.status?.addresses?.find((address) => address.type === "InternalIP")?.address;
    return ip ? [{ ip, ipMode: "VIP" as const }] : [];
  });
}

function statusWrite(service: Service, ingress: LoadBalancerIngress[] | undefined): Write {
  return {
    verb: "updateStatus",
    resource: "services",
    object: { ...clone(service), status: { ...service.status, loadBalancer: ingress ? { ingress } : {} } } as Service,
  };
}
