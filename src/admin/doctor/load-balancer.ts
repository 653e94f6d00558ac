import { profileOf } from "../../api/profiles/profiles.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Service, ServicePort } from "../../api/types/core.ts";
import { inCidr } from "../../network/address.ts";
import { HOST } from "../../network/location.ts";
import { connect } from "../../network/proxy/connect.ts";
import { lookUp } from "../trace/names.ts";
import { about, type Case, type Finding, inNamespace, patchService } from "./finding.ts";

/** Whether a load balancer has its address, and whether this machine gets through it. `serving`: it has ready pods. */
export function checkLoadBalancer(subject: Case, serving: boolean): Finding[] {
  const { service } = subject;
  if (service.spec?.type !== "LoadBalancer") return [];
  if ((service.status?.loadBalancer?.ingress ?? []).length === 0) return [pending(subject)];
  const others = takenOnLocalhost(subject);
  return others.length > 0 || !serving ? others : lost(subject);
}

function pending(subject: Case): Finding {
  const { snapshot, service, name } = subject;
  const { profile: profileName } = snapshot.cluster;
  const { loadBalancer: provider, nodes } = profileOf(profileName);
  const report = (why: string, ...fix: string[]) =>
    about(subject, "error", "load-balancer-pending", `EXTERNAL-IP is <pending>: ${why}`, ...fix);
  const address = freeAddress(snapshot, nodes[0]?.internalIP ?? "192.0.2.1", subject);
  const nodePort = service.spec?.ports?.find((port) => port.nodePort)?.nodePort;
  const meanwhile = nodePort ? `; node port ${nodePort} works without one` : "";
  const give = patchService(
    subject,
    { status: { loadBalancer: { ingress: [{ ip: address }] } } },
    "--subresource=status",
    "--type=merge",
  );
  const { loadBalancerClass } = service.spec ?? {};
  if (loadBalancerClass) return report(`no controller serves loadBalancerClass ${loadBalancerClass}${meanwhile}`, give);
  if (provider.kind === "none")
    return report(`a cluster of profile ${profileName} has nobody that gives addresses${meanwhile}`, give);
  return report(
    `the provider takes ${provider.delayMs / 1000} s`,
    `kubectl wait --for=jsonpath='{.status.loadBalancer.ingress}' service/${name}${inNamespace(subject)} --timeout=60s`,
  );
}

/**
 * An address of the nodes' network that no machine has: .200 upwards is the pool that people give to a load balancer. Each Service that
 * waits gets another one.
 */
function freeAddress(snapshot: Snapshot, node: string, { service }: Case): string {
  const balanced = snapshot.list<Service>("services").filter(({ spec }) => spec?.type === "LoadBalancer");
  const has = ({ status }: Service) => (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []);
  const taken = new Set(balanced.flatMap(has));
  const free = Array.from({ length: 55 }, (_, i) => node.replace(/\d+$/, String(200 + i))).filter(
    (ip) => !taken.has(ip),
  );
  const waiting = balanced.filter((other) => has(other).length === 0);
  return free[Math.max(0, waiting.indexOf(service))] ?? free[0] ?? node;
}

/** Docker Desktop publishes load balancers on one machine's localhost: a port goes to the oldest Service that wants it. */
function takenOnLocalhost(subject: Case): Finding[] {
  const { snapshot, service, name, namespace } = subject;
  const local = (candidate: Service) =>
    candidate.status?.loadBalancer?.ingress?.some((ingress) => ingress.hostname === "localhost") ?? false;
  if (!local(service)) return [];
  const balanced = snapshot.list<Service>("services").filter(local);
  const age = (candidate: Service) => Date.parse(candidate.metadata.creationTimestamp ?? "") || 0;
  return (service.spec?.ports ?? []).flatMap((port, index) => {
    const wanting = balanced.filter((candidate) => candidate.spec?.ports?.some((other) => same(port, other)));
    const [owner] = wanting.sort((a, b) => age(a) - age(b));
    if (!owner || (owner.metadata.name === name && owner.metadata.namespace === namespace)) return [];
    const free = freePort(port.port, balanced);
    return [
      about(
        subject,
        "error",
        "localhost-port-taken",
        `localhost:${port.port} belongs to the older service/${owner.metadata.name} in namespace ${owner.metadata.namespace}`,
        patchService(subject, [{ op: "replace", path: `/spec/ports/${index}/port`, value: free }], "--type=json"),
      ),
    ];
  });
}

const same = (a: ServicePort, b: ServicePort) => a.port === b.port && (a.protocol ?? "TCP") === (b.protocol ?? "TCP");

function freePort(port: number, services: readonly Service[]): number {
  const taken = new Set(services.flatMap((service) => (service.spec?.ports ?? []).map((other) => other.port)));
  let free = port < 1024 ? port + 8000 : port + 1;
  while (taken.has(free)) free++;
  return free;
}

/** Not answered at its own address from this machine although pods are ready: source ranges or a policy drop it. */
function lost(subject: Case): Finding[] {
  const { snapshot, service } = subject;
  const port = service.spec?.ports?.find((candidate) => (candidate.protocol ?? "TCP") === "TCP");
  if (!port) return [];
  for (const ingress of service.status?.loadBalancer?.ingress ?? []) {
    const [address] = ingress.ip ? [ingress.ip] : lookUp(snapshot, HOST, ingress.hostname ?? "").addresses;
    if (address === undefined) continue;
    const path = connect(snapshot, { from: HOST, to: address, port: port.port, protocol: "TCP" });
    if (path.verdict === "dropped") return dropped(subject, path.rule);
  }
  return [];
}

function dropped(subject: Case, rule: string): Finding[] {
  const { snapshot, service } = subject;
  const host = profileOf(snapshot.cluster.profile).host.address;
  const ranges = (service.spec?.loadBalancerSourceRanges ?? []).map((range) => range.trim());
  if (ranges.length > 0 && !ranges.some((range) => inCidr(host, range)))
    return [
      about(
        subject,
        "error",
        "source-ranges",
        `loadBalancerSourceRanges ${ranges.join(",")} do not hold this machine (${host}): its packets are dropped`,
        patchService(subject, { spec: { loadBalancerSourceRanges: [...ranges, `${host}/32`] } }),
      ),
    ];
  if (service.spec?.externalTrafficPolicy !== "Local") return [];
  return [
    about(
      subject,
      "error",
      "external-policy-local",
      `externalTrafficPolicy Local drops what reaches a node without a pod of it: ${rule}`,
      patchService(subject, { spec: { externalTrafficPolicy: "Cluster" } }),
    ),
  ];
}
