import { cidrContains, legacyCidrErrors, parseCidr } from "../../meta/ip.ts";
import { invalidEach, labelSelectorErrors } from "../../meta/object-meta.ts";
import { portNameErrors, portNumberErrors } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from "../../types/networking.ts";

/** Models ValidateNetworkPolicySpec of kubernetes pkg/apis/networking/validation/validation.go. */

const PROTOCOLS = ["TCP", "UDP", "SCTP"];
const POLICY_TYPES = ["Ingress", "Egress"];

/** Not of metadata. `previous`: what was stored, whose CIDRs stay accepted. */
export function validateNetworkPolicy({ spec }: NetworkPolicy, previous?: NetworkPolicy): FieldError[] {
  const errors = labelSelectorErrors(spec?.podSelector, "spec.podSelector");
  const known = previous ? blocksOf(previous).flatMap(({ cidr, except = [] }) => [cidr ?? "", ...except]) : [];
  for (const [direction, peers] of [
    ["ingress", "from"],
    ["egress", "to"],
  ] as const)
    for (const [i, rule] of (spec?.[direction] ?? []).entries()) {
      const path = `spec.${direction}[${i}]`;
      for (const [j, port] of (rule.ports ?? []).entries()) errors.push(...portErrors(port, `${path}.ports[${j}]`));
      for (const [j, peer] of peersOf(rule).entries())
        errors.push(...peerErrors(peer, known, `${path}.${peers}[${j}]`));
    }
  const types = spec?.policyTypes ?? [];
  if (types.length > POLICY_TYPES.length)
    return [...errors, field.invalid("spec.policyTypes", types, "may not specify more than two policyTypes")];
  for (const [i, type] of types.entries())
    if (!POLICY_TYPES.includes(type)) errors.push(field.notSupported(`spec.policyTypes[${i}]`, type, POLICY_TYPES));
  return errors;
}

function peersOf(rule: { from?: NetworkPolicyPeer[]; to?: NetworkPolicyPeer[] }): NetworkPolicyPeer[] {
  return rule.from ?? rule.to ?? [];
}

function blocksOf({ spec }: NetworkPolicy): IPBlock[] {
  return [...(spec?.ingress ?? []), ...(spec?.egress ?? [])].flatMap(peersOf).flatMap(({ ipBlock }) => ipBlock ?? []);
}

/** The addresses that rules name, each with its path. */
export function ipBlocks({ spec }: NetworkPolicy): { block: IPBlock; path: string }[] {
  const found: { block: IPBlock; path: string }[] = [];
  for (const [i, { from = [] }] of (spec?.ingress ?? []).entries())
    for (const [j, { ipBlock }] of from.entries())
      if (ipBlock) found.push({ block: ipBlock, path: `spec.ingress[${i}].from[${j}].ipBlock` });
  for (const [i, { to = [] }] of (spec?.egress ?? []).entries())
    for (const [j, { ipBlock }] of to.entries())
      if (ipBlock) found.push({ block: ipBlock, path: `spec.egress[${i}].to[${j}].ipBlock` });
  return found;
}

function portErrors({ protocol, port, endPort }: NetworkPolicyPort, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (protocol !== undefined && !PROTOCOLS.includes(protocol))
    errors.push(field.notSupported(`${path}.protocol`, protocol, PROTOCOLS));
  const last = `${path}.endPort`;
  if (typeof port === "number") {
    errors.push(...invalidEach(`${path}.port`, port, portNumberErrors(port)));
    if (endPort === undefined) return errors;
    if (endPort < port) errors.push(field.invalid(last, port, "must be greater than or equal to `port`"));
    return [...errors, ...invalidEach(last, endPort, portNumberErrors(endPort))];
  }
  if (endPort !== undefined) {
    const why = port === undefined ? "not specified" : "non-numeric";
    errors.push(field.invalid(last, endPort, `may not be specified when \`port\` is ${why}`));
  }
  return port === undefined ? errors : [...errors, ...invalidEach(`${path}.port`, port, portNameErrors(port))];
}

function peerErrors(
  { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer,
  known: readonly string[],
  path: string,
): FieldError[] {
  const errors = [
    ...labelSelectorErrors(podSelector, `${path}.podSelector`),
    ...labelSelectorErrors(namespaceSelector, `${path}.namespaceSelector`),
    ...(ipBlock ? blockErrors(ipBlock, known, `${path}.ipBlock`) : []),
  ];
  if (!podSelector && !namespaceSelector && !ipBlock) errors.push(field.required(path, "must specify a peer"));
  else if (ipBlock && (podSelector || namespaceSelector))
    errors.push(field.forbidden(path, "may not specify both ipBlock and another peer"));
  return errors;
}

/** Models ValidateIPBlock. */
function blockErrors({ cidr, except = [] }: IPBlock, known: readonly string[], path: string): FieldError[] {
  if (!cidr) return [field.required(`${path}.cidr`)];
  const errors = legacyCidrErrors(`${path}.cidr`, cidr, known);
  const whole = parseCidr(cidr);
  if (!whole) return errors;
  for (const [i, text] of except.entries()) {
    const at = `${path}.except[${i}]`;
    errors.push(...legacyCidrErrors(at, text, known));
    const part = parseCidr(text);
    if (!part) continue;
    const inside = cidrContains(whole, { family: part.family, value: part.network });
    if (!inside || whole.bits >= part.bits) errors.push(field.invalid(at, text, "must be a strict subset of `cidr`"));
  }
  return errors;
}
