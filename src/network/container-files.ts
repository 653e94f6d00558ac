import { decodeBase64, encodeBase64, encodeText, strictText } from "../api/encoding/text.ts";
import { getKey, setKey } from "../api/json.ts";
import { instanceOf, restartsOf, runtimeOf } from "../api/kinds/pod/runtime.ts";
import type { ContainerRuntime, PodRuntime, StoredFile } from "../api/records.ts";
import type { Snapshot } from "../api/snapshot.ts";
import type { Container, Pod, VolumeMount } from "../api/types/core.ts";
import { imageFiles } from "../images/catalogue.ts";
import { hostsFile, kernelHostname, resolvConf } from "./dns/machine-files.ts";
import type { Effect } from "./effects.ts";
import type { Location } from "./location.ts";
import { volumeContent } from "./volumes.ts";

/** What all files together that a pod's containers have written may take, in bytes: they are kept in the state file. */
const MAX_WRITTEN = 1 << 20;

/** Folders that every userland has. */
const FOLDERS =
  "/ /bin /boot /dev /etc /home /lib /media /mnt /opt /proc /root /run /sbin /srv /sys /tmp /usr /usr/bin /usr/lib /usr/local /usr/local/bin /usr/sbin /usr/share /var /var/cache /var/lib /var/log /var/run /var/spool /var/tmp".split(
    " ",
  );

export interface ContainerFile {
  data: Uint8Array;
  /** Milliseconds since 1970 at which it was written in the container; absent: it is as image or volume have it. */
  writtenAt?: number;
}

/** Why a file cannot be written, as errno(3) names it. */
export type WriteFailure = "ENOENT" | "EISDIR" | "ENOTDIR" | "EROFS" | "ENOSPC";

/**
 * The files of a container: its image's, those that kubelet puts there (hosts, hostname, resolv.conf), its volumes', and what it has
 * written itself, which lives as long as the container. What is written is handed to `record`, and read back out of `snapshot()`.
 */
export class ContainerFiles {
  private readonly snapshot: () => Snapshot;
  private readonly record: (effects: readonly Effect[]) => void;
  private readonly pod: Pod;
  private readonly container: Container;

  constructor(snapshot: () => Snapshot, record: (effects: readonly Effect[]) => void, pod: Pod, container: Container) {
    this.snapshot = snapshot;
    this.record = record;
    this.pod = pod;
    this.container = container;
  }

  read(path: string): Uint8Array | undefined {
    return this.file(path)?.data;
  }

  file(path: string): ContainerFile | undefined {
    if (path === "/dev/null") return { data: new Uint8Array() };
    const mount = this.mountOf(path);
    if (mount) {
      const content = this.volume(mount);
      const written = content.writable ? getKey(this.writtenTo(mount.name), content.inner(path)) : undefined;
      if (written) return contentOf(written as StoredFile);
      const data = content.files.get(content.inner(path));
      return data ? { data } : undefined;
    }
    const written = getKey(this.layer().files, path);
    if (written) return contentOf(written);
    const data = this.given(path);
    return data === undefined ? undefined : { data };
  }

  /** What differs from the image: see `PodView.changedFile`. */
  changed(path: string): { data: Uint8Array; writtenAt: number } | "removed" | "folder" | undefined {
    const stored = this.stored(path);
    if (stored && "removed" in stored) return "removed";
    if (stored && "folder" in stored) return "folder";
    const file = this.file(path);
    if (file?.writtenAt !== undefined) return { data: file.data, writtenAt: file.writtenAt };
    if (this.mountOf(path) === undefined) return undefined;
    if (file)
      return { data: file.data, writtenAt: Date.parse(this.pod.status?.startTime ?? "") || this.snapshot().now };
    return this.isDirectory(path) ? "folder" : "removed";
  }

  exists(path: string): boolean {
    return this.file(path) !== undefined || this.isDirectory(path);
  }

  isDirectory(path: string): boolean {
    const written = this.stored(path);
    if (written) return "folder" in written;
    if (FOLDERS.includes(path) || this.mounts().some((mount) => mount.mountPath === path && !this.volume(mount).single))
      return true;
    const inside = path === "/" ? "/" : `${path}/`;
    return this.paths().some((name) => name.startsWith(inside));
  }

  /** The names in a folder, in byte order. */
  list(path: string): string[] {
    const inside = path === "/" ? "/" : `${path}/`;
    const names = new Set<string>();
    for (const name of [...this.paths(), ...FOLDERS, ...this.mounts().map((mount) => mount.mountPath)])
      if (name.startsWith(inside) && name !== inside) names.add(name.slice(inside.length).split("/", 1)[0]!);
    return [...names].sort();
  }

  write(path: string, data: Uint8Array): WriteFailure | undefined {
    if (path === "/dev/null") return undefined;
    if (this.isDirectory(path)) return "EISDIR";
    const text = strictText(data);
    const at = this.snapshot().now;
    return this.store(path, text === undefined ? { base64: encodeBase64(data), at } : { text, at });
  }

  makeDirectory(path: string): WriteFailure | undefined {
    return this.isDirectory(path) ? undefined : this.store(path, { folder: true, at: this.snapshot().now });
  }

