import { parseRequest } from "../../certificate-request.ts";
import { goQuote } from "../../encoding/go-quote.ts";
import { equal } from "../../json.ts";
import { dns1123LabelErrors, dns1123SubdomainErrors } from "../../meta/names.ts";
import type { Condition } from "../../object.ts";
import { timestamp } from "../../snapshot.ts";
import { type FieldError, field } from "../../status.ts";
import type { CertificateSigningRequest } from "../../types/certificates.ts";
import type { KindBehaviour } from "../kind.ts";

const USAGES = [
  ...["any", "cert sign", "client auth", "code signing", "content commitment", "crl sign", "data encipherment"],
  ...["decipher only", "digital signature", "email protection", "encipher only", "ipsec end system", "ipsec tunnel"],
  ...["ipsec user", "key agreement", "key encipherment", "microsoft sgc", "netscape sgc", "ocsp signing", "s/mime"],
  ...["server auth", "signing", "timestamping"],
];
const LEGACY_SIGNER = "kubernetes.io/legacy-unknown";
/** Types of conditions that are true, or not there. */
const DECISIONS = ["Approved", "Denied"];
const FINAL = [...DECISIONS, "Failed"];

/** Models validateCertificateSigningRequest of kubernetes pkg/apis/certificates/validation. */
function validate(request: CertificateSigningRequest): FieldError[] {
  const { usages = [], signerName = "", expirationSeconds } = request.spec ?? {};
  const errors = requestErrors(request);
  if (usages.length === 0) errors.push(field.required("spec.usages"));
  usages.forEach((usage, i) => {
    if (!USAGES.includes(usage)) errors.push(field.notSupported(`spec.usages[${i}]`, usage, USAGES));
  });
  usages.forEach((usage, i) => {
    if (usages.indexOf(usage) < i) errors.push(field.duplicate(`spec.usages[${i}]`, usage));
  });
  if (signerName === LEGACY_SIGNER)
    errors.push(
      field.invalid("spec.signerName", signerName, "the legacy signerName is not allowed via this API version"),
    );
  else errors.push(...signerNameErrors("spec.signerName", signerName));
  if (expirationSeconds !== undefined && expirationSeconds < 600)
    errors.push(
      field.invalid(
        "spec.expirationSeconds",
        expirationSeconds,
        "may not specify a duration less than 600 seconds (10 minutes)",
      ),
    );
  return [...errors, ...conditionErrors(request), ...certificateErrors(request)];
}

function requestErrors({ spec }: CertificateSigningRequest): FieldError[] {
  try {
    parseRequest(spec?.request ?? "");
    return [];
  } catch (error) {
    return [field.invalid("spec.request", spec?.request, (error as Error).message)];
  }
}

/** Models ValidateSignerName of kubernetes pkg/apis/core/validation. */
function signerNameErrors(path: string, name: string): FieldError[] {
  if (name === "") return [field.required(path)];
  const [domain = "", rest, ...more] = name.split("/");
  if (rest === undefined || more.length > 0)
    return [
      field.invalid(path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'"),
    ];
  const errors: FieldError[] = [];
  if (domain.length > 253) errors.push(field.tooLong(path, 253));
  const first = (text: string, rule: (label: string) => string[]) => {
    const wrong = text.split(".").find((label) => rule(label).length > 0);
    if (wrong === undefined) return;
    for (const why of rule(wrong)) errors.push(field.invalid(path, text, `validating label ${goQuote(wrong)}: ${why}`));
  };
  first(domain, dns1123LabelErrors);
  if (!domain.includes("."))
    errors.push(field.invalid(path, domain, "should be a domain with at least two segments separated by dots"));
  first(rest, dns1123SubdomainErrors);
  if (name.length > 571) errors.push(field.tooLong(path, 571));
  return errors;
}

function conditionErrors({ status }: CertificateSigningRequest): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  (status?.conditions ?? []).forEach(({ type, status: value }, i) => {
    const path = `status.conditions[${i}]`;
    if (!type) errors.push(field.required(`${path}.type`));
    const allowed = FINAL.includes(type) ? ["True"] : ["False", "True", "Unknown"];
    if (!value) errors.push(field.required(`${path}.status`));
    else if (!allowed.includes(value)) errors.push(field.notSupported(`${path}.status`, value, allowed));
    const other = DECISIONS.find((decision) => decision !== type)!;
    if (DECISIONS.includes(type) && seen.has(other))
      errors.push(field.invalid("status.conditions", type, "Approved and Denied conditions are mutually exclusive"));
    if (seen.has(type)) errors.push(field.duplicate(`${path}.type`, type));
    seen.add(type);
  });
  return errors;
}

