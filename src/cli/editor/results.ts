import { goQuote } from "../../api/encoding/go-quote.ts";
import { ApiError } from "../../api/status.ts";
import { messageOf } from "../errors.ts";
import { groupResourceText } from "../resources/mapping.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

export interface EditReason {
  head: string;
  other: string[];
}

/** What became of one round of editing. Models editResults of kubectl pkg/cmd/util/editor/editoptions.go. */
export interface EditResults {
  /** For the head of the file when it is opened again. */
  reasons: EditReason[];
  retryable: number;
  notFound: number;
  /** How many are to be edited again. */
  again: number;
  /** The file that the user edited; "" before the first round. */
  file: string;
}

export function newResults(file: string): EditResults {
  return { reasons: [], retryable: 0, notFound: 0, again: 0, file };
}

/** Notes what the server said of an edited object; the line for the user. */
export function addError(results: EditResults, error: unknown, info: ResourceInfo): string {
  const what = `${groupResourceText(info.mapping!)} ${goQuote(info.name)}`;
  if (error instanceof ApiError && error.reason === "Invalid") {
    results.again++;
    const causes = error.status.details?.causes ?? [];
    const other = causes.map((cause) => `${cause.field ?? ""}: ${cause.message ?? ""}`);
    results.reasons.push({ head: `${what} was not valid`, other });
    return `error: ${what} is invalid\n`;
  }
  if (error instanceof ApiError && error.reason === "NotFound") {
    results.notFound++;
    return `error: ${what} could not be found on the server\n`;
  }
  results.retryable++;
  return `error: ${what} could not be patched: ${messageOf(error)}\n`;
}

const EDIT_HEAD = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;
const LAST_APPLIED_HEAD = `# Please edit the 'last-applied-configuration' annotations below.
# Lines beginning with a '#' will be ignored, and an empty file will abort the edit.
#
`;

/** The comment at the head of the file. */
export function headerText(lastApplied: boolean, reasons: readonly EditReason[]): string {
  let text = lastApplied ? LAST_APPLIED_HEAD : EDIT_HEAD;
  for (const { head, other } of reasons) {
    text += `# ${hashed(head)}${other.length > 0 ? ":" : ""}\n`;
    for (const one of other) text += `# * ${hashed(one)}\n`;
    text += "#\n";
  }
  return text;
}

/** Each line of a text of several is a comment. */
function hashed(text: string): string {
  return text.replace(/\n(?!#|$)/g, "\n# ");
}
