import type { ConfigMap, Pod, Secret } from "../../api/types/core.ts";
import { nearest } from "./distance.ts";
import { type Case, inNamespace, shellWord } from "./finding.ts";

interface Wanted {
  kind: "configmap" | "secret";
  name: string;
  key?: string;
  /** Who asks. */
  by: string;
}

/** The first ConfigMap or Secret, or key of one, that a pod needs and that is not there. */
export function missingConfiguration(subject: Case, pod: Pod): { problem: string; fix: string } | undefined {
  const { snapshot, namespace } = subject;
  for (const { kind, name, key, by } of wantedBy(pod)) {
    const found = snapshot.get<ConfigMap | Secret>(`${kind}s`, namespace, name);
    const binary = found && "binaryData" in found ? (found.binaryData ?? {}) : {};
    const keys = [...Object.keys(found?.data ?? {}), ...Object.keys(binary)];
    if (found && (key === undefined || keys.includes(key))) continue;
    const what = kind === "configmap" ? "ConfigMap" : "Secret";
    const flags = inNamespace(subject);
    if (found)
      return {
        problem: `${by} asks for key ${key} of ${what} ${name}, which has ${keys.join(", ") || "none"}`,
        fix: `kubectl patch ${kind} ${name}${flags} -p ${shellWord(JSON.stringify({ [kind === "secret" ? "stringData" : "data"]: { [key!]: nearestValue(found, key!) } }))}`,
      };
    const make = kind === "configmap" ? "configmap" : "secret generic";
    return {
      problem: `${by} asks for ${what} ${name}, which does not exist`,
      fix: `kubectl create ${make} ${name}${flags} --from-literal=${key ?? "key"}=value`,
    };
  }
  return undefined;
}

/** What stands under the key that was perhaps meant. */
function nearestValue(found: ConfigMap | Secret, key: string): string {
  const plain = found.kind === "Secret" ? [] : Object.entries(found.data ?? {});
  return nearest(key, plain, ([name]) => name)?.[1] ?? "value";
}

function wantedBy({ spec }: Pod): Wanted[] {
  const wanted: Wanted[] = [];
  for (const { name: volume, configMap, secret } of spec?.volumes ?? []) {
    const source = configMap ?? secret;
    if (!source || source.optional) continue;
    const kind = configMap ? "configmap" : "secret";
    const name = configMap?.name ?? secret?.secretName ?? "";
    const by = `volume ${volume}`;
    wanted.push({ kind, name, by }, ...(source.items ?? []).map(({ key }) => ({ kind, name, key, by }) as const));
  }
  for (const container of [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])]) {
    for (const { configMapRef, secretRef } of container.envFrom ?? []) {
      const source = configMapRef ?? secretRef;
      if (source && !source.optional)
        wanted.push({
          kind: configMapRef ? "configmap" : "secret",
          name: source.name ?? "",
          by: `container ${container.name}`,
        });
    }
    for (const { name: variable, valueFrom } of container.env ?? []) {
      const source = valueFrom?.configMapKeyRef ?? valueFrom?.secretKeyRef;
      if (source && !source.optional)
        wanted.push({
          kind: valueFrom?.configMapKeyRef ? "configmap" : "secret",
          name: source.name ?? "",
          key: source.key,
          by: `variable ${variable} of container ${container.name}`,
        });
    }
  }
  return wanted;
}
