import type { Snapshot } from "../../api/snapshot.ts";
import type { Pod, Service, ServicePort } from "../../api/types/core.ts";
import { isLoopback } from "../../network/address.ts";
import { clusterView } from "../../network/cluster-view.ts";
import { resolvConf } from "../../network/dns/machine-files.ts";
import { parseResolvConf } from "../../network/dns/stub.ts";
import type { Location } from "../../network/location.ts";
import { connect } from "../../network/proxy/connect.ts";
import { doctor } from "../doctor/doctor.ts";
import { meantBy } from "../doctor/meant-service.ts";
import type { Names } from "./names.ts";
import type { Attempt } from "./trace.ts";

/** What to ask in the place of a name that nobody knows. */
export function nameHint(
  snapshot: Snapshot,
  from: Location,
  host: string,
  failure: Names["failure"],
): string | undefined {
  if (failure === "tryAgain") return "kubemu doctor says why no name server answers";
  if (from.kind !== "pod") return inClusterHint(snapshot, host);
  const [name = "", namespace = from.namespace] = host.toLowerCase().split(".");
  const service = snapshot.get<Service>("services", namespace, name);
  return (
    ownResolver(snapshot, from, host) ??
    (service?.spec?.type === "ExternalName" ? doctorHint(snapshot, service) : meant(snapshot, host, from.namespace))
  );
}

/** Beginners ask the machine in front of them for a Service's name. */
function inClusterHint(snapshot: Snapshot, host: string): string | undefined {
  const [name, namespace] = host.split(".");
  const known = snapshot
    .list("services")
    .find(({ metadata }) => metadata.name === name && (!namespace || metadata.namespace === namespace));
  if (!known) return undefined;
  return `only pods know service/${name} in namespace ${known.metadata.namespace} by its name: --from pod/NAME`;
}

/** A pod that does not ask the cluster's DNS, or not in its search domains. */
function ownResolver(snapshot: Snapshot, from: Extract<Location, { kind: "pod" }>, host: string): string | undefined {
  const [name = "", namespace = from.namespace] = host.toLowerCase().split(".");
  if (!snapshot.get("services", namespace, name)) return undefined;
  const { nameservers, searches } = parseResolvConf(resolvConf(snapshot, from));
  const dns = snapshot.get<Service>("services", "kube-system", "kube-dns")?.spec?.clusterIP;
  const spec = snapshot.get<Pod>("pods", from.namespace, from.name)?.spec;
  if (dns !== undefined && !nameservers.includes(dns)) {
    const onNode = spec?.hostNetwork && (spec.dnsPolicy ?? "ClusterFirst") === "ClusterFirst";
    const why = onNode
      ? "it is on its node's network, where only dnsPolicy ClusterFirstWithHostNet asks the cluster's"
      : `its dnsPolicy is ${spec?.dnsPolicy}`;
    return `pod ${from.name} asks ${nameservers[0]}, which knows nothing of the cluster: ${why}`;
  }
  const whole = `${name}.${namespace}.svc.cluster.local`;
  if (searches.length > 0 || host.toLowerCase().startsWith(whole)) return undefined;
  return `pod ${from.name} has no search domains in its resolv.conf: ${whole}`;
}

function meant(snapshot: Snapshot, host: string, namespace: string): string | undefined {
  const found = meantBy(snapshot, host, namespace);
  return found && `${found.why}: ${found.right}`;
}

