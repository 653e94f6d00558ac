import type { Snapshot } from "../../api/snapshot.ts";
import type { ConfigMap, Container, KeyToPath, Pod, Secret } from "../../api/types/core.ts";

/** The object of a pod's namespace that is wanted, as the API client tells that it is missing. */
function notFound(kind: "configmap" | "secret", name: string): string {
  return `${kind} ${JSON.stringify(name)} not found`;
}

/**
 * What a container's environment lacks, in the kubelet's words; undefined: nothing. Models kubernetes pkg/kubelet/kubelet_pods.go
 * makeEnvironmentVariables.
 */
export function missingVariable(snapshot: Snapshot, pod: Pod, container: Container): string | undefined {
  const { namespace = "default" } = pod.metadata;
  const map = (name: string) => snapshot.get<ConfigMap>("configmaps", namespace, name);
  const secret = (name: string) => snapshot.get<Secret>("secrets", namespace, name);
  for (const { configMapRef, secretRef } of container.envFrom ?? []) {
    const { name = "" } = configMapRef ?? secretRef ?? {};
    if (configMapRef && !configMapRef.optional && !map(name)) return notFound("configmap", name);
    if (secretRef && !secretRef.optional && !secret(name)) return notFound("secret", name);
  }
  for (const { valueFrom } of container.env ?? []) {
    const { configMapKeyRef, secretKeyRef } = valueFrom ?? {};
    const wanted = configMapKeyRef ?? secretKeyRef;
    if (!wanted || wanted.optional) continue;
    const { name = "", key } = wanted;
    const found = configMapKeyRef ? map(name) : secret(name);
    if (!found) return notFound(configMapKeyRef ? "configmap" : "secret", name);
    if (!Object.hasOwn(found.data ?? {}, key))
      return `couldn't find key ${key} in ${configMapKeyRef ? "ConfigMap" : "Secret"} ${namespace}/${name}`;
  }
  return undefined;
}

/** Whether the volumes of a pod can be mounted. */
export interface Mounted {
  /** Of the event, when one cannot. */
  failure?: string;
  /** Milliseconds since 1970 at which the last of what they are made of came; 0 for none. */
  since: number;
}

/** Models pkg/volume/configmap and pkg/volume/secret (SetUpAt); of other volumes nothing is looked at. */
export function mountedVolumes(snapshot: Snapshot, pod: Pod): Mounted {
  const { namespace = "default" } = pod.metadata;
  let since = 0;
  for (const { name: volume, configMap, secret } of pod.spec?.volumes ?? []) {
    const source = configMap ?? secret;
    if (!source || source.optional) continue;
    const name = configMap?.name ?? secret?.secretName ?? "";
    const kind = configMap ? "configmap" : "secret";
    const found = snapshot.get<ConfigMap | Secret>(`${kind}s`, namespace, name);
    const why = found ? missingKey(kind, source.items, found) : notFound(kind, name);
    if (why !== undefined)
      return { failure: `MountVolume.SetUp failed for volume ${JSON.stringify(volume)} : ${why}`, since };
    since = Math.max(since, Date.parse(found?.metadata.creationTimestamp ?? "") || 0);
  }
  return { since };
}

function missingKey(
  kind: "configmap" | "secret",
  items: readonly KeyToPath[] | undefined,
  { data = {}, ...rest }: ConfigMap | Secret,
): string | undefined {
  const binary = "binaryData" in rest ? (rest.binaryData ?? {}) : {};
  const missing = items?.find(({ key }) => !Object.hasOwn(data, key) && !Object.hasOwn(binary, key));
  if (!missing) return undefined;
  return kind === "secret"
    ? `references non-existent secret key: ${missing.key}`
    : `configmap references non-existent config key: ${missing.key}`;
}
