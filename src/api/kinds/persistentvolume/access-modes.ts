/** The annotation that named a storage class before the field did, and still goes before it. */
export const STORAGE_CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

const SHORT: readonly (readonly [mode: string, short: string])[] = [
  ["ReadWriteOnce", "RWO"],
  ["ReadOnlyMany", "ROX"],
  ["ReadWriteMany", "RWX"],
  ["ReadWriteOncePod", "RWOP"],
];

/** `RWO,ROX`, in a fixed order. Models GetAccessModesAsString of kubernetes pkg/apis/core/helper. */
export function accessModesText(modes: readonly string[] = []): string {
  return SHORT.flatMap(([mode, short]) => (modes.includes(mode) ? [short] : [])).join(",");
}
