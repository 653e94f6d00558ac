import { humanDuration } from "../../meta/human-duration.ts";
import type { KubeObject } from "../../object.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

interface SigningRequest extends KubeObject {
  spec?: { signerName?: string; username?: string; expirationSeconds?: number };
  status?: { conditions?: { type: string }[]; certificate?: string };
}

/** Models printCertificateSigningRequest. */
export const table: TablePrinter<SigningRequest> = {
  columns: [
    nameColumn,
    ageColumn,
    column("SignerName"),
    column("Requestor"),
    column("RequestedDuration"),
    column("Condition"),
  ],
  cells: (request, context) => {
    const { signerName, username = "", expirationSeconds } = request.spec ?? {};
    return [
      nameOf(request),
      ageOf(request, context),
      signerName || "<none>",
      username,
      expirationSeconds === undefined ? "<none>" : humanDuration(expirationSeconds * 1000),
      conditionText(request),
    ];
  },
};

function conditionText(request: SigningRequest): string {
  const has = (wanted: string) => request.status?.conditions?.some(({ type }) => type === wanted);
  const words = [has("Denied") ? "Denied" : has("Approved") ? "Approved" : "Pending"];
  if (has("Failed")) words.push("Failed");
  if (request.status?.certificate) words.push("Issued");
  return words.join(",");
}
