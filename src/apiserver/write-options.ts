import { isPrintable } from "../api/encoding/go-quote.ts";
import { byteLength } from "../api/encoding/text.ts";
import { type FieldError, field, invalid } from "../api/status.ts";
import type { PatchType } from "./client.ts";

const LONGEST = 128;

const KINDS: Record<string, string> = { create: "CreateOptions", update: "UpdateOptions", patch: "PatchOptions" };

/**
 * The options of a write that the server refuses to read. Models apimachinery pkg/apis/meta/v1/validation (ValidateCreateOptions,
 * ValidateUpdateOptions, ValidatePatchOptions). @throws ApiError Invalid
 */
export function checkWriteOptions(verb: string, fieldManager: string, patchType?: PatchType): void {
  const kind = KINDS[verb];
  if (kind === undefined) return;
  const errors: FieldError[] = [];
  if (patchType === "apply" && fieldManager === "")
    errors.push(field.required("fieldManager", "is required for apply patch"));
  if (byteLength(fieldManager) > LONGEST) errors.push(field.tooLong("fieldManager", LONGEST));
  let at = 0;
  for (const rune of fieldManager) {
    if (!isPrintable(rune)) {
      const code = rune.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
      const why = `invalid character U+${code} (at position ${at})`;
      errors.push(field.invalid("fieldManager", fieldManager, why));
    }
    at += byteLength(rune);
  }
  if (errors.length > 0) throw invalid({ group: "meta.k8s.io", kind }, "", errors);
}
