import { posix } from "node:path";
import { notSimulated } from "../api/status.ts";
import { goErrno } from "../platform/errno.ts";
import type { Files } from "../platform/platform.ts";
import { isRepository } from "./git-url.ts";
import { KustomizeError, within } from "./problem.ts";

const MOST_LINKS = 255;

/** The files that kustomize may see, and from where. */
export interface Place {
  files: Files;
  cwd: string;
  /** Whether files outside of the folder of a kustomization may be read. */
  anywhere: boolean;
}

/** Go's filepath.Join. */
export function joinPath(folder: string, path: string): string {
  const joined = posix.join(folder, path);
  return joined.length > 1 ? joined.replace(/\/$/, "") : joined;
}

/** Reads what a kustomization in one folder names. Models api/internal/loader FileLoader; nothing is fetched. */
export class Loader {
  private readonly place: Place;
  /** Absolute, without links. */
  readonly root: string;
  private readonly parent: Loader | undefined;

  private constructor(place: Place, root: string, parent?: Loader) {
    this.place = place;
    this.root = root;
    this.parent = parent;
  }

  /** At the folder that the user has named. Throws KustomizeError; names a repository that it would have to fetch. */
  static at(path: string, place: Place): Loader {
    refuseRepository(path);
    return new Loader(place, confirmFolder(path, place));
  }

  /** At another kustomization, from this one. Throws KustomizeError for a folder that holds this one or one before it. */
  child(path: string): Loader {
    if (path === "") throw new KustomizeError("new root cannot be empty");
    refuseRepository(path);
    if (path.startsWith("/")) throw new KustomizeError(`new root '${path}' cannot be absolute`);
    const root = confirmFolder(joinPath(this.root, path), this.place);
    for (let loader: Loader | undefined = this; loader !== undefined; loader = loader.parent)
      if (isWithin(loader.root, root))
        throw new KustomizeError(`cycle detected: candidate root '${root}' contains visited root '${loader.root}'`);
    return new Loader(this.place, root, this);
  }

  /** The bytes of a file. Throws KustomizeError for one that is outside of the folder. */
  load(path: string): Buffer {
    if (/^https?:/i.test(path)) throw notSimulated(`reading ${path}`);
    const full = path.startsWith("/") ? path : joinPath(this.root, path);
    return readFile(this.place.anywhere ? full : this.restricted(full), this.place.files);
  }

  loadText(path: string): string {
    return this.load(path).toString("utf8");
  }

  /** Models RestrictionRootOnly. */
  private restricted(path: string): string {
    const { folder, file } = cleaned(path, this.place);
    if (file === "") throw new KustomizeError(`'${path}' must resolve to a file`);
    if (!isWithin(folder, this.root))
      throw new KustomizeError(`security; file '${path}' is not in or below '${this.root}'`);
    return joinPath(folder, file);
  }
}

function refuseRepository(path: string): void {
  if (isRepository(path)) throw notSimulated(`fetching ${path}`);
}

function isWithin(path: string, folder: string): boolean {
  return folder === "/" || path === folder || path.startsWith(`${folder}/`);
}

function readFile(path: string, files: Files): Buffer {
  try {
    return files.read(path);
  } catch (error) {
    const why = goErrno(error);
    if (why === undefined) throw error;
    const call = (error as NodeJS.ErrnoException).code === "EISDIR" ? "read" : "open";
    throw new KustomizeError(`${call} ${path}: ${why}`);
  }
}

/** Models filesys.ConfirmDir. */
function confirmFolder(path: string, place: Place): string {
  return within("must build at directory", () => {
    if (path === "") throw new KustomizeError("directory path cannot be empty");
    const { folder, file } = within("not a valid directory", () => cleaned(path, place));
    if (file !== "") throw new KustomizeError(`'${path}': file is not directory`);
    return folder;
  });
}

/** The folder of a path without links, and the file in it, if the path is not a folder itself. Models fsOnDisk.CleanedAbs. */
function cleaned(path: string, { files, cwd }: Place): { folder: string; file: string } {
  const absolute = path.startsWith("/") ? joinPath(path, ".") : joinPath(cwd, path);
  const real = within(`evalsymlink failure on '${path}' `, () => withoutLinks(absolute, files));
  if (files.isDirectory(real)) return { folder: real, file: "" };
  return { folder: posix.dirname(real), file: posix.basename(real) };
}

/** Go's filepath.EvalSymlinks. */
function withoutLinks(path: string, files: Files): string {
  let done = "";
  let links = 0;
  const parts = path.split("/").filter(Boolean);
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    if (part === "." || part === "") continue;
    if (part === "..") {
      done = done.slice(0, done.lastIndexOf("/"));
      continue;
    }
    const next = `${done}/${part}`;
    const link = lookAt(next, files);
    if (link === undefined) {
      if (parts.length > 0 && !files.isDirectory(next)) throw new KustomizeError("not a directory");
      done = next;
      continue;
    }
    if (++links > MOST_LINKS) throw new KustomizeError("EvalSymlinks: too many links");
    if (link.startsWith("/")) done = "";
    parts.unshift(...link.split("/").filter(Boolean));
  }
  return done || "/";
}

/** What a link says, undefined for what is none. Throws KustomizeError for what is not there. */
function lookAt(path: string, files: Files): string | undefined {
  try {
    const link = files.readlink(path);
    // Alone stat tells why it is not there.
    if (link === undefined && !files.exists(path)) files.stat(path);
    return link;
  } catch (error) {
    const why = goErrno(error);
    if (why === undefined) throw error;
    throw new KustomizeError(`lstat ${path}: ${why}`);
  }
}
