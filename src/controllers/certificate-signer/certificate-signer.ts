import { type CertificateRequest, parseRequest } from "../../api/certificate-request.ts";
import { clone } from "../../api/json.ts";
import { timestamp } from "../../api/snapshot.ts";
import type { CertificateSigningRequest } from "../../api/types/certificates.ts";
import type { Controller } from "../controller.ts";

const REQUESTS = "certificatesigningrequests.certificates.k8s.io";

/**
 * Looks at approved requests to the cluster's own signers and fails those that such a signer never signs. What it would sign stays as it
 * is: the key of the cluster's authority is nowhere. Models kubernetes pkg/controller/certificates/signer.
 */
export const certificateSigner: Controller = {
  name: "csrsigning",
  manager: "kube-controller-manager",
  affected: ({ after }) => (after ? [after.metadata.name!] : []),
  reconcile(name, snapshot) {
    const request = snapshot.get<CertificateSigningRequest>(REQUESTS, "", name);
    const conditions = request?.status?.conditions ?? [];
    const has = (wanted: string) => conditions.some(({ type }) => type === wanted);
    if (!request || !has("Approved") || has("Failed")) return { writes: [] };
    const message = problemOf(request);
    if (message === undefined) return { writes: [] };
    const at = timestamp(snapshot.now);
    const failed = { type: "Failed", status: "True", reason: "SignerValidationFailure", message } as const;
    const next = clone(request);
    next.status = {
      ...next.status,
      conditions: [...conditions, { ...failed, lastUpdateTime: at, lastTransitionTime: at }],
    };
    return { writes: [{ verb: "updateStatus", resource: REQUESTS, object: next }] };
  },
};

/** Why the signer that is asked never signs this; undefined: it would, or it is not one of the cluster's own. */
function problemOf({ spec }: CertificateSigningRequest): string | undefined {
  const usages = spec.usages ?? [];
  const parsed = () => parseRequest(spec.request ?? "");
  switch (spec.signerName) {
    case "kubernetes.io/kube-apiserver-client":
      return clientProblem(usages);
    case "kubernetes.io/kube-apiserver-client-kubelet":
      return kubeletProblem(parsed(), usages, "client auth");
    case "kubernetes.io/kubelet-serving":
      return kubeletProblem(parsed(), usages, "server auth");
    default:
      return undefined;
  }
}

/** Models validAPIServerClientUsages. */
function clientProblem(usages: readonly string[]): string | undefined {
  const wrong = usages.find((usage) => !["digital signature", "key encipherment", "client auth"].includes(usage));
  if (wrong !== undefined) return `invalid usage for client certificate: ${wrong}`;
  return usages.includes("client auth") ? undefined : "missing required usage for client certificate: client auth";
}

/** Models ValidateKubeletClientCSR and ValidateKubeletServingCSR of kubernetes pkg/apis/certificates. */
function kubeletProblem(
  { subject, names }: CertificateRequest,
  usages: readonly string[],
  purpose: "client auth" | "server auth",
): string | undefined {
  const { organization, commonName } = subject;
  if (organization.length !== 1 || organization[0] !== "system:nodes")
    return "subject organization is not system:nodes";
  const serving = purpose === "server auth";
  const hosts = names.dns.length + names.addresses.length;
  if (serving && hosts === 0) return "DNS or IP subjectAltName is required";
  if (!serving && names.dns.length > 0) return "DNS subjectAltNames are not allowed";
  if (names.emails.length > 0) return "Email subjectAltNames are not allowed";
  if (!serving && names.addresses.length > 0) return "IP subjectAltNames are not allowed";
  if (names.uris.length > 0) return "URI subjectAltNames are not allowed";
  const required = ["digital signature", purpose];
  const given = new Set(usages);
  given.delete("key encipherment");
  if (given.size !== required.length || !required.every((usage) => given.has(usage)))
    return `usages did not match [${["digital signature", "key encipherment", purpose].sort().join(" ")}]`;
  return commonName.startsWith("system:node:") ? undefined : "subject common name does not begin with system:node:";
}
