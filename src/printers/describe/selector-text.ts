import { fromLabelSelector } from "../../api/meta/label-selector.ts";
import { ParseError } from "../../api/meta/parse-error.ts";
import type { LabelSelector } from "../../api/object.ts";

/** A job's selector, or why it is none. */
export function selectorText(selector: LabelSelector | undefined): string {
  try {
    return fromLabelSelector(selector).toString();
  } catch (error) {
    if (error instanceof ParseError) return `Failed to get selector: ${error.message}`;
    throw error;
  }
}
