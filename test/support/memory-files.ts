import type { Files } from "../../src/platform/platform.ts";

/** Files and folders in memory, with the error codes of the real ones. */
export class MemoryFiles implements Files {
  readonly contents = new Map<string, Buffer>();
  private readonly inodes = new Map<string, number>();
  private readonly modes = new Map<string, number>();
  private readonly folders = new Set(["/"]);
  private next = 1;

  read(path: string): Buffer {
    if (this.folders.has(path)) fail("EISDIR", path);
    return this.contents.get(path) ?? fail("ENOENT", path);
  }
  open(path: string) {
    const bytes = this.read(path);
    const { mtimeMs, ino } = this.stat(path);
    const slice = (from: number, to: number) => bytes.subarray(from, to);
    return { length: bytes.length, mtimeMs, ino, slice, close: () => {} };
  }
  exists(path: string): boolean {
    return this.contents.has(path) || this.isDirectory(path);
  }
  isDirectory(path: string): boolean {
    return this.folders.has(path.replace(/(.)\/+$/, "$1"));
  }
  list(path: string): string[] {
    const prefix = `${path.replace(/\/+$/, "")}/`;
    const names = [...this.contents.keys(), ...this.folders]
      .filter((name) => name.startsWith(prefix) && name !== prefix)
      .map((name) => name.slice(prefix.length).split("/")[0]!);
    return [...new Set(names)].sort();
  }
  realpath(path: string): string {
    return this.exists(path) ? path : fail("ENOENT", path);
  }
  readlink(): undefined {}
  mkdir(path: string): void {
    for (let at = path; at !== "" && at !== "/"; at = at.slice(0, at.lastIndexOf("/"))) this.folders.add(at);
  }
  writeNew(path: string, data: string | Uint8Array): void {
    if (this.contents.has(path)) fail("EEXIST", path);
    this.write(path, data);
  }
  write(path: string, data: string | Uint8Array, mode?: number): void {
    this.mkdir(path.slice(0, path.lastIndexOf("/")));
    if (mode !== undefined) this.modes.set(path, mode);
    this.contents.set(path, Buffer.from(data));
    this.inodes.set(path, this.next++);
  }
  append(path: string, data: string): void {
    this.write(path, Buffer.concat([this.contents.get(path) ?? Buffer.alloc(0), Buffer.from(data)]));
  }
  link(existing: string, path: string): void {
    if (this.contents.has(path)) fail("EEXIST", path);
    this.contents.set(path, this.read(existing));
    this.inodes.set(path, this.inodes.get(existing)!);
  }
  rename(from: string, to: string): void {
    this.contents.set(to, this.read(from));
    this.inodes.set(to, this.inodes.get(from)!);
    this.unlink(from);
  }
  unlink(path: string): void {
    if (!this.contents.delete(path)) fail("ENOENT", path);
  }
  removeFolder(path: string): void {
    for (const name of [...this.contents.keys()]) if (name.startsWith(`${path}/`)) this.contents.delete(name);
    for (const name of [...this.folders]) if (name === path || name.startsWith(`${path}/`)) this.folders.delete(name);
  }
  syncFolder(): void {}
  stat(path: string) {
    const mode = this.modes.get(path) ?? 0o644;
    return { size: this.read(path).length, mtimeMs: 0, ino: this.inodes.get(path) ?? 0, isFile: true, mode };
  }
}

function fail(code: string, path: string): never {
  const text = code === "ENOENT" ? "no such file or directory" : code;
  throw Object.assign(new Error(`${code}: ${text}, open '${path}'`), { code });
}
