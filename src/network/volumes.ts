import { encodeText } from "../api/encoding/text.ts";
import { keyedUuid } from "../api/keyed-random.ts";
import type { Snapshot } from "../api/snapshot.ts";
import type {
  DownwardAPIVolumeFile,
  KeyToPath,
  Pod,
  Volume,
  VolumeMount,
  VolumeProjection,
} from "../api/types/core.ts";
import { configMapKeys, keyFiles, secretKeys } from "../images/mounted-files.ts";
import { nodeFiles } from "./dns/machine-files.ts";
import { podField } from "./environment.ts";

/** What a mount shows: the volume's own files by their path in it, and how paths in the container and in the volume go together. */
export interface VolumeContent {
  files: ReadonlyMap<string, Uint8Array>;
  /** Containers may write to it. */
  writable: boolean;
  /** The mount is one file (subPath of a file). */
  single: boolean;
  inner(path: string): string;
  outer(name: string): string;
}

/** Models kubernetes pkg/volume (configmap, secret, downwardapi, projected): one file a key, trailing line ends as they are. */
export function volumeContent(snapshot: Snapshot, pod: Pod, mount: VolumeMount): VolumeContent {
  const volume = pod.spec?.volumes?.find((candidate) => candidate.name === mount.name);
  const given = volume ? givenFiles(snapshot, pod, volume) : undefined;
  const sub = (mount.subPath ?? "").replace(/^\/|\/$/g, "");
  const root = mount.mountPath.replace(/\/$/, "");
  const inner = (path: string) => [sub, path.slice(root.length + 1)].filter((part) => part !== "").join("/");
  const outer = (name: string) => {
    const below = sub === "" ? name : name === sub ? "" : name.slice(sub.length + 1);
    return below === "" ? root : `${root}/${below}`;
  };
  const files = new Map(
    [...(given ?? [])].filter(([name]) => sub === "" || name === sub || name.startsWith(`${sub}/`)),
  );
  return {
    files,
    writable: (given === undefined || volume?.hostPath !== undefined) && mount.readOnly !== true,
    single: sub !== "" && files.has(sub),
    inner,
    outer,
  };
}

/** undefined: containers fill it themselves. */
function givenFiles(snapshot: Snapshot, pod: Pod, volume: Volume): Map<string, Uint8Array> | undefined {
  const files = new Map<string, Uint8Array>();
  const home = pod.metadata.namespace ?? "default";
  if (volume.configMap) add(files, configMapKeys(snapshot, home, volume.configMap.name ?? ""), volume.configMap.items);
  else if (volume.secret) add(files, secretKeys(snapshot, home, volume.secret.secretName ?? ""), volume.secret.items);
  else if (volume.downwardAPI) addFields(files, snapshot, pod, volume.downwardAPI.items);
  else if (volume.hostPath) addNodeFiles(files, snapshot, pod, volume.hostPath.path);
  else if (volume.projected) for (const source of volume.projected.sources ?? []) project(files, snapshot, pod, source);
  else return undefined;
  return files;
}

/** Of what a node has, the few files that are known. */
function addNodeFiles(files: Map<string, Uint8Array>, snapshot: Snapshot, pod: Pod, folder: string): void {
  const inside = `${folder.replace(/\/+$/, "")}/`;
  for (const [path, text] of Object.entries(nodeFiles(snapshot, pod.spec?.nodeName ?? "")))
    if (path.startsWith(inside)) files.set(path.slice(inside.length), encodeText(text));
}

function project(files: Map<string, Uint8Array>, snapshot: Snapshot, pod: Pod, source: VolumeProjection): void {
  const home = pod.metadata.namespace ?? "default";
  if (source.configMap) add(files, configMapKeys(snapshot, home, source.configMap.name ?? ""), source.configMap.items);
  if (source.secret) add(files, secretKeys(snapshot, home, source.secret.name ?? ""), source.secret.items);
  if (source.downwardAPI) addFields(files, snapshot, pod, source.downwardAPI.items);
  if (source.serviceAccountToken) files.set(source.serviceAccountToken.path, encodeText(accountToken(snapshot, pod)));
}

function add(
  files: Map<string, Uint8Array>,
  keys: ReadonlyMap<string, Uint8Array>,
  items: readonly KeyToPath[] | undefined,
): void {
  for (const [path, data] of keyFiles(keys, items)) files.set(path, data);
}

function addFields(
  files: Map<string, Uint8Array>,
  snapshot: Snapshot,
  pod: Pod,
  items: readonly DownwardAPIVolumeFile[] | undefined,
): void {
  for (const { path, fieldRef } of items ?? [])
    if (fieldRef) files.set(path, encodeText(podField(snapshot, pod, fieldRef.fieldPath)));
}

/** A JSON Web Token as the API server signs them for pods: its claims are true, its signature is nobody's. */
function accountToken(snapshot: Snapshot, pod: Pod): string {
  const part = (value: object) => base64Url(JSON.stringify(value));
  const { namespace = "default", name = "", uid = "" } = pod.metadata;
  const issued = Math.floor((Date.parse(pod.status?.startTime ?? "") || snapshot.now) / 1000);
  const account = pod.spec?.serviceAccountName ?? "default";
  const issuer = "https://kubernetes.default.svc.cluster.local";
  const owner = snapshot.get("serviceaccounts", namespace, account);
  const claims = {
    aud: [issuer],
    exp: issued + 31_536_000,
    iat: issued,
    iss: issuer,
    jti: keyedUuid(snapshot.cluster.seed, "token", uid),
    "kubernetes.io": {
      namespace,
      node: {
        name: pod.spec?.nodeName ?? "",
        uid: snapshot.get("nodes", "", pod.spec?.nodeName ?? "")?.metadata.uid ?? "",
      },
      pod: { name, uid },
      serviceaccount: { name: account, uid: owner?.metadata.uid ?? "" },
      warnafter: issued + 3607,
    },
    nbf: issued,
    sub: `system:serviceaccount:${namespace}:${account}`,
  };
  const key = keyedUuid(snapshot.cluster.seed, "token key").replaceAll("-", "");
  return `${part({ alg: "RS256", kid: key })}.${part(claims)}.${base64Url(key.repeat(8))}`;
}

function base64Url(text: string): string {
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
