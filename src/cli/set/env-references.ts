import { goQuote } from "../../api/encoding/go-quote.ts";
import { compareStrings, sortedKeys } from "../../api/json.ts";
import { labelKeyErrors } from "../../api/meta/names.ts";
import { parseQuantity } from "../../api/meta/quantity.ts";
import type { KubeObject } from "../../api/object.ts";
import type { Container, EnvVarSource } from "../../api/types/core.ts";
import { type CommandContext, CommandError } from "../command.ts";

/** Where a variable's value comes from, in words. Models kubectl pkg/cmd/set/env/env_resolve.go (GetEnvVarRefString). */
export function referenceText({ configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef }: EnvVarSource): string {
  if (configMapKeyRef) return `configmap ${configMapKeyRef.name ?? ""}, key ${configMapKeyRef.key}`;
  if (secretKeyRef) return `secret ${secretKeyRef.name ?? ""}, key ${secretKeyRef.key}`;
  if (fieldRef) return `field path ${fieldRef.fieldPath}`;
  if (!resourceFieldRef) return "invalid valueFrom";
  const { containerName, resource } = resourceFieldRef;
  return `resource field ${containerName ? `${containerName}/` : ""}${resource}`;
}

/** The value of a reference. Throws ApiError, CommandError. Models GetEnvVarRefValue. */
export async function referenceValue(
  from: EnvVarSource,
  object: KubeObject,
  container: Container,
  { client, namespace }: Pick<CommandContext, "client" | "namespace">,
): Promise<string> {
  if (from.secretKeyRef) {
    const { name = "", key } = from.secretKeyRef;
    const data = dataOf(await client.get("secrets", namespace, name));
    if (Object.hasOwn(data, key)) return Buffer.from(data[key]!, "base64").toString("utf8");
    throw new CommandError(`key ${key} not found in secret ${name}`);
  }
  if (from.configMapKeyRef) {
    const { name = "", key } = from.configMapKeyRef;
    const data = dataOf(await client.get("configmaps", namespace, name));
    if (Object.hasOwn(data, key)) return data[key]!;
    throw new CommandError(`key ${key} not found in config map ${name}`);
  }
  if (from.fieldRef) return fieldValue(object, from.fieldRef.fieldPath);
  if (from.resourceFieldRef) return resourceValue(container, from.resourceFieldRef);
  throw new CommandError("invalid valueFrom");
}

/** `data` of a ConfigMap or Secret. */
export function dataOf(object: KubeObject): Record<string, string> {
  return (object as KubeObject & { data?: Record<string, string> }).data ?? {};
}

function fieldValue({ metadata }: KubeObject, path: string): string {
  const [, map, key] = /^(.+?)\['(.*)'\]$/s.exec(path) ?? [];
  if (map !== undefined && key !== undefined) {
    if (map !== "metadata.annotations" && map !== "metadata.labels") {
      throw new CommandError(`fieldPath ${goQuote(path)} does not support subscript`);
    }
    const annotations = map === "metadata.annotations";
    const errors = labelKeyErrors(annotations ? key.toLowerCase() : key);
    if (errors.length > 0) throw new CommandError(`invalid key subscript in ${path}: ${errors.join(";")}`);
    const values = (annotations ? metadata.annotations : metadata.labels) ?? {};
    return Object.hasOwn(values, key) ? values[key]! : "";
  }
  if (path === "metadata.annotations") return mapText(metadata.annotations);
  if (path === "metadata.labels") return mapText(metadata.labels);
  if (path === "metadata.name") return metadata.name ?? "";
  if (path === "metadata.namespace") return metadata.namespace ?? "";
  if (path === "metadata.uid") return metadata.uid ?? "";
  throw new CommandError(`unsupported fieldPath: ${path}`);
}

function mapText(map: Record<string, string> = {}): string {
  return sortedKeys(map)
    .map((key) => `${key}=${goQuote(map[key]!)}`)
    .join("\n");
}

const RESOURCES = ["cpu", "memory", "ephemeral-storage"];

function resourceValue(container: Container, { resource, divisor }: { resource: string; divisor?: unknown }): string {
  const [, list, name = ""] = /^(limits|requests)\.(.*)$/s.exec(resource) ?? [];
  if (list === undefined || !(RESOURCES.includes(name) || name.startsWith("hugepages-"))) {
    throw new CommandError(`Unsupported container resource : ${resource}`);
  }
  const amounts = (list === "limits" ? container.resources?.limits : container.resources?.requests) ?? {};
  const amount = parseQuantity(String(Object.hasOwn(amounts, name) ? amounts[name] : "0")).nano;
  const asked = parseQuantity(String(divisor ?? "0")).nano;
  const unit = asked === 0n ? 1_000_000_000n : asked;
  return String((amount + unit - 1n) / unit);
}

/** The lines about variables that could not be made out: those of one reason together, in order. */
export function resolveErrorLines(failures: ReadonlyMap<string, string[]>): string[] {
  return [...failures]
    .map(([reason, names]) => `error retrieving reference for ${names.sort(compareStrings).join(", ")}: ${reason}`)
    .sort(compareStrings);
}
