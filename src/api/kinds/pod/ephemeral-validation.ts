import { goQuote } from "../../encoding/go-quote.ts";
import { equal } from "../../json.ts";
import { type FieldError, field } from "../../status.ts";
import type { Container, EphemeralContainer, PodSpec } from "../../types/core.ts";
import { containerCommonErrors, type PodParts } from "./containers-validation.ts";
import { describeSpecChange } from "./spec-diff.ts";

const REFUSED = "cannot be set for an Ephemeral Container";
/** What a container that comes later may not have, in the order of the Go structure. */
const NOT_ALLOWED = [
  ...["ports", "resources", "resizePolicy", "restartPolicy", "restartPolicyRules"],
  ...["livenessProbe", "readinessProbe", "startupProbe", "lifecycle"],
] as const;

/** Models validateEphemeralContainers of kubernetes pkg/apis/core/validation/validation.go. */
export function ephemeralContainersErrors(parts: PodParts, path: string): FieldError[] {
  const { spec } = parts;
  const errors: FieldError[] = [];
  const others = new Set([...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(({ name }) => name));
  const names = new Set(others);
  for (const [i, container] of (spec.ephemeralContainers ?? []).entries()) {
    const at = `${path}[${i}]`;
    errors.push(...containerCommonErrors(container as Container, parts, at));
    const { image = "", name = "", targetContainerName = "" } = container;
    if (image !== image.trim())
      errors.push(field.invalid(`${at}.image`, image, "must not have leading or trailing whitespace"));
    if (names.has(name)) errors.push(field.duplicate(`${at}.name`, name));
    names.add(name);
    if (targetContainerName !== "" && !others.has(targetContainerName))
      errors.push(field.notFound(`${at}.targetContainerName`, targetContainerName));
    for (const member of NOT_ALLOWED)
      if (isSet(container, member as keyof EphemeralContainer))
        errors.push(field.forbidden(`${at}.${member}`, REFUSED));
    for (const [j, mount] of (container.volumeMounts ?? []).entries())
      for (const member of ["subPath", "subPathExpr"] as const)
        if (mount[member]) errors.push(field.forbidden(`${at}.volumeMounts[${j}].${member}`, REFUSED));
  }
  return errors;
}

/** The resources are never absent: they are not a pointer in Go. */
function isSet(container: EphemeralContainer, member: keyof EphemeralContainer): boolean {
  const value = container[member];
  return member === "resources" ? Object.keys(value ?? {}).length > 0 : value !== undefined;
}

/** Containers that are there stay as they are. Models ValidatePodEphemeralContainersUpdate. */
export function ephemeralChangeErrors(next: PodSpec, previous: PodSpec): FieldError[] {
  const path = "spec.ephemeralContainers";
  return (previous.ephemeralContainers ?? []).flatMap((old) => {
    const now = next.ephemeralContainers?.findLast(({ name }) => name === old.name);
    const label = `existing ephemeral containers ${goQuote(old.name)}`;
    if (!now) return [field.forbidden(path, `${label} may not be removed\n`)];
    if (equal(old, now)) return [];
    const change = describeSpecChange(old, now, "EphemeralContainer");
    return [field.forbidden(path, `${label} may not be changed\n${change}`)];
  });
}