/** Where else to go when the last address that was tried does not answer. */
export function pathHint(snapshot: Snapshot, from: Location, names: Names, attempt: Attempt): string | undefined {
  const { address, port } = attempt;
  if (from.kind === "host" && isLoopback(address)) return localhostHint(snapshot, port);
  if (from.kind === "pod" && isLoopback(address))
    return `localhost is pod ${from.name} itself: each pod has its own, and a Service is asked by its name`;
  const services = snapshot.list<Service>("services");
  const byAddress = services.find(({ spec, status }) =>
    [
      spec?.clusterIP,
      ...(spec?.externalIPs ?? []),
      ...(status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip ?? hostname),
    ].some((own) => own === address || (own !== undefined && own === names.names.at(-1)?.name.replace(/\.$/, ""))),
  );
  if (byAddress) {
    if (from.kind === "host" && byAddress.spec?.clusterIP === address) return insideHint(byAddress, port);
    return has(byAddress, port, attempt.protocol) ? doctorHint(snapshot, byAddress) : portsHint(byAddress, port);
  }
  const node = clusterView(snapshot).nodeByAddress(address);
  const byNodePort = services.find(({ spec }) => spec?.ports?.some(({ nodePort }) => nodePort === port));
  if (node && byNodePort) return doctorHint(snapshot, byNodePort);
  const headless = services.find(
    ({ metadata, spec }) =>
      spec?.clusterIP === "None" &&
      names.names.at(-1)?.name === `${metadata.name}.${metadata.namespace}.svc.cluster.local.`,
  );
  if (headless) return doctorHint(snapshot, headless);
  const pod = from.kind === "host" && clusterView(snapshot).podByAddress(address);
  return pod
    ? `only pods and nodes reach pod ${pod.metadata.name}: --from pod/NAME, or kubectl port-forward pod/${pod.metadata.name}${inNamespace(pod)} 8080:${port}`
    : undefined;
}

const has = ({ spec }: Service, port: number, protocol: string) =>
  spec?.ports?.some((it) => it.port === port && (it.protocol ?? "TCP") === protocol) ?? false;

const inNamespace = ({ metadata: { namespace = "default" } }: Service | Pod) =>
  namespace === "default" ? "" : ` -n ${namespace}`;

/** What the doctor says of a Service; undefined: it is right. */
function doctorHint(snapshot: Snapshot, { metadata }: Service): string | undefined {
  const { name: service = "", namespace = "default" } = metadata;
  const [first] = doctor(snapshot, { namespace, service, currentNamespace: "default" });
  if (first?.severity !== "error") return undefined;
  return `${first.problem} (kubemu doctor svc/${service}${namespace === "default" ? "" : ` -n ${namespace}`})`;
}

/** A port of a Service's address that it does not have. */
function portsHint({ metadata, spec }: Service, port: number): string {
  const ports = spec?.ports ?? [];
  const shown = ports.map((it) => `${it.port}/${it.protocol ?? "TCP"}`).join(", ");
  const what = ports.some((it) => it.nodePort === port)
    ? `; ${port} is its node port, at the nodes' own addresses`
    : ports.some((it) => it.targetPort === port && it.port !== port)
      ? `; ${port} is the port of its pods`
      : "";
  return `service/${metadata.name} in namespace ${metadata.namespace} has ${shown}${what}`;
}

function insideHint(service: Service, port: number): string {
  const { name } = service.metadata;
  const asked = has(service, port, "TCP") ? port : (service.spec?.ports?.[0]?.port ?? port);
  return `only pods and nodes reach the CLUSTER-IP of service/${name}: --from pod/NAME, or kubectl port-forward service/${name}${inNamespace(service)} ${asked < 1024 ? asked + 8000 : asked}:${asked}`;
}

/** Where the Service is that somebody looks for on this machine. */
function localhostHint(snapshot: Snapshot, port: number): string | undefined {
  const isMeant = (it: ServicePort) => it.port === port || it.nodePort === port || it.targetPort === port;
  for (const service of snapshot.list<Service>("services")) {
    const found = service.spec?.ports?.find(isMeant);
    if (!found || service.metadata.name === "kubernetes") continue;
    const { nodePort } = found;
    const ref = `service/${service.metadata.name}`;
    if (nodePort === undefined) {
      if (found.port !== port) continue;
      return `${ref} is inside the cluster alone: kubectl port-forward ${ref}${inNamespace(service)} ${port < 1024 ? port + 8000 : port}:${port}`;
    }
    const where = reachable(snapshot, nodePort);
    if (where !== undefined) return `${ref} answers this machine at its node port: ${where}:${nodePort}`;
    return doctorHint(snapshot, service);
  }
  return undefined;
}

/** The address at which this machine gets to a node port. */
function reachable(snapshot: Snapshot, port: number): string | undefined {
  const { nodes } = clusterView(snapshot);
  const addresses = ["127.0.0.1", ...nodes.flatMap((node) => [node.externalIP, node.internalIP])];
  const found = addresses.find(
    (to) => to && connect(snapshot, { from: { kind: "host" }, to, port, protocol: "TCP" }).verdict === "answered",
  );
  return found === "127.0.0.1" ? "localhost" : found;
}
