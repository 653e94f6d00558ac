import { type OutsideHost, RECORDS } from "../../api/records.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import { inCidr, isLoopback } from "../../network/address.ts";
import { clusterView } from "../../network/cluster-view.ts";
import { isIP } from "../../network/dns/names.ts";
import { balancers } from "../../network/load-balancer.ts";
import { HOST } from "../../network/location.ts";
import { connect } from "../../network/proxy/connect.ts";
import { servicePorts } from "../../network/proxy/service-ports.ts";

/** Where ClusterIPs come from. */
const SERVICE_CIDR = "10.96.0.0/12";

/**
 * Whether a host and port belong to the simulated world: addresses of its nodes, pods, Services and load balancers, ports of localhost
 * that the cluster has opened, names of the cluster, and names and addresses of the simulated outside world.
 */
export function isSimulated(snapshot: Snapshot, host: string, port: number): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  if (name === "localhost" || (isIP(name) && isLoopback(name))) return isOpened(snapshot, port);
  return isIP(name) ? hasAddress(snapshot, name) : hasName(snapshot, name);
}

function isOpened(snapshot: Snapshot, port: number): boolean {
  const named = servicePorts(snapshot).some(
    (service) =>
      service.nodePort === port ||
      (service.port === port &&
        service.service.status?.loadBalancer?.ingress?.some(({ hostname }) => hostname === "localhost")),
  );
  return named || connect(snapshot, { from: HOST, to: "127.0.0.1", port, protocol: "TCP" }).verdict === "answered";
}

function hasAddress(snapshot: Snapshot, address: string): boolean {
  const view = clusterView(snapshot);
  const { nodes, profile } = view;
  return (
    inCidr(address, SERVICE_CIDR) ||
    inCidr(address, profile.clusterCIDR) ||
    address === profile.apiServer.address ||
    nodes.some((node) => [node.internalIP, node.externalIP, node.bridge].includes(address)) ||
    servicePorts(snapshot).some(
      (port) => port.clusterIP === address || port.vips.includes(address) || port.externalIPs.includes(address),
    ) ||
    balancers(snapshot).some((balancer) => balancer.address === address) ||
    snapshot.list<OutsideHost>(RECORDS.outside).some((outside) => outside.address === address)
  );
}

function hasName(snapshot: Snapshot, name: string): boolean {
  if (name.endsWith(".cluster.local") || name.endsWith(".svc")) return true;
  const [service = "", namespace = "default", ...more] = name.split(".");
  if (more.length === 0 && snapshot.get("services", namespace, service)) return true;
  return (
    snapshot.get(RECORDS.outside, "", name) !== undefined ||
    balancers(snapshot).some((balancer) => balancer.name.toLowerCase() === name)
  );
}
