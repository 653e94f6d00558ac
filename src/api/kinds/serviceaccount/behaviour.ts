import type { ServiceAccount } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";

function keepSecretNames(account: ServiceAccount): void {
  for (const [i, { name }] of (account.secrets ?? []).entries())
    account.secrets![i] = name === undefined ? {} : { name };
}

/** Models kubernetes pkg/registry/core/serviceaccount/strategy.go. */
export const behaviour: KindBehaviour<ServiceAccount> = {
  prepareForCreate: keepSecretNames,
  prepareForUpdate: keepSecretNames,
  warnings: ({ metadata }, previous) => {
    const key = "kubernetes.io/enforce-mountable-secrets";
    if (metadata.annotations?.[key] === undefined || previous?.metadata.annotations?.[key] !== undefined) return [];
    return [
      `metadata.annotations[${key}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets`,
    ];
  },
};
