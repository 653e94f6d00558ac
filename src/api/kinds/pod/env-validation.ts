import { dns1123LabelErrors, dns1123SubdomainErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { configKeyErrors, envVarNameErrors, nameIsDnsSubdomain } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { ConfigMapKeySelector, EnvFromSource, EnvVar, FileKeySelector, PodSpec } from "../../types/core.ts";
import { fieldRefErrors, resourceFieldErrors } from "./field-refs-validation.ts";
import { backstepErrors } from "./paths-validation.ts";
import { containersWithPaths } from "./state.ts";

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
    errors.push(...fieldRefErrors(valueFrom.fieldRef, FIELDS, `${path}.fieldRef`));
  }
  if (valueFrom.resourceFieldRef) {
    count++;
    errors.push(...resourceFieldErrors(valueFrom.resourceFieldRef, false, `${path}.resourceFieldRef`));
  }
  if (valueFrom.configMapKeyRef) {
    count++;
    errors.push(...keyRefErrors(valueFrom.configMapKeyRef, `${path}.configMapKeyRef`));
  }
  if (valueFrom.secretKeyRef) {
    count++;
    errors.push(...keyRefErrors(valueFrom.secretKeyRef, `${path}.secretKeyRef`));
  }
  if (valueFrom.fileKeyRef) {
    count++;
    errors.push(...fileKeyErrors(valueFrom.fileKeyRef, `${path}.fileKeyRef`));
  }
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

function fileKeyErrors({ key, volumeName, path: target }: FileKeySelector, path: string): FieldError[] {
  return [
    ...(key ? invalidEach(`${path}.key`, key, envVarNameErrors(key)) : [field.required(`${path}.key`)]),
    ...(volumeName
      ? invalidEach(`${path}.volumeName`, volumeName, dns1123LabelErrors(volumeName))
      : [field.required(`${path}.volumeName`)]),
    ...(target ? backstepErrors(target, `${path}.path`) : [field.required(`${path}.path`)]),
  ];
}

/** Models validateFileKeyRefVolumes. */
export function fileKeyVolumesErrors(spec: PodSpec, path: string): FieldError[] {
  return containersWithPaths(spec, path).flatMap(([{ env }, at]) =>
    (env ?? []).flatMap(({ valueFrom }, i) => {
      if (!valueFrom?.fileKeyRef) return [];
      const name = valueFrom.fileKeyRef.volumeName ?? "";
      const where = `${at}.env[${i}].valueFrom.fileKeyRef.volumeName`;
      const volume = spec.volumes?.findLast((it) => (it.name ?? "") === name);
      if (!volume) return [field.notFound(where, name)];
      return volume.emptyDir ? [] : [field.invalid(where, name, "referenced volume must be of type emptyDir")];
    }),
  );
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
