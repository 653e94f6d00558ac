import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import type { Files } from "./platform.ts";

/** The real file system, synchronously: a command does one thing at a time, and it is faster so. */
export const realFiles: Files = {
  read: (path) => naming(path, () => readFileSync(path)),
  open(path) {
    const fd = openSync(path, "r");
    const { size, mtimeMs, ino } = fstatSync(fd);
    const slice = (from: number, to: number) => naming(path, () => readPart(fd, from, to));
    return { length: size, mtimeMs, ino, slice, close: () => closeSync(fd) };
  },
  exists: (path) => existsSync(path),
  isDirectory: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
  list: (path) => readdirSync(path).sort(),
  realpath: (path) => realpathSync.native(path),
  readlink(path) {
    try {
      return readlinkSync(path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EINVAL" || code === "ENOENT") return undefined;
      throw error;
    }
  },
  mkdir: makeFolder,
  writeNew(path, data, mode) {
    const fd = openSync(path, "wx", mode);
    try {
      naming(path, () => {
        writeAll(fd, data);
        fsyncSync(fd);
      });
    } finally {
      closeSync(fd);
    }
  },
  write: (path, data, mode) => naming(path, () => writeFileSync(path, data, mode === undefined ? {} : { mode })),
  append: (path, data) => naming(path, () => appendFileSync(path, data, { mode: 0o600 })),
  link: (existing, path) => linkSync(existing, path),
  rename: (from, to) => renameSync(from, to),
  unlink: (path) => unlinkSync(path),
  removeFolder: (path) => rmSync(path, { recursive: true, force: true }),
  syncFolder(path) {
    const fd = openSync(path, "r");
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  },
  stat(path) {
    const stat = statSync(path);
    return { size: stat.size, mtimeMs: stat.mtimeMs, ino: stat.ino, isFile: stat.isFile(), mode: stat.mode };
  },
};

function readPart(fd: number, from: number, to: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Math.max(0, to - from));
  let length = 0;
  for (let more = -1; more !== 0 && length < bytes.length; length += more)
    more = readSync(fd, bytes, length, bytes.length - length, from + length);
  return bytes.subarray(0, length);
}

/** Node tells no path when a file that is open cannot be read or written. */
function naming<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  }
}

/** Makes a folder and those above it; not by `recursive`, which never returns below /proc. */
function makeFolder(path: string, mode: number): void {
  try {
    mkdirSync(path, mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = path.replace(/\/+[^/]*\/*$/, "");
    if (code === "EEXIST" && statSync(path).isDirectory()) return;
    if (code !== "ENOENT" || parent === "" || parent === path || existsSync(parent)) throw error;
    makeFolder(parent, mode);
    mkdirSync(path, mode);
  }
}

/** Writes all bytes to a descriptor; a full non-blocking pipe is waited for. */
export function writeAll(fd: number, data: string | Uint8Array): void {
  const bytes = typeof data === "string" ? Buffer.from(data) : data;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}
