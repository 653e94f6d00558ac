import { labelKeyErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { parseQuantity } from "../../meta/quantity.ts";
import { type FieldError, field } from "../../status.ts";
import type { ObjectFieldSelector, ResourceFieldSelector } from "../../types/core.ts";

/** What variables and files tell of their own pod. Models validateObjectFieldSelector and validateContainerResourceFieldSelector of kubernetes pkg/apis/core/validation/validation.go. */

const KNOWN = [
  ...["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"],
  ...["spec.nodeName", "spec.restartPolicy", "spec.serviceAccountName", "spec.schedulerName", "status.phase"],
  ...["status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"],
];

/** `allowed`: the fields without a subscript that may be named here, sorted. */
export function fieldRefErrors(
  { apiVersion, fieldPath }: ObjectFieldSelector,
  allowed: readonly string[],
  path: string,
): FieldError[] {
  if (!apiVersion) return [field.required(`${path}.apiVersion`)];
  if (!fieldPath) return [field.required(`${path}.fieldPath`)];
  const refuse = (reason: string) => [
    field.invalid(`${path}.fieldPath`, fieldPath, `error converting fieldPath: ${reason}`),
  ];
  if (apiVersion !== "v1") return refuse(`unsupported pod version: ${apiVersion}`);
  const subscript = /^(.+?)\['(.*)'\]$/s.exec(fieldPath);
  if (subscript) {
    const [, name = "", key = ""] = subscript;
    if (name === "metadata.annotations") return invalidEach(path, key.toLowerCase(), labelKeyErrors(key.toLowerCase()));
    if (name === "metadata.labels") return invalidEach(path, key, labelKeyErrors(key));
    return refuse(`field label does not support subscript: ${fieldPath}`);
  }
  // What clients of former days call it.
  const name = fieldPath === "spec.host" ? "spec.nodeName" : fieldPath;
  if (!KNOWN.includes(name)) return refuse(`field label not supported: ${fieldPath}`);
  return allowed.includes(name) ? [] : [field.notSupported(`${path}.fieldPath`, name, allowed)];
}

const RESOURCES = ["cpu", "ephemeral-storage", "memory"];
const RESOURCE_FIELDS = ["limits", "requests"].flatMap((list) => RESOURCES.map((name) => `${list}.${name}`));

/** `inVolume`: no container is at hand, one has to be named. */
export function resourceFieldErrors(ref: ResourceFieldSelector, inVolume: boolean, path: string): FieldError[] {
  const { resource = "", containerName, divisor } = ref;
  const errors: FieldError[] = [];
  if (inVolume && !containerName) errors.push(field.required(`${path}.containerName`));
  else if (!resource) errors.push(field.required(`${path}.resource`));
  else if (!RESOURCE_FIELDS.includes(resource) && !/^(limits|requests)\.hugepages-/.test(resource))
    errors.push(field.notSupported(`${path}.resource`, resource, RESOURCE_FIELDS));
  return [...errors, ...divisorErrors(resource, divisor, `${path}.divisor`)];
}

const SIZES = ["1", ...["k", "M", "G", "T", "P", "E"].map((unit) => `1${unit}`)].concat(
  ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].map((unit) => `1${unit}`),
);

/** Models validateContainerResourceDivisor. */
function divisorErrors(resource: string, divisor: string | number | undefined, path: string): FieldError[] {
  const { nano, text } = parseQuantity(String(divisor ?? 0));
  if (nano === 0n) return [];
  const name = resource.replace(/^(limits|requests)\./, "");
  if (name === resource) return [];
  if (name === "cpu")
    return ["1m", "1"].includes(text)
      ? []
      : [field.invalid(path, resource, "only divisor's values 1m and 1 are supported with the cpu resource")];
  const what = name.startsWith("hugepages-")
    ? "hugepages"
    : { memory: "memory", "ephemeral-storage": "local ephemeral storage" }[name];
  if (what === undefined || SIZES.includes(text)) return [];
  return [
    field.invalid(path, resource, `only divisor's values ${SIZES.join(", ")} are supported with the ${what} resource`),
  ];
}
