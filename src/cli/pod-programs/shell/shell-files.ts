import type { FsStat, IFileSystem, MkdirOptions, RmOptions } from "just-bash";
import { decodeText, encodeText } from "../../../api/encoding/text.ts";
import type { Place } from "../../../programs/place.ts";
import type { ProgramFiles } from "../../../programs/program.ts";

type Data = string | Uint8Array;

/** libuv's words, which the shell library expects of Node. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or directory",
  EISDIR: "illegal operation on a directory",
  ENOTDIR: "not a directory",
  EEXIST: "file already exists",
  ENOTEMPTY: "directory not empty",
  EROFS: "read-only file system",
  ENOSPC: "no space left on device",
  ENOSYS: "function not implemented",
};

function failure(code: string, call: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${REASONS[code] ?? code}, ${call} '${path}'`), { code });
}

/** The files of a place, as the shell library wants them. Links and modes are not simulated. */
export class ShellFiles implements IFileSystem {
  private readonly place: Place;
  private readonly files: ProgramFiles;
  private readonly now: () => number;
  private readonly programs: ReadonlySet<string>;
  /** Targets of redirections that could not be opened, and why, as errno(3) names it. */
  readonly refused = new Map<string, string>();

  /** Files that are none: what is written to them goes on at once. */
  readonly sinks = new Map<string, (data: Uint8Array) => void>();

  /** `programs`: names of what stands in /bin and /usr/bin, though no image lists it. */
  constructor(place: Place, now: () => number, programs: readonly string[]) {
    this.programs = new Set(programs);
    this.place = place;
    this.files = place.files;
    this.now = now;
  }

