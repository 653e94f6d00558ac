/** Kinds of volumes that are on their way out, by the name of their field, and what is said of them. Models kubernetes pkg/api/pod and pkg/api/persistentvolume. */
const DEPRECATED = {
  photonPersistentDisk: "deprecated in v1.11, non-functional in v1.16+",
  gitRepo: "deprecated in v1.11, and disabled by default in v1.33+",
  scaleIO: "deprecated in v1.16, non-functional in v1.22+",
  flocker: "deprecated in v1.22, non-functional in v1.25+",
  storageos: "deprecated in v1.22, non-functional in v1.25+",
  quobyte: "deprecated in v1.22, non-functional in v1.25+",
  glusterfs: "deprecated in v1.25, non-functional in v1.26+",
  cephfs: "deprecated in v1.28, non-functional in v1.31+",
  rbd: "deprecated in v1.28, non-functional in v1.31+",
} as const;

/** What is said of the sources that a volume names, in the order of `kinds`; `path` is the volume's. */
export function deprecatedSources<K extends keyof typeof DEPRECATED>(
  volume: Partial<Record<K, unknown>>,
  kinds: readonly K[],
  path: string,
): string[] {
  return kinds
    .filter((kind) => volume[kind])
    .map((kind) => `${path}.${kind === "storageos" ? "storageOS" : kind}: ${DEPRECATED[kind]}`);
}
