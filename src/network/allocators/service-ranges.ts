import { parseCidr } from "../../api/meta/ip.ts";
import type { ServiceCIDR } from "../../api/types/networking.ts";

/**
 * CIDRs of the ServiceCIDR objects that are ready and stay, `kubernetes`, the cluster's own, first. There are allocators for the families of
 * the cluster's own alone: what other objects define of another family serves nobody. Models isReady of ipallocator/cidrallocator.go, and
 * pkg/registry/core/rest NewLegacyRESTStorage.
 */
export function serviceRanges(objects: readonly ServiceCIDR[]): string[] {
  const ready = objects.filter(({ metadata, status }) => {
    const condition = status?.conditions?.find(({ type }) => type === "Ready");
    return !metadata.deletionTimestamp && (!condition || condition.status === "True");
  });
  const own = ready.filter(({ metadata }) => metadata.name === "kubernetes");
  const cidrs = [...own, ...ready.filter((object) => !own.includes(object))].flatMap(({ spec }) => spec?.cidrs ?? []);
  const families = new Set(
    objects
      .filter(({ metadata }) => metadata.name === "kubernetes")
      .flatMap(({ spec }) => (spec?.cidrs ?? []).map((cidr) => parseCidr(cidr)?.family)),
  );
  return families.size === 0 ? cidrs : cidrs.filter((cidr) => families.has(parseCidr(cidr)?.family));
}
