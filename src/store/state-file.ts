import { ApiError, unusable } from "../api/status.ts";
import type { Files, OpenFile, Processes } from "../platform/platform.ts";
import { type Bytes, bytesOf } from "./bytes.ts";
import { Document } from "./document.ts";
import type { Header } from "./header.ts";
import { isCode, Lock, unlinkIfPossible, unlinkIfThere } from "./lock.ts";

/** Bytes from which on a file is not read at once. */
const LARGE = 512 * 1024;

/** The state file on disk: replaced whole, under a lock. */
export class StateFile {
  readonly path: string;
  private readonly files: Files;
  private readonly lock: Lock;
  private readonly temporary: string;
  /** What was last read or written here. It stays open, so that the file that replaces it is always told from it. */
  private known: OpenFile | undefined;
  /** One file is read in parts, to the end of the process: who reads again and again reads whole files. */
  private inParts: OpenFile | undefined;
  private stopListening: (() => void) | undefined;
  private readonly processes: Processes;

  private constructor(path: string, files: Files, processes: Processes) {
    this.path = path;
    this.files = files;
    this.processes = processes;
    const temporary = (pid: number) => `${path}.${pid}.tmp`;
    this.temporary = temporary(processes.pid);
    this.lock = new Lock(`${path}.lock`, files, processes, (pid) => [temporary(pid)]);
  }

  /**
   * A link is followed first, to where it points even when nothing is there yet, so that the file is replaced and not the link.
   * @throws ApiError Unusable when the path is a folder, a device or a pipe, or cannot be followed.
   */
  static at(path: string, { files, processes }: { files: Files; processes: Processes }): StateFile {
    let real: string;
    let wrong: string | undefined;
    try {
      real = resolveLinks(path, files);
      wrong = noFile(real, files);
    } catch (error) {
      throw wording(error, path);
    }
    if (wrong !== undefined) throw unusable(`the state file ${path} is ${wrong}; name a file in KUBEMU_STATE`);
    return new StateFile(real, files, processes);
  }

  /** The document, or undefined when there is no file yet. */
  read(): Document | undefined {
    try {
      return Document.parse(this.bytes(this.open()), this.path);
    } catch (error) {
      if (isCode(error, "ENOENT")) return undefined;
      throw wording(error, this.path);
    }
  }

  /** False when the file is still the one that was last read or written here. */
  hasChanged(): boolean {
    try {
      const { known } = this;
      const { ino, size, mtimeMs } = this.files.stat(this.path);
      return ino !== known?.ino || size !== known.length || mtimeMs !== known.mtimeMs;
    } catch (error) {
      if (isCode(error, "ENOENT")) return true;
      throw wording(error, this.path);
    }
  }

  private open(): OpenFile {
    const before = this.known;
    this.known = undefined;
    if (before !== this.inParts) before?.close();
    this.known = this.files.open(this.path);
    return this.known;
  }

  /** A large file is read as it is needed. It is replaced, never changed: what is open stays as it was. */
  private bytes(file: OpenFile): Bytes {
    if (file.length < LARGE || this.inParts) return bytesOf(file.slice(0, file.length));
    this.inParts = file;
    const slice = (from: number, to: number) => {
      try {
        return file.slice(from, to);
      } catch (error) {
        throw wording(error, this.path);
      }
    };
    return { length: file.length, slice };
  }

  async acquire(): Promise<void> {
    const folder = folderOf(this.path);
    try {
      if (!this.files.exists(folder)) this.files.mkdir(folder, 0o700);
      this.stopListening ??= this.processes.onInterrupt(() => {
        unlinkIfPossible(this.files, this.temporary);
        this.lock.release();
      });
      await this.lock.acquire();
    } catch (error) {
      this.release();
      throw wording(error, this.path);
    }
  }

  release(): void {
    this.lock.release();
    this.stopListening?.();
    this.stopListening = undefined;
  }

  /** Replaces the file: a new one beside it, fsync, rename, fsync of the folder. The lock must be held. */
  replace(document: Document, header: Header, ...changes: Changes): void {
    try {
      unlinkIfThere(this.files, this.temporary);
      this.files.writeNew(this.temporary, document.render(header, ...changes), 0o600);
      this.files.rename(this.temporary, this.path);
      this.files.syncFolder(folderOf(this.path));
    } catch (error) {
      unlinkIfPossible(this.files, this.temporary);
      throw wording(error, this.path);
    }
    try {
      this.open();
    } catch {
      // It is stored; who asks whether it changed reads it anew.
    }
  }
}

/** What is there in the place of a file. Reading a device or a pipe may never end, and a rename would replace it. */
function noFile(path: string, files: Files): string | undefined {
  try {
    if (files.stat(path).isFile) return undefined;
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
  return files.isDirectory(path) ? "a folder" : "a device, a pipe or a socket";
}

/** What `Document.render` is told beside the header. */
type Changes = Parameters<Document["render"]> extends [Header, ...infer Rest] ? Rest : never;

const MOST_LINKS = 40;

function resolveLinks(path: string, files: Files): string {
  let at = path;
  for (let followed = 0; followed < MOST_LINKS; followed++) {
    try {
      return files.realpath(at);
    } catch (error) {
      if (!isCode(error, "ENOENT")) throw error;
    }
    const target = files.readlink(at);
    if (target === undefined) return at;
    at = target.startsWith("/") ? target : `${folderOf(at)}/${target}`;
  }
  throw Object.assign(new Error(path), { code: "ELOOP" });
}

function folderOf(path: string): string {
  const at = path.lastIndexOf("/");
  return at > 0 ? path.slice(0, at) : at === 0 ? "/" : ".";
}

const REASONS: Record<string, string> = {
  ENOSPC: "no space left on the disk",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file is too large",
  ENOENT: "its folder cannot be made",
  EROFS: "the file system is read-only",
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  ENOTDIR: "a part of the path is no folder",
  ELOOP: "the links go round in a circle",
  ENAMETOOLONG: "the name is too long",
  EIO: "the disk does not work (input/output error)",
  EISDIR: "it is a folder",
  EEXIST: "a file is in the way",
};

/** Errors of the file system become one line that names the file. */
function wording(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (!code || error instanceof ApiError) return error;
  return unusable(`cannot use the state file ${path}: ${REASONS[code] ?? code}`);
}
