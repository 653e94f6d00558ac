import { getKey } from "../../api/json.ts";
import { parseQuantity, quantityMilliValue, quantityValue } from "../../api/meta/quantity.ts";
import type { Container, EnvVar, Pod, ResourceFieldSelector } from "../../api/types/core.ts";
import type { DescribeWriter } from "./writer.ts";

/** The value of an environment variable that is a field of its pod. */
export type FieldResolver = (variable: EnvVar) => string;

/**
 * Only the name and the namespace: kubectl knows no other field labels of pods.
 * Models EnvValueRetriever with apimachinery's DefaultMetaV1FieldSelectorConversion.
 */
export function fieldsOf({ metadata }: Pod): FieldResolver {
  return ({ valueFrom }) => {
    const path = valueFrom?.fieldRef?.fieldPath;
    if (path === "metadata.name") return metadata.name ?? "";
    return path === "metadata.namespace" ? (metadata.namespace ?? "") : "";
  };
}

/** Models describeContainerEnvFrom. */
export function writeEnvFrom(w: DescribeWriter, { envFrom = [] }: Container): void {
  if (envFrom.length === 0) return;
  w.write(2, "Environment Variables from:\n");
  for (const { configMapRef, secretRef, prefix } of envFrom) {
    const from = configMapRef ? "ConfigMap" : secretRef ? "Secret" : "";
    const { name = "", optional = false } = configMapRef ?? secretRef ?? {};
    w.write(3, `${name}\t${from}${prefix ? ` with prefix '${prefix}'` : ""}\tOptional: ${optional}\n`);
  }
}

/** Models describeContainerEnvVars. */
export function writeEnv(w: DescribeWriter, container: Container, resolve: FieldResolver | undefined): void {
  const { env = [] } = container;
  w.write(2, `Environment:${env.length === 0 ? "\t<none>" : ""}\n`);
  for (const variable of env) {
    const { name, value = "", valueFrom } = variable;
    if (!valueFrom) {
      for (const [i, line] of value.split("\n").entries()) w.write(3, `${i === 0 ? `${name}:` : ""}\t${line}\n`);
      continue;
    }
    const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
    if (fieldRef) {
      const field = `${fieldRef.apiVersion ?? ""}:${fieldRef.fieldPath}`;
      w.write(3, `${name}:\t${resolve?.(variable) ?? ""} (${field})\n`);
    } else if (resourceFieldRef) {
      w.write(3, `${name}:\t${resourceText(resourceFieldRef, container)} (${resourceFieldRef.resource})\n`);
    } else if (secretKeyRef) {
      const { key, name: secret = "", optional = false } = secretKeyRef;
      w.write(3, `${name}:\t<set to the key '${key}' in secret '${secret}'>\tOptional: ${optional}\n`);
    } else if (configMapKeyRef) {
      const { key, name: map = "", optional = false } = configMapKeyRef;
      w.write(3, `${name}:\t<set to the key '${key}' of config map '${map}'>\tOptional: ${optional}\n`);
    }
  }
}

/** Models kubectl pkg/util/resource ExtractContainerResourceValue. */
function resourceText({ resource, divisor }: ResourceFieldSelector, { resources }: Container): string {
  const [which = "", ...rest] = resource.split(".");
  const name = rest.join(".");
  const list = which === "limits" ? resources?.limits : which === "requests" ? resources?.requests : undefined;
  if (which !== "limits" && which !== "requests") return "";
  if (!["cpu", "memory", "ephemeral-storage"].includes(name) && !name.startsWith("hugepages-")) return "";
  const amount = parseQuantity(String((list && getKey(list, name)) ?? "0"));
  const given = parseQuantity(String(divisor ?? "0"));
  const unit = given.nano === 0n ? parseQuantity("1") : given;
  const read = name === "cpu" ? quantityMilliValue : quantityValue;
  const text = String(Math.ceil(Number(read(amount)) / Number(read(unit))));
  return text === "0" && (resource === "limits.cpu" || resource === "limits.memory") ? "node allocatable" : text;
}
