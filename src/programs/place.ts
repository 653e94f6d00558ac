import { decodeText, encodeText } from "../api/encoding/text.ts";
import type { Snapshot } from "../api/snapshot.ts";
import type { Container, Pod } from "../api/types/core.ts";
import { imageOf } from "../images/catalogue.ts";
import type { Toolbox } from "../images/image.ts";
import { ContainerFiles, resolvePath } from "../network/container-files.ts";
import { nodeFiles } from "../network/dns/machine-files.ts";
import { containerEnvironment } from "../network/environment.ts";
import { HOST, type Location } from "../network/location.ts";
import { WORKSTATION } from "./catalogue.ts";
import { FileError, type NetworkPort, type ProgramFiles } from "./program.ts";

/** Where a program runs and what it finds there. */
export interface Place {
  where: Location;
  toolbox: Toolbox;
  env: Readonly<Record<string, string>>;
  cwd: string;
  files: ProgramFiles;
  /** All files of a container; absent on machines. */
  container?: ContainerFiles;
}

/** The machine that the user types on: its files are the real ones. */
export function hostPlace(files: ProgramFiles, cwd: string): Place {
  return { where: HOST, toolbox: WORKSTATION, env: {}, cwd, files };
}

/** A node's own shell: a few files that can be read. */
export function nodePlace(snapshot: Snapshot, name: string): Place {
  const where: Location = { kind: "node", name };
  const env = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", HOSTNAME: name, HOME: "/root" };
  return { where, toolbox: WORKSTATION, env, cwd: "/", files: new ScratchFiles(nodeFiles(snapshot, name)) };
}

/** A container of a pod: the image's programs, its files and what was mounted, the variables of its first process. */
export function containerPlace(network: NetworkPort, pod: Pod, container: Container): Place {
  const snapshot = network.snapshot();
  const image = imageOf(snapshot, container.image ?? "");
  const files = new ContainerFiles(
    () => network.snapshot(),
    (effects) => network.record(effects),
    pod,
    container,
  );
  const cwd = container.workingDir || image.workingDir || "/";
  return {
    where: {
      kind: "pod",
      namespace: pod.metadata.namespace ?? "default",
      name: pod.metadata.name ?? "",
      container: container.name,
    },
    toolbox: image.toolbox,
    env: containerEnvironment(snapshot, pod, container),
    cwd,
    files: new PodFiles(files, cwd),
    container: files,
  };
}

/** A container's files as a program's calls see them. */
class PodFiles implements ProgramFiles {
  private readonly files: ContainerFiles;
  private readonly cwd: string;
  constructor(files: ContainerFiles, cwd: string) {
    this.files = files;
    this.cwd = cwd;
  }

  read(path: string): Uint8Array | undefined {
    return this.files.read(resolvePath(this.cwd, path));
  }
  write(path: string, data: string | Uint8Array): void {
    const absolute = resolvePath(this.cwd, path);
    const failure = this.files.write(absolute, typeof data === "string" ? encodeText(data) : data);
    if (failure) throw new FileError(failure, path);
  }
  append(path: string, data: string | Uint8Array): void {
    const before = this.read(path) ?? new Uint8Array();
    const added = typeof data === "string" ? encodeText(data) : data;
    const all = new Uint8Array(before.length + added.length);
    all.set(before);
    all.set(added, before.length);
    this.write(path, all);
  }
  exists(path: string): boolean {
    return this.files.exists(resolvePath(this.cwd, path));
  }
  isDirectory(path: string): boolean {
    return this.files.isDirectory(resolvePath(this.cwd, path));
  }
  mkdir(path: string): void {
    const failure = this.files.makeDirectory(resolvePath(this.cwd, path));
    if (failure) throw new FileError(failure, path);
  }
}

/** Files that live as long as one run. */
class ScratchFiles implements ProgramFiles {
  private readonly content: Map<string, string>;
  constructor(known: Readonly<Record<string, string>>) {
    this.content = new Map(Object.entries(known));
  }
  read(path: string): Uint8Array | undefined {
    const text = this.content.get(resolvePath("/", path));
    return text === undefined ? undefined : encodeText(text);
  }
  write(path: string, data: string | Uint8Array): void {
    this.content.set(resolvePath("/", path), typeof data === "string" ? data : decodeText(data));
  }
  append(path: string, data: string | Uint8Array): void {
    const name = resolvePath("/", path);
    this.content.set(name, (this.content.get(name) ?? "") + (typeof data === "string" ? data : decodeText(data)));
  }
  exists(path: string): boolean {
    return this.content.has(resolvePath("/", path)) || this.isDirectory(path);
  }
  isDirectory(path: string): boolean {
    const folder = resolvePath("/", path);
    return folder === "/" || [...this.content.keys()].some((name) => name.startsWith(`${folder}/`));
  }
  mkdir(): void {}
}
