import { byteLength } from "../encoding/text.ts";
import { dns1123SubdomainErrors, labelKeyErrors } from "../meta/names.ts";
import { invalidEach } from "../meta/object-meta.ts";
import { type FieldError, field } from "../status.ts";

/** Rules that the kinds of storage share. Models kubernetes pkg/apis/storage/validation/validation.go and ValidateCSIDriverName of core. */

const MOST_PARAMETERS = 512;
/** In bytes, keys and values together. */
const MOST_TEXT = 256 * 1024;

/** Who provisions: a qualified name in any case. Models validateProvisioner. */
export function provisionerErrors(name: string, path: string): FieldError[] {
  const lower = name.toLowerCase();
  return name === "" ? [field.required(path)] : invalidEach(path, lower, labelKeyErrors(lower));
}

/** What the provisioner is told. Models validateParameters. */
export function parametersErrors(parameters: Record<string, string>, mayBeEmpty: boolean, path: string): FieldError[] {
  const entries = Object.entries(parameters);
  if (entries.length > MOST_PARAMETERS) return [field.tooLong(path, MOST_PARAMETERS)];
  const errors: FieldError[] = [];
  if (entries.some(([key]) => key === "")) errors.push(field.invalid(path, "", "field can not be empty."));
  const size = entries.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  if (size > MOST_TEXT) errors.push(field.tooLong(path, MOST_TEXT));
  if (!mayBeEmpty && entries.length === 0)
    errors.push(field.required(path, "must contain at least one key/value pair"));
  return errors;
}

/** Models ValidateCSIDriverName. */
export function csiDriverNameErrors(name: string, path: string): FieldError[] {
  if (name === "") return [field.required(path)];
  return [
    ...(byteLength(name) > 63 ? [field.tooLong(path, 63)] : []),
    ...invalidEach(path, name, dns1123SubdomainErrors(name.toLowerCase())),
  ];
}
