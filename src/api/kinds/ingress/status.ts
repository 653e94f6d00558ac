import { ipWarnings, legacyIpErrors, parseIp } from "../../meta/ip.ts";
import { dns1123SubdomainErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { IngressLoadBalancerStatus } from "../../types/networking.ts";

const PATH = "status.loadBalancer.ingress";

/** Models ValidateIngressLoadBalancerStatus of kubernetes pkg/apis/networking/validation/validation.go. */
export function balancerStatusErrors(
  next: IngressLoadBalancerStatus | undefined,
  previous: IngressLoadBalancerStatus | undefined,
): FieldError[] {
  const errors: FieldError[] = [];
  const valid = (previous?.ingress ?? []).flatMap(({ ip }) => (ip ? [ip] : []));
  for (const [i, { ip, hostname }] of (next?.ingress ?? []).entries()) {
    if (ip) errors.push(...legacyIpErrors(`${PATH}[${i}].ip`, ip, valid));
    if (!hostname) continue;
    const path = `${PATH}[${i}].hostname`;
    errors.push(...invalidEach(path, hostname, dns1123SubdomainErrors(hostname)));
    if (parseIp(hostname)) errors.push(field.invalid(path, hostname, "must be a DNS name, not an IP address"));
  }
  return errors;
}

/** Models WarningsOnUpdate of the status strategy. */
export function balancerStatusWarnings(status: IngressLoadBalancerStatus | undefined): string[] {
  return (status?.ingress ?? []).flatMap(({ ip }, i) => (ip ? ipWarnings(`${PATH}[${i}]`, ip) : []));
}