  /** Removes a file, or a folder with all that is in it. */
  remove(path: string): WriteFailure | undefined {
    const removed: StoredFile = { removed: true, at: this.snapshot().now };
    const inside = `${path}/`;
    for (const name of this.paths())
      if (name.startsWith(inside)) {
        const failure = this.store(name, removed);
        if (failure) return failure;
      }
    return this.store(path, removed);
  }

  /** Every path that is known to be there, folders that were made included. */
  paths(): string[] {
    const found = new Set<string>(["/etc/hostname", "/etc/hosts", "/etc/resolv.conf"]);
    for (const name of Object.keys(imageFiles(this.snapshot(), this.container))) found.add(name);
    for (const mount of this.mounts()) {
      const content = this.volume(mount);
      for (const name of content.files.keys()) found.add(content.outer(name));
      if (content.writable) this.apply(found, this.writtenTo(mount.name), content.outer);
    }
    this.apply(found, this.layer().files, (name) => name);
    return [...found].sort();
  }

  private apply(found: Set<string>, files: Record<string, StoredFile>, outer: (name: string) => string): void {
    for (const [name, file] of Object.entries(files)) {
      if ("removed" in file) found.delete(outer(name));
      else found.add(outer(name));
    }
  }

  /** What the image has, and what kubelet puts into every container. */
  private given(path: string): Uint8Array | undefined {
    const where: Location = {
      kind: "pod",
      namespace: this.pod.metadata.namespace ?? "default",
      name: this.pod.metadata.name ?? "",
    };
    const snapshot = this.snapshot();
    if (path === "/etc/hostname") return encodeText(`${kernelHostname(snapshot, where)}\n`);
    if (path === "/etc/hosts") return encodeText(hostsFile(snapshot, where));
    if (path === "/etc/resolv.conf") return encodeText(resolvConf(snapshot, where));
    const text = getKey(imageFiles(this.snapshot(), this.container), path);
    return typeof text === "string" ? encodeText(text) : undefined;
  }

  private store(path: string, file: StoredFile): WriteFailure | undefined {
    const parent = path.slice(0, path.lastIndexOf("/")) || "/";
    if (!("removed" in file)) {
      if (this.file(parent)) return "ENOTDIR";
      if (!this.isDirectory(parent)) return "ENOENT";
    }
    if (this.written() + sizeOf(file) > MAX_WRITTEN) return "ENOSPC";
    const mount = this.mountOf(path);
    const content = mount ? this.volume(mount) : undefined;
    if (content && !content.writable) return "EROFS";
    const files = {};
    setKey(files, content ? content.inner(path) : path, file);
    this.record([
      {
        kind: "files",
        namespace: this.pod.metadata.namespace ?? "default",
        pod: this.pod.metadata.name ?? "",
        podUid: this.pod.metadata.uid ?? "",
        container: this.container.name,
        restart: restartsOf(this.pod, this.container.name),
        ...(mount ? { volume: mount.name } : {}),
        files,
      },
    ]);
    return undefined;
  }

  private stored(path: string): StoredFile | undefined {
    const mount = this.mountOf(path);
    if (!mount) return getKey(this.layer().files, path);
    return getKey(this.writtenTo(mount.name), this.volume(mount).inner(path));
  }

  private written(): number {
    const record = this.runtime();
    if (!record) return 0;
    const all = [
      ...Object.values(record.containers).map((container) => container.files),
      ...Object.values(record.volumes),
    ];
    return all.flatMap((files) => Object.values(files)).reduce((sum, file) => sum + sizeOf(file), 0);
  }

  private runtime(): PodRuntime | undefined {
    return runtimeOf(this.snapshot(), this.pod);
  }

  private layer(): Pick<ContainerRuntime, "files"> {
    return instanceOf(this.snapshot(), this.pod, this.container.name) ?? { files: {} };
  }

  private writtenTo(volume: string): Record<string, StoredFile> {
    return getKey(this.runtime()?.volumes ?? {}, volume) ?? {};
  }

  private mounts(): readonly VolumeMount[] {
    return this.container.volumeMounts ?? [];
  }

  /** The mount that holds a path: the deepest one. */
  private mountOf(path: string): VolumeMount | undefined {
    return this.mounts()
      .filter(({ mountPath }) => path === mountPath || path.startsWith(`${mountPath.replace(/\/$/, "")}/`))
      .sort((a, b) => b.mountPath.length - a.mountPath.length)[0];
  }

  private volume(mount: VolumeMount) {
    return volumeContent(this.snapshot(), this.pod, mount);
  }
}

function contentOf(file: StoredFile): ContainerFile | undefined {
  if ("text" in file) return { data: encodeText(file.text), writtenAt: file.at };
  if ("base64" in file) return { data: decodeBase64(file.base64), writtenAt: file.at };
  return undefined;
}

function sizeOf(file: StoredFile): number {
  return "text" in file ? file.text.length : "base64" in file ? file.base64.length : 0;
}

/** An absolute path without `.`, `..` and double slashes. */
export function resolvePath(cwd: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${cwd}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
