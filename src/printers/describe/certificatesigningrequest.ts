import { type CertificateRequest, parseRequest } from "../../api/certificate-request.ts";
import { humanDuration } from "../../api/meta/human-duration.ts";
import { formatLabels } from "../../api/meta/label-selector.ts";
import { ParseError } from "../../api/meta/parse-error.ts";
import type { KubeObject } from "../../api/object.ts";
import { formatTime } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

interface SigningRequest extends KubeObject {
  spec: { request?: string; signerName?: string; expirationSeconds?: number; username?: string };
  status?: { conditions?: { type: string }[]; certificate?: string };
}

/** Models CertificateSigningRequestDescriber. */
export const describe: Describe<SigningRequest> = async (request, port) => {
  const { metadata, spec } = request;
  const parsed = parsedRequest(spec.request ?? "");
  const w = new DescribeWriter();
  w.field(0, "Name", metadata.name ?? "");
  w.field(0, "Labels", formatLabels(metadata.labels));
  w.field(0, "Annotations", formatLabels(metadata.annotations));
  w.field(0, "CreationTimestamp", formatTime(metadata.creationTimestamp, port));
  w.field(0, "Requesting User", spec.username ?? "");
  if (spec.signerName) w.field(0, "Signer", spec.signerName);
  if (spec.expirationSeconds !== undefined) {
    w.field(0, "Requested Duration", humanDuration(spec.expirationSeconds * 1000));
  }
  w.field(0, "Status", statusText(request));
  writeSubject(w, parsed);
  await writeEventsOf(w, request, port);
  return w.text();
};

function parsedRequest(request: string): CertificateRequest {
  try {
    return parseRequest(request);
  } catch (error) {
    throw new ParseError(`Error parsing CSR: ${(error as Error).message}`);
  }
}

/** Models extractCSRStatus. */
function statusText({ status }: SigningRequest): string {
  const has = (wanted: string) => status?.conditions?.some(({ type }) => type === wanted) ?? false;
  const decision = has("Denied") ? "Denied" : has("Approved") ? "Approved" : "Pending";
  return `${decision}${has("Failed") ? ",Failed" : ""}${status?.certificate ? ",Issued" : ""}`;
}

function writeSubject(w: DescribeWriter, { subject, names }: CertificateRequest): void {
  w.write(0, "Subject:\n");
  w.write(0, `\tCommon Name:\t${subject.commonName}\n`);
  w.write(0, `\tSerial Number:\t${subject.serialNumber}\n`);
  writeList(w, "Organization", subject.organization);
  writeList(w, "Organizational Unit", subject.organizationalUnit);
  writeList(w, "Country", subject.country);
  writeList(w, "Locality", subject.locality);
  writeList(w, "Province", subject.province);
  writeList(w, "StreetAddress", subject.streetAddress);
  writeList(w, "PostalCode", subject.postalCode);
  const { dns, emails, uris, addresses } = names;
  if (dns.length + emails.length + uris.length + addresses.length === 0) return;
  w.write(0, "Subject Alternative Names:\n");
  writeList(w, "DNS Names", dns);
  writeList(w, "Email Addresses", emails);
  writeList(w, "URIs", uris);
  writeList(w, "IP Addresses", addresses);
}

function writeList(w: DescribeWriter, title: string, values: readonly string[]): void {
  if (values.length > 0) w.write(0, `\t${title}:\t${values.join("\n\t\t")}\n`);
}