function certificateErrors({ status }: CertificateSigningRequest): FieldError[] {
  const certificate = status?.certificate ?? "";
  if (certificate === "") return [];
  const refuse = (why: string) => [field.invalid("status.certificate", "<certificate data>", why)];
  const pem = Buffer.from(certificate, "base64").toString("latin1");
  const blocks = [...pem.matchAll(/^-----BEGIN ([^\n-]+)-----\s*\n([\s\S]*?)^-----END \1-----/gm)];
  for (const [, type = "", body = ""] of blocks) {
    if (type !== "CERTIFICATE") return refuse(`only CERTIFICATE PEM blocks are allowed, found ${goQuote(type)}`);
    if (body.includes(":")) return refuse("no PEM block headers are permitted");
  }
  return blocks.length === 0 ? refuse("must contain at least one CERTIFICATE PEM block") : [];
}

function ofType(request: CertificateSigningRequest, wanted: string): Condition[] {
  return (request.status?.conditions ?? []).filter(({ type }) => type === wanted);
}

/** Models validateCertificateSigningRequestUpdate. */
function validateUpdate(
  next: CertificateSigningRequest,
  previous: CertificateSigningRequest,
  subresource: string,
): FieldError[] {
  const errors = validate(next);
  const refuse = (text: string) => errors.push(field.forbidden("status.conditions", text));
  const fewer = (type: string) => ofType(next, type).length < ofType(previous, type).length;
  for (const type of FINAL) if (fewer(type)) refuse(`updates may not remove a condition of type "${type}"`);
  if (subresource !== "approval") {
    for (const type of DECISIONS)
      if (ofType(next, type).length > ofType(previous, type).length)
        refuse(`updates may not add a condition of type "${type}"`);
  }
  const [before = "", after = ""] = [previous.status?.certificate, next.status?.certificate];
  if (before !== after && before !== "")
    errors.push(field.forbidden("status.certificate", "updates may not modify existing certificate content"));
  return errors;
}

/** The times that whoever writes conditions leaves out. Models populateConditionTimestamps. */
function fillTimes(
  next: CertificateSigningRequest,
  previous: CertificateSigningRequest | undefined,
  now: number,
): void {
  for (const condition of next.status?.conditions ?? []) {
    condition.lastUpdateTime ||= timestamp(now);
    const same = (previous ? ofType(previous, condition.type) : []).find(
      ({ status, lastTransitionTime }) => status === condition.status && lastTransitionTime,
    );
    condition.lastTransitionTime ||= same?.lastTransitionTime ?? timestamp(now);
  }
}

/** Who decides has a subresource of its own: a write of the status leaves decisions as they are. Models preserveConditionInstances. */
function keepDecisions(next: CertificateSigningRequest, previous: CertificateSigningRequest): void {
  for (const type of DECISIONS) {
    const before = ofType(previous, type);
    const after = ofType(next, type);
    if (before.length !== after.length) continue;
    after.forEach((condition, i) => {
      if (!equal(condition, before[i])) Object.assign(condition, before[i]);
    });
  }
}

/** Models kubernetes pkg/registry/certificates/certificates/strategy.go. */
export const behaviour: KindBehaviour<CertificateSigningRequest> = {
  // Here and not in prepareForUpdate: who sends a condition owns its times too.
  setDefaults(next, { subresource, snapshot, now }) {
    if (subresource === "") return;
    const name = next.metadata.name ?? "";
    const previous = snapshot.get<CertificateSigningRequest>(
      "certificatesigningrequests.certificates.k8s.io",
      "",
      name,
    );
    fillTimes(next, previous, now);
  },
  prepareForUpdate(next, previous, { subresource }) {
    next.spec = previous.spec;
    if (subresource === "") return;
    if (subresource === "status") keepDecisions(next, previous);
    if (subresource !== "approval") return;
    const { conditions, ...others } = { ...previous.status, conditions: next.status?.conditions };
    next.status = conditions ? { ...others, conditions } : others;
  },
  validate,
  validateUpdate: (next, previous) => validateUpdate(next, previous, ""),
  validateStatusUpdate: (next, previous, { subresource }) => validateUpdate(next, previous, subresource),
  validateName: () => [],
  selectableFields: ({ spec }) => ({ "spec.signerName": spec?.signerName ?? "" }),
  selectableFieldNames: ["spec.signerName"],
};
