import { sortedKeys } from "../../json.ts";
import { labelKeyErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { ParseError } from "../../meta/parse-error.ts";
import { compareQuantities, parseQuantity, quantityMilliValue } from "../../meta/quantity.ts";
import { type FieldError, field } from "../../status.ts";
import type { ResourceRequirements } from "../../types/core.ts";
import { claimNamesErrors } from "./claims-validation.ts";

/** Models validateResourceRequirements and its helpers of kubernetes pkg/apis/core/validation/validation.go. */

const CONTAINER_RESOURCES = ["cpu", "memory", "ephemeral-storage"];
const COUNTED = [
  "pods",
  "resourcequotas",
  "services",
  "replicationcontrollers",
  "secrets",
  "configmaps",
  "persistentvolumeclaims",
  "services.nodeports",
  "services.loadbalancers",
];
const STANDARD = [
  ...CONTAINER_RESOURCES,
  ...CONTAINER_RESOURCES.flatMap((name) => [`requests.${name}`, `limits.${name}`]),
  ...COUNTED,
  "requests.storage",
  "storage",
];

export const isHugePages = (name: string) => name.startsWith("hugepages-");
const isNative = (name: string) => !name.includes("/") || name.includes("kubernetes.io/");
const isExtended = (name: string) =>
  !isNative(name) && !name.startsWith("requests.") && labelKeyErrors(`requests.${name}`).length === 0;

/** Models validateResourceName. */
export function resourceNameErrors(name: string, path: string): FieldError[] {
  const errors = invalidEach(path, name, labelKeyErrors(name));
  if (errors.length || name.includes("/") || STANDARD.includes(name)) return errors;
  if (isHugePages(name) || name.startsWith("requests.hugepages-")) return errors;
  return [field.invalid(path, name, "must be a standard resource type or fully qualified")];
}

/** Models ValidateResourceQuotaResourceName. */
export function quotaResourceNameErrors(name: string, path: string): FieldError[] {
  const errors = resourceNameErrors(name, path);
  const known = (STANDARD.includes(name) && name !== "storage") || /^(requests\.)?hugepages-/.test(name);
  if (!name.includes("/") && !known) errors.push(field.invalid(path, name, "must be a standard resource for quota"));
  return errors;
}

/** Models validateContainerResourceName. */
export function containerResourceNameErrors(name: string, path: string): FieldError[] {
  const errors = resourceNameErrors(name, path);
  if (!name.includes("/")) {
    if (!CONTAINER_RESOURCES.includes(name) && !isHugePages(name))
      errors.push(field.invalid(path, name, "must be a standard resource for containers"));
  } else if (!isNative(name) && !isExtended(name))
    errors.push(field.invalid(path, name, "doesn't follow extended resource name standard"));
  return errors;
}

/** Models ValidateNonnegativeQuantity. */
export function nonnegativeQuantityErrors(value: string | number, path: string): FieldError[] {
  const { nano, text } = parseQuantity(String(value));
  return nano < 0n ? [field.invalid(path, text, "must be greater than or equal to 0")] : [];
}

/** Models ValidateResourceQuantityValue. */
export function resourceValueErrors(name: string, value: string | number, path: string): FieldError[] {
  const quantity = parseQuantity(String(value));
  const errors = nonnegativeQuantityErrors(value, path);
  const whole = COUNTED.includes(name) || isExtended(name);
  if (whole && quantityMilliValue(quantity) % 1000n !== 0n)
    errors.push(field.invalid(path, quantity.text, "must be an integer"));
  return errors;
}

/** Models validateResourceQuantityHugePageValue. */
function hugePagesErrors(name: string, value: string | number, path: string): FieldError[] {
  if (!isHugePages(name)) return [];
  let page = 0n;
  try {
    page = parseQuantity(name.slice("hugepages-".length)).nano;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
  }
  const { nano, text } = parseQuantity(String(value));
  if (page > 0n && page % 1_000_000_000n === 0n && nano % page === 0n) return [];
  return [field.invalid(path, text, `${text} is not positive integer multiple of ${name}`)];
}

/** `claims`: the names of the claims that the pod has. */
export function containerResourcesErrors(
  resources: ResourceRequirements,
  path: string,
  claims: readonly string[] = [],
): FieldError[] {
  return requirementsErrors(resources, path, claims, containerResourceNameErrors);
}

/** Models validateResourceRequirements. */
export function requirementsErrors(
  resources: ResourceRequirements,
  path: string,
  claims: readonly string[],
  nameErrors: (name: string, path: string) => FieldError[],
): FieldError[] {
  const errors: FieldError[] = [];
  const { limits = {}, requests = {} } = resources;
  const overcommits = (name: string) => isNative(name) && !isHugePages(name);
  for (const name of sortedKeys(limits)) {
    const at = `${path}.limits[${name}]`;
    errors.push(
      ...nameErrors(name, at),
      ...resourceValueErrors(name, limits[name]!, at),
      ...hugePagesErrors(name, limits[name]!, at),
    );
  }
  for (const name of sortedKeys(requests)) {
    const at = `${path}.requests[${name}]`;
    errors.push(...nameErrors(name, at), ...resourceValueErrors(name, requests[name]!, at));
    const request = parseQuantity(String(requests[name]));
    const limit = limits[name] === undefined ? undefined : parseQuantity(String(limits[name]));
    if (limit) {
      const order = compareQuantities(request, limit);
      const text = `${name} limit of ${limit.text}`;
      if (order !== 0 && !overcommits(name))
        errors.push(field.invalid(`${path}.requests`, request.text, `must be equal to ${text}`));
      else if (order > 0)
        errors.push(field.invalid(`${path}.requests`, request.text, `must be less than or equal to ${text}`));
    } else if (!overcommits(name))
      errors.push(field.required(`${path}.limits`, "Limit must be set for non overcommitable resources"));
    errors.push(...hugePagesErrors(name, requests[name]!, at));
  }
  const names = [...sortedKeys(limits), ...sortedKeys(requests)];
  if (names.some(isHugePages) && !names.includes("cpu") && !names.includes("memory"))
    errors.push(field.forbidden(path, "HugePages require cpu or memory"));
  return [...errors, ...claimNamesErrors(resources.claims ?? [], claims, `${path}.claims`)];
}
