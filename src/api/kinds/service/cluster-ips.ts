import { legacyIpErrors, parseIp } from "../../meta/ip.ts";
import { type FieldError, field } from "../../status.ts";
import type { Service } from "../../types/core.ts";
import { HEADLESS, isHeadless } from "./rules.ts";

/** The rules that bind clusterIP, clusterIPs, ipFamilies and ipFamilyPolicy to each other. Models kubernetes pkg/apis/core/validation/validation.go. */

const isIpv6 = (text: string) => parseIp(text)?.family === "IPv6";

/** Models ValidateServiceClusterIPsRelatedFields; asked by the allocation and once more by the validation. */
export function clusterIpsErrors(service: Service, previous: Service | undefined): FieldError[] {
  const spec = service.spec ?? {};
  if (spec.type === "ExternalName") return [];
  const errors: FieldError[] = [];
  const ips = spec.clusterIPs ?? [];
  if (spec.clusterIP) {
    if (ips.length === 0) errors.push(field.required("spec.clusterIPs"));
    else if (ips[0] !== spec.clusterIP)
      errors.push(field.invalid("spec.clusterIPs", ips, "first value must match `clusterIP`"));
  } else if (ips.length > 0)
    errors.push(field.invalid("spec.clusterIPs", ips, "must be empty when `clusterIP` is not specified"));

  const families = spec.ipFamilies ?? [];
  for (const [i, family] of families.entries()) {
    if (family !== "IPv4" && family !== "IPv6")
      errors.push(field.notSupported(`spec.ipFamilies[${i}]`, family, ["IPv4", "IPv6"]));
    if (families.indexOf(family) < i) errors.push(field.duplicate(`spec.ipFamilies[${i}]`, family));
  }
  const policies = ["PreferDualStack", "RequireDualStack", "SingleStack"];
  if (spec.ipFamilyPolicy !== undefined && !policies.includes(spec.ipFamilyPolicy))
    errors.push(field.notSupported("spec.ipFamilyPolicy", spec.ipFamilyPolicy, policies));

  let badIps = false;
  for (const [i, ip] of ips.entries()) {
    if (i === 0 && ip === HEADLESS) {
      if (ips.length > 1) {
        badIps = true;
        errors.push(field.invalid("spec.clusterIPs", ips, "'None' must be the first and only value"));
      }
      continue;
    }
    const found = legacyIpErrors(`spec.clusterIPs[${i}]`, ip, previous?.spec?.clusterIPs);
    badIps ||= found.length > 0;
    errors.push(...found);
  }
  if (ips.length > 2) errors.push(field.invalid("spec.clusterIPs", ips, "may only hold up to 2 values"));
  if (badIps) return errors;
  if (ips.length > 1 && (!ips.some(isIpv6) || ips.every(isIpv6)))
    errors.push(field.invalid("spec.clusterIPs", ips, "may specify no more than one IP for each IP family"));
  if (isHeadless(service)) return errors;
  for (const [i, ip] of ips.slice(0, families.length).entries()) {
    const expected = families[i];
    if ((expected === "IPv4" && isIpv6(ip)) || (expected === "IPv6" && !isIpv6(ip))) {
      const text = `expected an ${expected} value as indicated by \`ipFamilies[${i}]\``;
      errors.push(field.invalid(`spec.clusterIPs[${i}]`, ip, text));
    }
  }
  return errors;
}

/** A second address may come or go, the first stays. Models validateUpgradeDowngradeClusterIPs. */
export function clusterIpsUpdateErrors(service: Service, previous: Service): FieldError[] {
  if (service.spec?.type === "ExternalName" || previous.spec?.type === "ExternalName") return [];
  if (isHeadless(service) && isHeadless(previous)) return [];
  const errors: FieldError[] = [];
  const before = previous.spec?.clusterIPs ?? [];
  const after = service.spec?.clusterIPs;
  const ips = after ?? [];
  const changed = (i: number) =>
    errors.push(field.invalid(`spec.clusterIPs[${i}]`, after ?? null, "may not change once set"));
  if (before.length === ips.length) {
    for (const [i, ip] of before.entries()) if (ip !== ips[i]) changed(i);
    return errors;
  }
  if (before.length > ips.length && ips.length === 0)
    errors.push(field.invalid("spec.clusterIPs[0]", after ?? null, "primary clusterIP can not be unset"));
  if (before.length > 0 && ips.length > 0 && before[0] !== ips[0]) changed(0);
  const policy = service.spec?.ipFamilyPolicy;
  if (before.length > ips.length && ips.length === 1 && policy !== "SingleStack") {
    const text = "must be set to 'SingleStack' when releasing the secondary clusterIP";
    errors.push(field.invalid("spec.ipFamilyPolicy", policy ?? null, text));
  }
  return errors;
}

/** Models validateUpgradeDowngradeIPFamilies, whose indexes and values are these. */
export function ipFamiliesUpdateErrors(service: Service, previous: Service): FieldError[] {
  if (service.spec?.type === "ExternalName" || previous.spec?.type === "ExternalName") return [];
  if (isHeadless(service) || isHeadless(previous)) return [];
  const errors: FieldError[] = [];
  const before = previous.spec?.ipFamilies ?? [];
  const after = service.spec?.ipFamilies ?? [];
  const ips = service.spec?.clusterIPs ?? null;
  if (before.length === after.length) {
    for (const [i, family] of before.entries())
      if (family !== after[i]) errors.push(field.invalid("spec.ipFamilies[0]", after, "may not change once set"));
    return errors;
  }
  const downgrade = before.length > after.length;
  if (downgrade && (ips === null || ips.length === 0)) {
    const value = service.spec?.ipFamilies ?? null;
    errors.push(field.invalid("spec.ipFamilies[0]", value, "primary ipFamily can not be unset"));
  }
  if (before.length > 0 && after.length > 0 && before[0] !== after[0])
    errors.push(field.invalid("spec.ipFamilies[0]", ips, "may not change once set"));
  const policy = service.spec?.ipFamilyPolicy;
  if (downgrade && after.length === 1 && policy !== "SingleStack") {
    const text = "must be set to 'SingleStack' when releasing the secondary ipFamily";
    errors.push(field.invalid("spec.ipFamilyPolicy", policy ?? null, text));
  }
  return errors;
}
