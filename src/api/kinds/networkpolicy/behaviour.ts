import type { NetworkPolicy, NetworkPolicySpec } from "../../types/networking.ts";
import type { KindBehaviour } from "../kind.ts";

/** Models SetDefaults_NetworkPolicy of kubernetes pkg/apis/networking/v1/defaults.go; what it says is left to the schema. */
export const behaviour: KindBehaviour<NetworkPolicy> = {
  hasGeneration: true,
  setDefaults(policy) {
    policy.spec ??= {} as NetworkPolicySpec;
    const { spec } = policy;
    spec.podSelector ??= {};
    if (!spec.policyTypes?.length) spec.policyTypes = spec.egress?.length ? ["Ingress", "Egress"] : ["Ingress"];
    for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])])
      for (const port of rule.ports ?? []) port.protocol ??= "TCP";
  },
};
