import { clone, equal } from "../../api/json.ts";
import { hashWords } from "../../api/keyed-random.ts";
import { profileOf } from "../../api/profiles/profiles.ts";
import type { LoadBalancerIngress, Node, Service } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";
import { keyOf, splitKey } from "../keys.ts";

/** Gives load balancers their addresses, as the profile's provider does. Models cloud-provider controllers/service. */
export const serviceLoadBalancerController: Controller = {
  name: "service-lb-controller",
  manager: "cloud-controller-manager",
  watches: ["services"],
  affected: (change) => (change.after ? [keyOf(change.after)] : []),
  reconcile(key, snapshot) {
    const { namespace, name } = splitKey(key);
    const service = snapshot.get<Service>("services", namespace, name);
    if (!service) return { writes: [] };
    const provider = profileOf(snapshot.cluster.profile).loadBalancer;
    const current = service.status?.loadBalancer?.ingress ?? [];
    if (service.spec?.type !== "LoadBalancer" || service.metadata.deletionTimestamp)
      return { writes: current.length ? [statusWrite(service, undefined)] : [] };
    if (provider.kind === "none" || service.spec.loadBalancerClass) return { writes: [] };
    if (current.length) return { writes: [] };
    const since = Date.parse(service.metadata.creationTimestamp ?? "");
    const ready = since + provider.delayMs;
    if (ready > snapshot.now) return { writes: [], wakeAt: ready };
    const ingress = ingressOf(service, snapshot.list<Node>("nodes"), provider);
    return { writes: equal(ingress, current) ? [] : [statusWrite(service, ingress)] };
  },
};

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
