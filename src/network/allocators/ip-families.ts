import { equal } from "../../api/json.ts";
import { clusterIpsErrors } from "../../api/kinds/service/cluster-ips.ts";
import { HEADLESS, hasSelector } from "../../api/kinds/service/rules.ts";
import { type FieldError, field } from "../../api/status.ts";
import type { Service } from "../../api/types/core.ts";
import { type Family, familyOf } from "./cluster-ips.ts";

/**
 * Which address families a Service gets, out of what it asks for and what the cluster has. Models initIPFamilyFields and its
 * helpers of kubernetes pkg/registry/core/service/storage/alloc.go.
 */

const POLICY = "spec.ipFamilyPolicy";

/** A PreferDualStack Service whose fields stay as they are is not changed because the cluster has changed. */
export function keepsPreferredFamilies(next: Service, previous: Service | undefined): boolean {
  const after = next.spec ?? {};
  const before = previous?.spec;
  if (!before || after.ipFamilyPolicy === undefined || before.type !== after.type) return false;
  if (after.type !== "ClusterIP" && after.type !== "NodePort" && after.type !== "LoadBalancer") return false;
  if (after.ipFamilyPolicy !== "PreferDualStack") return false;
  if (before.ipFamilyPolicy !== undefined && before.ipFamilyPolicy !== "PreferDualStack") return false;
  return sameList(before.clusterIPs, after.clusterIPs) && sameList(before.ipFamilies, after.ipFamilies);
}

function sameList(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return equal(a ?? [], b ?? []);
}

/** `families`: what the cluster's ranges offer, the default first. Fills `ipFamilies` and `ipFamilyPolicy` of `next`. */
export function initIpFamilies(
  next: Service,
  previous: Service | undefined,
  families: readonly Family[],
): FieldError[] {
  const spec = next.spec!;
  if (spec.type === "ExternalName" || keepsPreferredFamilies(next, previous)) return [];
  const manual = spec.clusterIP === HEADLESS && !hasSelector(next);
  spec.ipFamilyPolicy ??= previous?.spec?.ipFamilyPolicy ?? (manual ? "RequireDualStack" : "SingleStack");
  const related = clusterIpsErrors(next, previous);
  if (related.length > 0) return related;

  const errors = [...updateErrors(next, previous), ...singleStackErrors(next)];
  for (const [i, ip] of (spec.clusterIPs ?? []).entries()) {
    if (ip === HEADLESS) break;
    if (i < (spec.ipFamilies?.length ?? 0)) continue;
    const family = familyOf(ip);
    if (family !== "unknown" && families.includes(family)) spec.ipFamilies = [...(spec.ipFamilies ?? []), family];
    else
      errors.push(
        field.invalid(`spec.clusterIPs[${i}]`, spec.clusterIPs!, `${family} is not configured on this cluster`),
      );
  }
  if (errors.length > 0) return errors;

  if (manual) {
    if (!spec.ipFamilies?.length) spec.ipFamilies = [families[0]!];
    addOtherFamily(next);
    return [];
  }
  if (spec.ipFamilyPolicy === "RequireDualStack" && families.length < 2)
    errors.push(field.invalid(POLICY, spec.ipFamilyPolicy, "this cluster is not configured for dual-stack services"));
  for (const [i, family] of (spec.ipFamilies ?? []).entries())
    if (!families.includes(family))
      errors.push(field.invalid(`spec.ipFamilies[${i}]`, family, "not configured on this cluster"));
  if (errors.length > 0) return errors;
  if (!spec.ipFamilies?.length) spec.ipFamilies = [families[0]!];
  if (families.length === 2) addOtherFamily(next);
  return [];
}

function addOtherFamily({ spec }: Service): void {
  if (spec!.ipFamilyPolicy === "SingleStack" || spec!.ipFamilies!.length !== 1) return;
  spec!.ipFamilies = [spec!.ipFamilies![0]!, spec!.ipFamilies![0] === "IPv4" ? "IPv6" : "IPv4"];
}

/** SingleStack lets the second address go; without it, leaving one out is an error. */
function updateErrors(next: Service, previous: Service | undefined): FieldError[] {
  if (!previous) return [];
  const spec = next.spec!;
  const before = previous.spec ?? {};
  if (spec.ipFamilyPolicy === "SingleStack") {
    if (sameList(before.clusterIPs, spec.clusterIPs) && (spec.clusterIPs?.length ?? 0) > 1)
      spec.clusterIPs = spec.clusterIPs!.slice(0, 1);
    if (sameList(before.ipFamilies, spec.ipFamilies) && (spec.ipFamilies?.length ?? 0) > 1)
      spec.ipFamilies = spec.ipFamilies!.slice(0, 1);
    return [];
  }
  const errors: FieldError[] = [];
  const reduced = (after: string[] | undefined, former: string[] | undefined) =>
    (after?.length ?? 0) > 0 && after!.length < (former?.length ?? 0);
  if (reduced(spec.clusterIPs, before.clusterIPs))
    errors.push(
      field.invalid(POLICY, spec.ipFamilyPolicy, "must be 'SingleStack' to release the secondary cluster IP"),
    );
  if (reduced(spec.ipFamilies, before.ipFamilies))
    errors.push(field.invalid(POLICY, spec.ipFamilyPolicy, "must be 'SingleStack' to release the secondary IP family"));
  return errors;
}

function singleStackErrors({ spec = {} }: Service): FieldError[] {
  if (spec.ipFamilyPolicy !== "SingleStack") return [];
  const errors: FieldError[] = [];
  const complain = (what: string) =>
    errors.push(
      field.invalid(
        POLICY,
        spec.ipFamilyPolicy,
        `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`,
      ),
    );
  if (spec.clusterIPs?.length === 2) complain("cluster IPs");
  if (spec.ipFamilies?.length === 2) complain("IP families");
  return errors;
}
