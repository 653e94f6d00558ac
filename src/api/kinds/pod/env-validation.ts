import { dns1123SubdomainErrors, labelKeyErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { configKeyErrors, envVarNameErrors, nameIsDnsSubdomain } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { ConfigMapKeySelector, EnvFromSource, EnvVar, ObjectFieldSelector } from "../../types/core.ts";

/** Models ValidateEnv and ValidateEnvFrom of kubernetes pkg/apis/core/validation/validation.go. */

const FIELDS = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
];
const KNOWN_FIELDS = [
  ...FIELDS,
  "metadata.annotations",
  "metadata.labels",
  "spec.restartPolicy",
  "spec.schedulerName",
  "status.phase",
];
const RESOURCES = ["cpu", "ephemeral-storage", "memory"];
const RESOURCE_FIELDS = ["limits", "requests"].flatMap((list) => RESOURCES.map((name) => `${list}.${name}`));

export function envErrors(env: EnvVar[], path: string): FieldError[] {
  return env.flatMap((variable, i) => {
    const at = `${path}[${i}].name`;
    const errors = variable.name
      ? invalidEach(at, variable.name, envVarNameErrors(variable.name))
      : [field.required(at)];
    return [...errors, ...valueFromErrors(variable, `${path}[${i}].valueFrom`)];
  });
}

function valueFromErrors({ value, valueFrom }: EnvVar, path: string): FieldError[] {
  if (!valueFrom) return [];
  const errors: FieldError[] = [];
  let count = 0;
  if (valueFrom.fieldRef) {
    count++;
    errors.push(...fieldRefErrors(valueFrom.fieldRef, `${path}.fieldRef`));
  }
  if (valueFrom.resourceFieldRef) {
    count++;
    const at = `${path}.resourceFieldRef.resource`;
    const { resource } = valueFrom.resourceFieldRef;
    if (!resource) errors.push(field.required(at));
    else if (!RESOURCE_FIELDS.includes(resource) && !/^(limits|requests)\.hugepages-/.test(resource))
      errors.push(field.notSupported(at, resource, RESOURCE_FIELDS));
  }
  if (valueFrom.configMapKeyRef) {
    count++;
    errors.push(...keyRefErrors(valueFrom.configMapKeyRef, `${path}.configMapKeyRef`));
  }
  if (valueFrom.secretKeyRef) {
    count++;
    errors.push(...keyRefErrors(valueFrom.secretKeyRef, `${path}.secretKeyRef`));
  }
  if (valueFrom.fileKeyRef) count++;
  const sources = "`fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`";
  if (count === 0) errors.push(field.invalid(path, "", `must specify one of: ${sources}`));
  else if (value) errors.push(field.invalid(path, "", "may not be specified when `value` is not empty"));
  else if (count > 1) errors.push(field.invalid(path, "", "may not have more than one field specified at a time"));
  return errors;
}

function keyRefErrors(ref: ConfigMapKeySelector, path: string): FieldError[] {
  const name = ref.name ?? "";
  const errors = invalidEach(`${path}.name`, name, dns1123SubdomainErrors(name));
  if (!ref.key) errors.push(field.required(`${path}.key`));
  else errors.push(...invalidEach(`${path}.key`, ref.key, configKeyErrors(ref.key)));
  return errors;
}

function fieldRefErrors({ apiVersion, fieldPath }: ObjectFieldSelector, path: string): FieldError[] {
  if (!apiVersion) return [field.required(`${path}.apiVersion`)];
  if (!fieldPath) return [field.required(`${path}.fieldPath`)];
  const subscript = /^(.+)\['(.*)'\]$/.exec(fieldPath);
  const name = subscript ? subscript[1]! : fieldPath;
  if (apiVersion !== "v1" || !KNOWN_FIELDS.includes(name)) {
    const reason =
      apiVersion === "v1" ? `field label not supported: ${fieldPath}` : `unsupported pod version: ${apiVersion}`;
    return [field.invalid(`${path}.fieldPath`, fieldPath, `error converting fieldPath: ${reason}`)];
  }
  if (subscript) {
    const key = subscript[2]!;
    if (name === "metadata.annotations") return invalidEach(path, key.toLowerCase(), labelKeyErrors(key.toLowerCase()));
    if (name === "metadata.labels") return invalidEach(path, key, labelKeyErrors(key));
    return [field.invalid(path, name, "does not support subscript")];
  }
  return FIELDS.includes(name) ? [] : [field.notSupported(`${path}.fieldPath`, name, FIELDS)];
}

export function envFromErrors(sources: EnvFromSource[], path: string): FieldError[] {
  return sources.flatMap(({ prefix, configMapRef, secretRef }, i) => {
    const at = `${path}[${i}]`;
    const errors = prefix ? invalidEach(`${at}.prefix`, prefix, envVarNameErrors(prefix)) : [];
    const nameErrors = (name: string | undefined, where: string) =>
      name ? invalidEach(where, name, nameIsDnsSubdomain(name, true)) : [field.required(where)];
    if (configMapRef) errors.push(...nameErrors(configMapRef.name, `${at}.configMapRef.name`));
    if (secretRef) errors.push(...nameErrors(secretRef.name, `${at}.secretRef.name`));
    if (!configMapRef && !secretRef)
      errors.push(field.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`"));
    if (configMapRef && secretRef)
      errors.push(field.invalid(path, "", "may not have more than one field specified at a time"));
    return errors;
  });
}
