import { badRequest } from "../../api/status.ts";
import type { Files } from "../../platform/platform.ts";
import { unlinkIfPossible, unlinkIfThere } from "../../store/lock.ts";

export interface SavedSnapshot {
  name: string;
  /** Milliseconds since 1970. */
  savedAt: number;
  bytes: number;
}

/**
 * Saved copies of a state file: whole state files in a folder beside it, `state.json.snapshots/NAME.json`, so that no command carries
 * them along and `kubemu reset` leaves them.
 */
export class SnapshotFolder {
  readonly path: string;
  private readonly files: Files;
  private readonly stateFile: string;

  constructor(files: Files, stateFile: string) {
    this.files = files;
    this.stateFile = stateFile;
    this.path = `${stateFile}.snapshots`;
  }

  /** Copies the state file as it is on disk; a copy of that name is replaced whole. `pid`: of this process. */
  save(name: string, pid: number): void {
    this.files.mkdir(this.path, 0o700);
    const file = this.file(name);
    // Two that save one name at once have a file each.
    const temporary = `${file}.${pid}.tmp`;
    unlinkIfThere(this.files, temporary);
    try {
      this.files.writeNew(temporary, this.files.read(this.stateFile), 0o600);
      this.files.rename(temporary, file);
    } catch (error) {
      unlinkIfPossible(this.files, temporary);
      throw error;
    }
    this.files.syncFolder(this.path);
  }

  /** @throws ApiError BadRequest when there is none of that name. */
  read(name: string): Buffer {
    const file = this.file(name);
    if (!this.files.exists(file)) {
      const names = this.list().map((saved) => saved.name);
      const known = names.length === 0 ? "none is saved" : `there are: ${names.join(", ")}`;
      throw badRequest(`no snapshot "${name}": ${known}`);
    }
    return this.files.read(file);
  }

  /** In the order of their names. */
  list(): SavedSnapshot[] {
    if (!this.files.isDirectory(this.path)) return [];
    return this.files
      .list(this.path)
      .filter((file) => file.endsWith(".json"))
      .map((file) => {
        const { size, mtimeMs } = this.files.stat(`${this.path}/${file}`);
        return { name: file.slice(0, -".json".length), savedAt: mtimeMs, bytes: size };
      });
  }

  file(name: string): string {
    return `${this.path}/${name}.json`;
  }
}

/** Why a snapshot cannot be called so; undefined when it can. */
export function snapshotNameComplaint(name: string): string | undefined {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name)) return undefined;
  return `invalid snapshot name "${name}": letters, digits, '-', '_' and '.' are expected, a letter or digit first`;
}
