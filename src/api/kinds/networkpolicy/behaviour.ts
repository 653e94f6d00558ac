import { cidrWarnings } from "../../meta/ip.ts";
import type { NetworkPolicy, NetworkPolicySpec } from "../../types/networking.ts";
import type { KindBehaviour } from "../kind.ts";
import { ipBlocks, validateNetworkPolicy } from "./validation.ts";

/** Models kubernetes pkg/apis/networking/v1/defaults.go and pkg/registry/networking/networkpolicy/strategy.go. */
export const behaviour: KindBehaviour<NetworkPolicy> = {
  hasGeneration: true,
  tellsEmpty: true,
  setDefaults(policy) {
    policy.spec ??= {} as NetworkPolicySpec;
    const { spec } = policy;
    spec.podSelector ??= {};
    if (!spec.policyTypes?.length) spec.policyTypes = spec.egress?.length ? ["Ingress", "Egress"] : ["Ingress"];
    for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])])
      for (const port of rule.ports ?? []) port.protocol ??= "TCP";
  },
  validate: (policy) => validateNetworkPolicy(policy),
  validateUpdate: (next, previous) => validateNetworkPolicy(next, previous),
  warnings: (policy) =>
    ipBlocks(policy).flatMap(({ block, path }) => [
      ...cidrWarnings(`${path}.cidr`, block.cidr ?? ""),
      ...(block.except ?? []).flatMap((cidr, i) => cidrWarnings(`${path}.except[${i}]`, cidr)),
    ]),
};
