import { byteLength } from "../encoding/text.ts";

/**
 * Rules for names, label keys and label values. Each function returns the list of complaints, empty for a valid text. Models
 * k8s.io/apimachinery pkg/util/validation and pkg/api/validate/content.
 */

const dnsLabel = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
export const dnsSubdomain = `${dnsLabel}(\\.${dnsLabel})*`;
const labelName = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const labelValue = `(${labelName})?`;

/** `TEXT (e.g. 'a',  or 'b', regex used for validation is '…')`; the two blanks before `or` are the real ones. */
export function patternComplaint(text: string, pattern: string, ...examples: string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(" or ");
  return shown
    ? `${text} (e.g. ${shown}regex used for validation is '${pattern}')`
    : `${text} (regex used for validation is '${pattern}')`;
}

/** Label keys and values count in bytes, the names of objects and fields in what the text calls characters; both count bytes. */
export function lengthComplaint(max: number, unit: "bytes" | "characters" = "bytes"): string {
  return `must be no more than ${max} ${unit}`;
}

const compiled = new Map<string, RegExp>();

/** Whether the whole text is of the pattern. */
export function fits(pattern: string, text: string): boolean {
  let whole = compiled.get(pattern);
  if (!whole) {
    whole = new RegExp(`^${pattern}$`);
    compiled.set(pattern, whole);
  }
  return whole.test(text);
}

/** An RFC 1123 label, as a Namespace's name. */
export function dns1123LabelErrors(value: string): string[] {
  const errors: string[] = [];
  if (byteLength(value) > 63) errors.push(lengthComplaint(63, "characters"));
  if (fits(dnsLabel, value)) return errors;
  const text =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
  errors.push(
    fits(dnsSubdomain, value) ? "must not contain dots" : patternComplaint(text, dnsLabel, "my-name", "123-abc"),
  );
  return errors;
}

/** An RFC 1123 subdomain, as most names. */
export function dns1123SubdomainErrors(value: string, unit: "bytes" | "characters" = "characters"): string[] {
  const errors: string[] = [];
  if (byteLength(value) > 253) errors.push(lengthComplaint(253, unit));
  if (!fits(dnsSubdomain, value))
    errors.push(
      patternComplaint(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
        dnsSubdomain,
        "example.com",
      ),
    );
  return errors;
}

/** A key of labels, annotations or taints: `[prefix/]name`. */
export function labelKeyErrors(value: string): string[] {
  const complaint = () =>
    patternComplaint(
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
      labelName,
      "MyName",
      "my.name",
      "123-abc",
    );
  const parts = value.split("/");
  if (parts.length > 2)
    return [
      `a valid label key ${complaint()} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  const errors: string[] = [];
  const name = parts.at(-1)!;
  if (parts.length === 2) {
    const prefix = parts[0]!;
    if (prefix === "") errors.push("prefix part must be non-empty");
    else for (const error of dns1123SubdomainErrors(prefix, "bytes")) errors.push(`prefix part ${error}`);
  }
  if (name === "") errors.push("name part must be non-empty");
  else if (byteLength(name) > 63) errors.push(`name part ${lengthComplaint(63)}`);
  if (!fits(labelName, name)) errors.push(`name part ${complaint()}`);
  return errors;
}

/** A label's value. */
export function labelValueErrors(value: string): string[] {
  const errors: string[] = [];
  if (byteLength(value) > 63) errors.push(lengthComplaint(63));
  if (!fits(labelValue, value))
    errors.push(
      patternComplaint(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        labelValue,
        "MyValue",
        "my_value",
        "12345",
      ),
    );
  return errors;
}
