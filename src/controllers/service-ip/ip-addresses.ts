import { equal } from "../../api/json.ts";
import { parseIp } from "../../api/meta/ip.ts";
import type { KubeObject } from "../../api/object.ts";
import type { Service } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";

const ADDRESSES = "ipaddresses.networking.k8s.io";
const MANAGED_BY = "ipaddress.kubernetes.io/managed-by";
const MANAGER = "ipallocator.k8s.io";

interface IpAddress extends KubeObject {
  spec?: { parentRef?: { group?: string; resource?: string; namespace?: string; name?: string } };
}

/** An IPAddress for each address that a Service has. Models kubernetes pkg/registry/core/service/ipallocator/ipallocator.go. */
export const ipAddressController: Controller = {
  name: "ip-addresses",
  manager: "kube-apiserver",
  affected({ resource, before, after }) {
    if (resource === ADDRESSES) {
      const ref = ((after ?? before) as IpAddress).spec?.parentRef;
      return ref?.resource === "services" ? [`${(after ?? before)!.metadata.name} ${ref.namespace}/${ref.name}`] : [];
    }
    const [old, service] = [before as Service | undefined, after as Service | undefined];
    if (equal(old?.spec?.clusterIPs, service?.spec?.clusterIPs)) return [];
    const { namespace, name } = (after ?? before)!.metadata;
    return [...addressesOf(old), ...addressesOf(service)].map((ip) => `${ip} ${namespace}/${name}`);
  },
  reconcile(key, snapshot) {
    const [address = "", owner = ""] = key.split(" ");
    const [namespace = "", name = ""] = owner.split("/");
    const object = snapshot.get<IpAddress>(ADDRESSES, "", address);
    const wanted = addressesOf(snapshot.get<Service>("services", namespace, name)).includes(address);
    const ref = object?.spec?.parentRef;
    const mine = ref?.resource === "services" && ref.namespace === namespace && ref.name === name;
    const writes: Write[] = [];
    if (object && mine && !wanted && object.metadata.labels?.[MANAGED_BY] === MANAGER)
      writes.push({ verb: "delete", resource: ADDRESSES, namespace: "", name: address });
    if (wanted && !mine) {
      if (object) writes.push({ verb: "delete", resource: ADDRESSES, namespace: "", name: address });
      writes.push({ verb: "create", resource: ADDRESSES, object: ipAddress(address, namespace, name) });
    }
    return { writes };
  },
};

function addressesOf(service: Service | undefined): string[] {
  return (service?.spec?.clusterIPs ?? []).filter((ip) => ip !== "None" && ip !== "");
}

function ipAddress(address: string, namespace: string, name: string): IpAddress {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "IPAddress",
    metadata: {
      name: address,
      labels: { "ipaddress.kubernetes.io/ip-family": parseIp(address)?.family ?? "IPv4", [MANAGED_BY]: MANAGER },
    },
    spec: { parentRef: { group: "", resource: "services", namespace, name } },
  };
}
