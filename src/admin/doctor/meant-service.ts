import { selectorFromSet } from "../../api/meta/label-selector.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Pod, Service } from "../../api/types/core.ts";
import { editDistance } from "./distance.ts";

/** What somebody meant by a name that is no name of the cluster's DNS. */
export interface Meant {
  /** Why the name is none. */
  why: string;
  /** The name that works. */
  right: string;
}

/** Further than so is another name, not a slip. */
const MAX_SLIPS = 2;

/** The Service, or the pod, that a name means which nobody knows. `from`: the namespace in which it is asked. */
export function meantBy(snapshot: Snapshot, host: string, from: string): Meant | undefined {
  const name = host.toLowerCase().replace(/\.$/, "");
  const [first = "", second, ...rest] = name.split(".");
  return (
    ofService(snapshot, first, second, rest, from) ??
    (rest.length === 0 ? ofPod(snapshot, first, second, from) : undefined) ??
    ofSlip(snapshot, first, second, rest, from)
  );
}

function ofService(
  snapshot: Snapshot,
  first: string,
  second: string | undefined,
  rest: readonly string[],
  from: string,
): Meant | undefined {
  const at = (name: string, namespace: string) => snapshot.get<Service>("services", namespace, name);
  const named = snapshot.list<Service>("services").filter(({ metadata }) => metadata.name === first);
  const elsewhere = named[0]?.metadata.namespace;
  const ref = `service/${first}`;
  if (second === undefined)
    return elsewhere !== undefined && !at(first, from)
      ? { why: `${ref} is in namespace ${elsewhere}`, right: `${first}.${elsewhere}` }
      : undefined;
  if (at(first, second)) {
    const whole = `${first}.${second}.svc.cluster.local`;
    return rest.length > 0 && `${first}.${second}.${rest.join(".")}` !== whole
      ? { why: `the whole name of ${ref} is another one`, right: whole }
      : undefined;
  }
  const zone = rest.length === 0 || rest[0] === "svc";
  const reversed = zone && at(second, first);
  if (reversed)
    return { why: "the Service comes first, then its namespace", right: [second, first, ...rest].join(".") };
  if (zone && elsewhere !== undefined)
    return { why: `${ref} is in namespace ${elsewhere}`, right: [first, elsewhere, ...rest].join(".") };
  return undefined;
}

/** Names of pods: a StatefulSet's have them through the Service that it names, others have none. */
function ofPod(snapshot: Snapshot, first: string, second: string | undefined, from: string): Meant | undefined {
  const pod = snapshot.get<Pod>("pods", from, first);
  if (!pod) return undefined;
  const { subdomain } = pod.spec ?? {};
  if (subdomain && subdomain !== second)
    return { why: `pod/${first} is named below the Service ${subdomain}`, right: `${first}.${subdomain}` };
  const address = pod.status?.podIP;
  if (subdomain || !address) return undefined;
  return {
    why: `the names of pods that no StatefulSet makes are no names of the DNS`,
    right: isBehind(snapshot, pod, second) ? `${address.replaceAll(".", "-")}.${second}` : address,
  };
}

/** Whether a Service leads to a pod. */
function isBehind(snapshot: Snapshot, { metadata }: Pod, service: string | undefined): boolean {
  const spec = snapshot.get<Service>("services", metadata.namespace ?? "default", service ?? "")?.spec;
  return Object.keys(spec?.selector ?? {}).length > 0 && selectorFromSet(spec?.selector).matches(metadata.labels);
}

function ofSlip(
  snapshot: Snapshot,
  first: string,
  second: string | undefined,
  rest: readonly string[],
  from: string,
): Meant | undefined {
  if (rest.length > 0 && rest[0] !== "svc") return undefined;
  const near = snapshot.list<Service>("services", second ?? from).find(({ metadata }) => {
    const slips = editDistance(metadata.name!, first);
    return slips > 0 && slips <= Math.min(MAX_SLIPS, first.length - 2);
  });
  if (near)
    return {
      why: `there is service/${near.metadata.name} in namespace ${near.metadata.namespace}`,
      right: [near.metadata.name!, ...(second === undefined ? [] : [second]), ...rest].join("."),
    };
  return undefined;
}
