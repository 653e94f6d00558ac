import * as fs from "node:fs";
import type { Files } from "./platform.ts";

/** The real file system, synchronously: a command does one thing at a time, and it is faster so. */
export const realFiles: Files = {
  read: (path) => fs.readFileSync(path),
  exists: (path) => fs.existsSync(path),
  isDirectory: (path) => fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
  list: (path) => fs.readdirSync(path).sort(),
  realpath: (path) => fs.realpathSync(path),
  readlink(path) {
    try {
      return fs.readlinkSync(path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EINVAL" || code === "ENOENT") return undefined;
      throw error;
    }
  },
  mkdir: makeFolder,
  writeNew(path, data, mode) {
    const fd = fs.openSync(path, "wx", mode);
    try {
      writeAll(fd, data);
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  },
  write: (path, data, mode) => fs.writeFileSync(path, data, mode === undefined ? {} : { mode }),
  append: (path, data) => fs.appendFileSync(path, data),
  link: (existing, path) => fs.linkSync(existing, path),
  rename: (from, to) => fs.renameSync(from, to),
  unlink: (path) => fs.unlinkSync(path),
  removeFolder: (path) => fs.rmSync(path, { recursive: true, force: true }),
  syncFolder(path) {
    const fd = fs.openSync(path, "r");
    try {
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  },
  stat(path) {
    const stat = fs.statSync(path);
    return { size: stat.size, mtimeMs: stat.mtimeMs, ino: stat.ino, isFile: stat.isFile() };
  },
};

/** Makes a folder and those above it; not by `recursive`, which never returns below /proc. */
function makeFolder(path: string, mode: number): void {
  try {
    fs.mkdirSync(path, mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = path.replace(/\/+[^/]*\/*$/, "");
    if (code === "EEXIST" && fs.statSync(path).isDirectory()) return;
    if (code !== "ENOENT" || parent === "" || parent === path || fs.existsSync(parent)) throw error;
    makeFolder(parent, mode);
    fs.mkdirSync(path, mode);
  }
}

/** Writes all bytes to a descriptor; a full non-blocking pipe is waited for. */
export function writeAll(fd: number, data: string | Uint8Array): void {
  const bytes = typeof data === "string" ? Buffer.from(data) : data;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += fs.writeSync(fd, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}
