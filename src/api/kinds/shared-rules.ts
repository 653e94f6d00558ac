import { parseIp } from "../meta/ip.ts";
import { invalidEach } from "../meta/object-meta.ts";
import { portNameErrors, portNumberErrors } from "../meta/value-rules.ts";
import { type FieldError, field } from "../status.ts";

/** Rules that several kinds share. Models kubernetes pkg/apis/core/validation/validation.go. */

/** As messages list them: sorted. */
export const PROTOCOLS = ["SCTP", "TCP", "UDP"];

/** In the order in which messages list them. */
export const TAINT_EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

/** An IntOrString port. Models ValidatePortNumOrName. */
export function portNumberOrNameErrors(path: string, port: number | string): FieldError[] {
  return invalidEach(path, port, typeof port === "number" ? portNumberErrors(port) : portNameErrors(port));
}

/** An address that traffic may be sent to: none of the special ones. Models ValidateEndpointIP. */
export function endpointIpErrors(path: string, text: string): FieldError[] {
  const ip = parseIp(text);
  if (!ip) return [field.invalid(path, text, "must be a valid IP address")];
  const v4 = ip.family === "IPv4";
  const complaints: string[] = [];
  if (ip.value === 0n) complaints.push(`may not be unspecified (${text})`);
  if (v4 ? ip.value >> 24n === 127n : ip.value === 1n)
    complaints.push("may not be in the loopback range (127.0.0.0/8, ::1/128)");
  if (v4 ? ip.value >> 16n === 0xa9fen : ip.value >> 118n === 0x3fan)
    complaints.push("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
  if (v4 ? ip.value >> 8n === 0xe00000n : ((ip.value >> 112n) & 0xff0fn) === 0xff02n)
    complaints.push("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
  return invalidEach(path, text, complaints);
}

/** What a ConfigMap or a Secret may hold, in bytes. */
export const MAX_DATA = 1024 * 1024;

/** Of ConfigMaps and Secrets with `immutable: true`. `kept`: by field, whether it is as it was. */
export function frozenErrors(
  next: boolean | undefined,
  previous: boolean | undefined,
  kept: Record<string, boolean>,
): FieldError[] {
  if (!previous) return [];
  const text = "field is immutable when `immutable` is set";
  const errors = next ? [] : [field.forbidden("immutable", text)];
  for (const [name, same] of Object.entries(kept)) if (!same) errors.push(field.forbidden(name, text));
  return errors;
}