  async readFile(path: string): Promise<string> {
    return decodeText(this.bytes(path));
  }
  async readFileBuffer(path: string): Promise<Uint8Array> {
    return this.bytes(path);
  }
  /**
   * The library opens the target of `>` by writing nothing to it as `binary`, and gives up the whole script when that fails: such a
   * failure is kept in `refused` instead.
   */
  async writeFile(path: string, content: Data, options?: unknown): Promise<void> {
    if (this.sink(path, content, options)) return;
    if (content === "" && options === "binary") return this.openTarget(path, () => this.files.write(path, ""));
    if (this.refused.has(path)) return;
    this.attempt("open", path, () => this.files.write(path, toBytes(content)));
  }
  async appendFile(path: string, content: Data, options?: unknown): Promise<void> {
    if (this.sink(path, content, options)) return;
    if (content === "" && options === "binary") return this.openTarget(path, () => this.files.append(path, ""));
    if (this.refused.has(path)) return;
    this.attempt("open", path, () => this.files.append(path, toBytes(content)));
  }
  async exists(path: string): Promise<boolean> {
    return this.files.exists(path) || this.isProgram(path);
  }
  async stat(path: string): Promise<FsStat> {
    if (this.isProgram(path))
      return {
        isFile: true,
        isDirectory: false,
        isSymbolicLink: false,
        mode: 0o755,
        size: 1024,
        mtime: new Date(this.now()),
      };
    const isDirectory = this.files.isDirectory(path);
    const data = isDirectory ? undefined : this.files.read(path);
    if (!isDirectory && !data) throw failure("ENOENT", "stat", path);
    return {
      isFile: !isDirectory,
      isDirectory,
      isSymbolicLink: false,
      mode: isDirectory ? 0o755 : 0o644,
      size: data?.length ?? 4096,
      mtime: new Date(this.now()),
    };
  }
  lstat(path: string): Promise<FsStat> {
    return this.stat(path);
  }
  async mkdir(path: string, options: MkdirOptions = {}): Promise<void> {
    if (this.files.exists(path)) {
      if (options.recursive && this.files.isDirectory(path)) return;
      throw failure("EEXIST", "mkdir", path);
    }
    const parent = path.slice(0, path.lastIndexOf("/")) || "/";
    if (options.recursive && !this.files.exists(parent)) await this.mkdir(parent, options);
    this.attempt("mkdir", path, () => this.files.mkdir(path));
  }
  async readdir(path: string): Promise<string[]> {
    if (!this.files.isDirectory(path)) throw failure(this.files.exists(path) ? "ENOTDIR" : "ENOENT", "scandir", path);
    return this.names(path);
  }
  async rm(path: string, options: RmOptions = {}): Promise<void> {
    if (!this.files.exists(path)) {
      if (options.force) return;
      throw failure("ENOENT", "rm", path);
    }
    if (this.files.isDirectory(path) && !options.recursive && this.names(path).length > 0)
      throw failure("ENOTEMPTY", "rm", path);
    if (!this.place.container) throw failure("EROFS", "rm", path);
    const code = this.place.container.remove(path);
    if (code) throw failure(code, "rm", path);
  }
  async cp(from: string, to: string, options: { recursive?: boolean } = {}): Promise<void> {
    if (!this.files.isDirectory(from)) return await this.writeFile(to, this.bytes(from));
    if (!options.recursive) throw failure("EISDIR", "cp", from);
    await this.mkdir(to, { recursive: true });
    for (const name of this.names(from)) await this.cp(`${from}/${name}`, `${to}/${name}`, options);
  }
  async mv(from: string, to: string): Promise<void> {
    await this.cp(from, to, { recursive: true });
    await this.rm(from, { recursive: true });
  }
  resolvePath(base: string, path: string): string {
    const parts: string[] = [];
    for (const part of (path.startsWith("/") ? path : `${base}/${path}`).split("/")) {
      if (part === "..") parts.pop();
      else if (part !== "" && part !== ".") parts.push(part);
    }
    return `/${parts.join("/")}`;
  }
  getAllPaths(): string[] {
    return this.place.container?.paths() ?? [];
  }
  async realpath(path: string): Promise<string> {
    if (!this.files.exists(path)) throw failure("ENOENT", "realpath", path);
    return path;
  }
  async chmod(path: string): Promise<void> {
    if (!this.files.exists(path)) throw failure("ENOENT", "chmod", path);
  }
  async utimes(path: string): Promise<void> {
    if (!this.files.exists(path)) throw failure("ENOENT", "utimes", path);
  }
  async symlink(_target: string, path: string): Promise<void> {
    throw failure("ENOSYS", "symlink", path);
  }
  async link(_existing: string, path: string): Promise<void> {
    throw failure("ENOSYS", "link", path);
  }
  async readlink(path: string): Promise<string> {
    throw failure("ENOENT", "readlink", path);
  }

  private sink(path: string, content: Data, options: unknown): boolean {
    const sink = this.sinks.get(path);
    const binary = typeof content === "string" && options === "binary";
    if (content.length > 0) sink?.(binary ? Uint8Array.from(content, (char) => char.charCodeAt(0)) : toBytes(content));
    return sink !== undefined;
  }

  private openTarget(path: string, open: () => void): void {
    this.refused.delete(path);
    try {
      open();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      this.refused.set(path, code);
    }
  }

  private names(path: string): string[] {
    const names = this.place.container?.list(path) ?? [];
    return path === "/bin" || path === "/usr/bin" ? [...new Set([...names, ...this.programs])].sort() : names;
  }

  private isProgram(path: string): boolean {
    const name = /^(?:\/usr)?\/bin\/([^/]+)$/.exec(path)?.[1];
    return name !== undefined && this.programs.has(name);
  }

  private bytes(path: string): Uint8Array {
    if (this.files.isDirectory(path)) throw failure("EISDIR", "read", path);
    const data = this.files.read(path);
    if (!data) throw failure("ENOENT", "open", path);
    return data;
  }

  private attempt(call: string, path: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      throw failure(code, call, path);
    }
  }
}

function toBytes(content: Data): Uint8Array {
  return typeof content === "string" ? encodeText(content) : content;
}
