import { type CertificateRequest, parseRequest } from "../api/certificate-request.ts";
import { goQuote } from "../api/encoding/go-quote.ts";
import { ParseError } from "../api/meta/parse-error.ts";
import type { KubeObject } from "../api/object.ts";
import { type ApiError, type FieldError, field, forbidden } from "../api/status.ts";
import type { CertificateSigningRequest } from "../api/types/certificates.ts";
import { signatureProblem } from "../platform/crypto.ts";
import { authorize } from "./authorization/rbac.ts";
import { ADMIN } from "./authorization/user.ts";
import { groupResourceOf, type Request } from "./request.ts";

/** Who asks for a certificate is who sends the request. Models PrepareForCreate of kubernetes pkg/registry/certificates. */
export function fillRequester({ user = ADMIN }: Request, object: KubeObject): void {
  const request = object as CertificateSigningRequest;
  const { username: _, uid: __, groups: ___, extra: ____, ...spec } = request.spec ?? {};
  const { name, uid, groups, extra = {} } = user;
  request.spec = { ...spec, username: name, groups: [...groups] };
  if (uid) request.spec.uid = uid;
  if (Object.keys(extra).length > 0)
    request.spec.extra = Object.fromEntries(Object.entries(extra).map(([key, values]) => [key, [...values]]));
}

/** A request that can be read and that nobody has signed. Models validateCSR of kubernetes pkg/apis/certificates/validation. */
export function signatureErrors(object: KubeObject): FieldError[] {
  const { spec } = object as CertificateSigningRequest;
  const parsed = tryParse(spec?.request ?? "");
  const problem = parsed && signatureProblem(parsed.key, parsed.signature);
  return problem === undefined ? [] : [field.invalid("spec.request", spec?.request, problem)];
}

function tryParse(request: string): CertificateRequest | undefined {
  try {
    return parseRequest(request);
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

const CLIENT_SIGNER = "kubernetes.io/kube-apiserver-client";

/**
 * Nobody becomes a member of system:masters by a certificate, and who approves or signs for a signer must be allowed to. Models
 * kubernetes plugin/pkg/admission/certificates (subjectrestriction, approval, signing). @throws ApiError Forbidden
 */
export function admitSigningRequest(request: Request, object: KubeObject, previous?: KubeObject): void {
  const { spec, status } = object as CertificateSigningRequest;
  const refuse = (text: string): ApiError => forbidden(groupResourceOf(request.info), object.metadata.name ?? "", text);
  const signer = spec?.signerName ?? "";
  if (!previous) {
    const { organization } = parseRequest(spec?.request ?? "").subject;
    if (signer === CLIENT_SIGNER && organization.includes("system:masters"))
      throw refuse(`use of ${CLIENT_SIGNER} signer with system:masters group is not allowed`);
    return;
  }
  if (request.subresource === "approval" && !mayUseSigner(request, "approve", signer))
    throw refuse(`user not permitted to approve requests with signerName ${goQuote(signer)}`);
  const before = (previous as CertificateSigningRequest).status;
  const failed = (one: typeof status) => one?.conditions?.some(({ type }) => type === "Failed") ?? false;
  const signs = before?.certificate !== status?.certificate || failed(before) !== failed(status);
  if (request.subresource === "status" && signs && !mayUseSigner(request, "sign", signer))
    throw refuse(`user not permitted to sign requests with signerName ${goQuote(signer)}`);
}

/** Models IsAuthorizedForSignerName of kubernetes pkg/registry/certificates/rbac: by its name, or by `domain/*`. */
function mayUseSigner({ user, world }: Request, verb: string, signer: string): boolean {
  if (!user) return true;
  return [signer, signer.replace(/\/.*$/, "/*")].some((name) => {
    const what = { verb, group: "certificates.k8s.io", resource: "signers", subresource: "", namespace: "", name };
    return authorize(world.objects, user, what).allowed;
  });
}
