import { compareStrings } from "../../api/json.ts";
import type { EndpointAddress, EndpointPort, EndpointSubset } from "../../api/types/core.ts";
import { fnv128a } from "./fnv.ts";

/** An address that one pod or one user offers at these ports. */
export interface Offer {
  address: EndpointAddress;
  ready: boolean;
  ports: EndpointPort[];
}

/** What subsets say, address by address, so that they can be packed anew. */
export function offersOf(subsets: readonly EndpointSubset[]): Offer[] {
  return subsets.flatMap(({ addresses = [], notReadyAddresses = [], ports = [] }) => [
    ...addresses.map((address) => ({ address, ready: true, ports })),
    ...notReadyAddresses.map((address) => ({ address, ready: false, ports })),
  ]);
}

/**
 * The subsets in their one form: ports that the same addresses offer share a subset. Not ready goes before ready where both are said.
 * Ports, and the subsets themselves, are in the order of hashes. Models kubernetes pkg/api/v1/endpoints RepackSubsets.
 */
export function packSubsets(offers: readonly Offer[]): EndpointSubset[] {
  const addresses = new Map<string, EndpointAddress>();
  const byPort = new Map<string, { port: EndpointPort | undefined; ready: Map<string, boolean> }>();
  for (const { address, ready, ports } of offers) {
    const id = `${address.ip}\0${address.targetRef?.uid ?? ""}`;
    if (!addresses.has(id)) addresses.set(id, address);
    for (const port of ports.length > 0 ? ports : [undefined]) {
      const key = port ? describePort(port) : "";
      const entry = byPort.get(key) ?? { port, ready: new Map<string, boolean>() };
      byPort.set(key, entry);
      entry.ready.set(id, ready && entry.ready.get(id) !== false);
    }
  }
  const groups = new Map<string, { ready: Map<string, boolean>; ports: EndpointPort[] }>();
  for (const { port, ready } of byPort.values()) {
    const key = [...ready]
      .map(([id, is]) => `${id}\0${is}`)
      .sort(compareStrings)
      .join("\n");
    const group = groups.get(key) ?? { ready, ports: [] };
    groups.set(key, group);
    if (port) group.ports.push(port);
  }
  const subsets = [...groups.values()].map(({ ready, ports }): EndpointSubset => {
    const those = (wanted: boolean) =>
      [...ready]
        .filter(([, is]) => is === wanted)
        .map(([id]) => addresses.get(id)!)
        .sort(compareAddresses);
    const [good, bad] = [those(true), those(false)];
    return {
      ...(good.length ? { addresses: good } : {}),
      ...(bad.length ? { notReadyAddresses: bad } : {}),
      ...(ports.length ? { ports: byHash(ports, (port) => `(v1.EndpointPort)${describePort(port)}`) } : {}),
    };
  });
  return byHash(subsets, (subset) => `(v1.EndpointSubset)${describeSubset(subset)}`);
}

function compareAddresses(a: EndpointAddress, b: EndpointAddress): number {
  return compareStrings(a.ip, b.ip) || compareStrings(a.targetRef?.uid ?? "", b.targetRef?.uid ?? "");
}

/** In the order of the hashes of what `describe` writes. */
export function byHash<T>(items: T[], describe: (item: T) => string): T[] {
  if (items.length < 2) return items;
  return items
    .map((item) => ({ item, hash: fnv128a(describe(item)) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0))
    .map(({ item }) => item);
}

// The texts that are hashed: Go values as k8s.io/utils/dump.ForHash writes them.

const text = (type: string, value: string | undefined) => `(${type})${value ?? ""}`;
const pointer = (value: string | undefined) => `(*string)${value ?? "<nil>"}`;
const list = (type: string, items: readonly string[] | undefined) =>
  `([]${type})${items?.length ? `[${items.join(" ")}]` : "<nil>"}`;

function describePort({ name, port, protocol, appProtocol }: EndpointPort): string {
  return `{Name:${text("string", name)} Port:(int32)${port} Protocol:${text("v1.Protocol", protocol)} AppProtocol:${pointer(appProtocol)}}`;
}

function describeAddress({ ip, hostname, nodeName, targetRef }: EndpointAddress): string {
  return `{IP:${text("string", ip)} Hostname:${text("string", hostname)} NodeName:${pointer(nodeName)} TargetRef:(*v1.ObjectReference)${describeReference(targetRef)}}`;
}

function describeReference(reference: EndpointAddress["targetRef"]): string {
  if (!reference) return "<nil>";
  const { kind, namespace, name, uid, apiVersion, resourceVersion, fieldPath } = reference;
  const members: [string, string, string | undefined][] = [
    ["Kind", "string", kind],
    ["Namespace", "string", namespace],
    ["Name", "string", name],
    ["UID", "types.UID", uid],
    ["APIVersion", "string", apiVersion],
    ["ResourceVersion", "string", resourceVersion],
    ["FieldPath", "string", fieldPath],
  ];
  return `{${members.map(([member, type, value]) => `${member}:${text(type, value)}`).join(" ")}}`;
}

function describeSubset({ addresses, notReadyAddresses, ports }: EndpointSubset): string {
  return `{Addresses:${list("v1.EndpointAddress", addresses?.map(describeAddress))} NotReadyAddresses:${list("v1.EndpointAddress", notReadyAddresses?.map(describeAddress))} Ports:${list("v1.EndpointPort", ports?.map(describePort))}}`;
}
