import { decodeBase64, encodeText, strictText } from "../api/encoding/text.ts";
import type { Snapshot } from "../api/snapshot.ts";
import type { ConfigMap, Container, KeyToPath, Pod, Secret } from "../api/types/core.ts";

/** The keys of a ConfigMap or Secret as files of a volume: all, or those that `items` names under other names. */
export function keyFiles(
  all: ReadonlyMap<string, Uint8Array>,
  items: readonly KeyToPath[] | undefined,
): Map<string, Uint8Array> {
  if (!items?.length) return new Map(all);
  return new Map(
    items.flatMap(({ key, path }): [string, Uint8Array][] => {
      const data = all.get(key);
      return data ? [[path, data]] : [];
    }),
  );
}

export function configMapKeys(snapshot: Snapshot, namespace: string, name: string): Map<string, Uint8Array> {
  const map = snapshot.get<ConfigMap>("configmaps", namespace, name);
  const all = new Map<string, Uint8Array>();
  for (const [key, text] of Object.entries(map?.data ?? {})) all.set(key, encodeText(text));
  for (const [key, text] of Object.entries(map?.binaryData ?? {})) all.set(key, decodeBase64(text));
  return all;
}

export function secretKeys(snapshot: Snapshot, namespace: string, name: string): Map<string, Uint8Array> {
  const secret = snapshot.get<Secret>("secrets", namespace, name);
  return new Map(Object.entries(secret?.data ?? {}).map(([key, text]) => [key, decodeBase64(text)]));
}

/**
 * The texts that ConfigMaps and Secrets put below a folder of a container, by absolute path; undefined: none is mounted there, and the
 * image's own files stay.
 */
export function mountedTexts(
  snapshot: Snapshot,
  pod: Pod,
  container: Container,
  folder: string,
): Map<string, string> | undefined {
  const namespace = pod.metadata.namespace ?? "default";
  const found = new Map<string, string>();
  let mounted = false;
  for (const { name, mountPath, subPath } of container.volumeMounts ?? []) {
    const root = mountPath.replace(/\/$/, "");
    if (root !== folder && !root.startsWith(`${folder}/`)) continue;
    const volume = pod.spec?.volumes?.find((candidate) => candidate.name === name);
    const { configMap, secret } = volume ?? {};
    const files = configMap
      ? keyFiles(configMapKeys(snapshot, namespace, configMap.name ?? ""), configMap.items)
      : secret
        ? keyFiles(secretKeys(snapshot, namespace, secret.secretName ?? ""), secret.items)
        : undefined;
    if (!files) continue;
    mounted = true;
    for (const [path, data] of files) {
      const text = strictText(data);
      if (text === undefined) continue;
      if (subPath === undefined) found.set(`${root}/${path}`, text);
      else if (path === subPath) found.set(root, text);
    }
  }
  return mounted ? found : undefined;
}
