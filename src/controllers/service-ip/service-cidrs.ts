import type { IndexedSnapshot } from "../../api/indexes.ts";
import { clone, equal } from "../../api/json.ts";
import { cidrContains, parseCidr, parseIp } from "../../api/meta/ip.ts";
import type { Condition, KubeObject } from "../../api/object.ts";
import { timestamp } from "../../api/snapshot.ts";
import type { ServiceCIDR } from "../../api/types/networking.ts";
import type { Controller } from "../controller.ts";

const RANGES = "servicecidrs.networking.k8s.io";
const ADDRESSES = "ipaddresses.networking.k8s.io";
const FINALIZER = "networking.k8s.io/service-cidr-finalizer";
/** How long allocators have to learn that a range goes (milliseconds). */
const GRACE = 10_000;

/** Says which ranges of ClusterIPs are ready, and keeps one that is in use. Models kubernetes pkg/controller/servicecidrs. */
export const serviceCidrController: Controller = {
  name: "service-cidr-controller",
  manager: "kube-controller-manager",
  affected({ resource, before, after }, snapshot) {
    if (resource === RANGES) return after ? [after.metadata.name!] : others(snapshot);
    return before && !after ? others(snapshot) : [];
  },
  reconcile(name, snapshot) {
    const range = snapshot.get<ServiceCIDR>(RANGES, "", name);
    if (!range) return { writes: [] };
    const { deletionTimestamp, finalizers = [] } = range.metadata;
    if (!deletionTimestamp) {
      if (!finalizers.includes(FINALIZER)) {
        const next = clone(range);
        next.metadata.finalizers = [...finalizers, FINALIZER];
        return { writes: [{ verb: "update", resource: RANGES, object: next }] };
      }
      return { writes: statusWrites(range, "True", "", "Kubernetes Service CIDR is ready", snapshot.now) };
    }
    if (isUsed(range, snapshot)) {
      const message =
        "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR";
      return { writes: statusWrites(range, "False", "Terminating", message, snapshot.now) };
    }
    const gone = Date.parse(deletionTimestamp) + GRACE;
    if (gone > snapshot.now) return { writes: [], wakeAt: gone };
    const next = clone(range);
    next.metadata.finalizers = finalizers.filter((finalizer) => finalizer !== FINALIZER);
    return { writes: [{ verb: "update", resource: RANGES, object: next }] };
  },
};

/** Ranges that wait for their addresses to go. */
function others(snapshot: IndexedSnapshot): string[] {
  return snapshot
    .list<ServiceCIDR>(RANGES)
    .filter(({ metadata }) => metadata.deletionTimestamp)
    .map(({ metadata }) => metadata.name!);
}

/** Models canDeleteCIDR: an address that no other range has keeps it. */
function isUsed(range: ServiceCIDR, snapshot: IndexedSnapshot): boolean {
  const cidrsOf = (of: ServiceCIDR) => (of.spec?.cidrs ?? []).flatMap((text) => parseCidr(text) ?? []);
  const rest = snapshot.list<ServiceCIDR>(RANGES).filter((other) => other.metadata.name !== range.metadata.name);
  return snapshot.list<KubeObject>(ADDRESSES).some(({ metadata }) => {
    const ip = parseIp(metadata.name!);
    if (!ip || !cidrsOf(range).some((cidr) => cidrContains(cidr, ip))) return false;
    return !rest.some((other) => cidrsOf(other).some((cidr) => cidrContains(cidr, ip)));
  });
}

function statusWrites(range: ServiceCIDR, status: "True" | "False", reason: string, message: string, now: number) {
  const old = range.status?.conditions?.find(({ type }) => type === "Ready");
  if (old && old.status === status && old.reason === reason && old.message === message) return [];
  const lastTransitionTime = old?.status === status ? old.lastTransitionTime! : timestamp(now);
  const next: Condition = { type: "Ready", status, lastTransitionTime, reason, message };
  if (equal(old, next)) return [];
  const conditions = [...(range.status?.conditions ?? []).filter(({ type }) => type !== "Ready"), next];
  return [{ verb: "updateStatus" as const, resource: RANGES, object: { ...clone(range), status: { conditions } } }];
}
