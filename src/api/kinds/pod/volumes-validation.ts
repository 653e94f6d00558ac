import { goQuote } from "../../encoding/go-quote.ts";
import { byteLength } from "../../encoding/text.ts";
import { dns1123LabelErrors, dns1123SubdomainErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { parseQuantity } from "../../meta/quantity.ts";
import { type FieldError, field } from "../../status.ts";
import type { Volume } from "../../types/core.ts";
import { SOURCE_RULES } from "./volume-sources-validation.ts";

/** Models ValidateVolumes of kubernetes pkg/apis/core/validation/validation.go. */

type Source = keyof typeof SOURCE_RULES;
const SOURCES = Object.keys(SOURCE_RULES) as Source[];

/** What the real one calls a source when it is the second. */
const SECOND: Partial<Record<Source, string>> = { cephfs: "cephFS", downwardAPI: "downwarAPI" };

/**
 * `valid` collects the volumes that mounts may name: those without errors. `pod`: the name of the pod, when the volumes are not a
 * template's.
 */
export function volumesErrors(
  volumes: Volume[],
  path: string,
  valid: Map<string, Volume>,
  pod: { name?: string; isPod: boolean },
): FieldError[] {
  const errors: FieldError[] = [];
  const claims = pod.name ? volumes.filter(({ ephemeral }) => ephemeral).map(({ name }) => `${pod.name}-${name}`) : [];
  for (const [i, volume] of volumes.entries()) {
    const at = `${path}[${i}]`;
    const name = volume.name ?? "";
    const found = sourceErrors(volume, at, pod);
    if (!name) found.push(field.required(`${at}.name`));
    else found.push(...invalidEach(`${at}.name`, name, dns1123LabelErrors(name)));
    if (valid.has(name)) found.push(field.duplicate(`${at}.name`, name));
    if (found.length === 0) valid.set(name, volume);
    errors.push(...found);
    const claim = volume.persistentVolumeClaim?.claimName ?? "";
    if (volume.persistentVolumeClaim && claims.includes(claim)) {
      const text = "must not reference a PVC that gets created for an ephemeral volume";
      errors.push(field.invalid(`${at}.persistentVolumeClaim.claimName`, claim, text));
    }
  }
  return errors;
}

function sourceErrors(volume: Volume, path: string, pod: { name?: string; isPod: boolean }): FieldError[] {
  const errors: FieldError[] = [];
  let count = 0;
  if (volume.emptyDir) {
    count++;
    if (volume.emptyDir.sizeLimit !== undefined && parseQuantity(String(volume.emptyDir.sizeLimit)).nano < 0n)
      errors.push(field.forbidden(`${path}.emptyDir.sizeLimit`, "SizeLimit field must be a valid resource quantity"));
  }
  for (const source of SOURCES) {
    if (volume[source] === undefined) continue;
    if (count > 0)
      errors.push(field.forbidden(`${path}.${SECOND[source] ?? source}`, "may not specify more than 1 volume type"));
    else errors.push(...firstSourceErrors(volume, source, path, pod));
    count++;
    if (source === "iscsi") errors.push(...portalErrors(volume, path));
  }
  if (count === 0) errors.push(field.required(path, "must specify a volume type"));
  return errors;
}

function firstSourceErrors(
  volume: Volume,
  source: Source,
  path: string,
  pod: { name?: string; isPod: boolean },
): FieldError[] {
  const rule = SOURCE_RULES[source] as (given: object, path: string) => FieldError[];
  const errors = rule(volume[source]!, `${path}.${source}`);
  if (source === "image" && pod.isPod && !volume.image!.reference)
    return [field.required(`${path}.image.reference`), ...errors];
  if (source !== "ephemeral" || !pod.name || !volume.name) return errors;
  const claim = `${pod.name}-${volume.name}`;
  const complaints = dns1123SubdomainErrors(claim).map((text) => `PVC name ${goQuote(claim)}: ${text}`);
  return [...errors, ...invalidEach(`${path}.name`, volume.name, complaints)];
}

function portalErrors({ name = "", iscsi }: Volume, path: string): FieldError[] {
  const { initiatorName, targetPortal = "" } = iscsi!;
  if (initiatorName === undefined || byteLength(`${name}:${targetPortal}`) <= 64) return [];
  const text =
    "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";
  return [field.invalid(`${path}.name`, name, text)];
}
