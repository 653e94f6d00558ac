/** What a status strategy leaves alone beside the spec. Models GetResetFields of kubernetes pkg/registry/<group>/<resource>/strategy.go. */
const statusExtras: Record<string, string[][]> = {
  Deployment: [["metadata", "labels"]],
  Pod: [
    ["metadata", "deletionTimestamp"],
    ["metadata", "ownerReferences"],
  ],
};

/** What of a request's status each of its subresources leaves alone; the spec is nobody's, as it never changes. */
const signingRequestStatus: Record<string, string[]> = {
  status: ["status", "conditions"],
  approval: ["status", "certificate"],
};

/** Kinds without a status that a strategy resets. */
const withoutStatus = new Set([
  "ConfigMap",
  "Secret",
  "ServiceAccount",
  "Endpoints",
  "EndpointSlice",
  "Event",
  "IngressClass",
]);

/** The paths that a request cannot set, so that nobody comes to own them by it. @param subresource "" for the main resource */
export function resetFieldsOf(kind: string, subresource: string): string[][] {
  if (withoutStatus.has(kind)) return [];
  if (kind === "CertificateSigningRequest") return [["spec"], signingRequestStatus[subresource] ?? ["status"]];
  if (subresource === "status") return [["spec"], ...(Object.hasOwn(statusExtras, kind) ? statusExtras[kind]! : [])];
  return subresource === "" ? [["status"]] : [];
}
