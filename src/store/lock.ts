import { type ApiError, unusable } from "../api/status.ts";
import type { Files, Processes } from "../platform/platform.ts";

interface Owner {
  host: string;
  /** `Processes.numberSpace`; older versions wrote none. */
  space?: string;
  pid: number;
  /** `Processes.identityOf`: a later process of the same number is another one. */
  identity: string;
}

/** How long a live owner is waited for, in seconds, unless `KUBEMU_LOCK_TIMEOUT` says otherwise. */
const PATIENCE = 60;

/**
 * The lock beside the state file: a file that link() makes, so that it appears whole or not at all. Whoever finds a dead owner's lock
 * takes the right to remove it first, which is a lock as well, and looks again: what a dead one owns, only the holder of that right
 * changes, so that no live one's lock is ever removed. Another host's or container's is never taken.
 */
export class Lock {
  private held = false;
  private readonly path: string;
  private readonly files: Files;
  private readonly processes: Processes;
  /** What a process of that number may have left behind when it died. */
  private readonly leftovers: (pid: number) => string[];

  constructor(path: string, files: Files, processes: Processes, leftovers: (pid: number) => string[] = () => []) {
    this.path = path;
    this.files = files;
    this.processes = processes;
    this.leftovers = leftovers;
  }

  /** @throws ApiError Unusable when a live owner does not let go in time. */
  async acquire(): Promise<void> {
    if (this.held) return;
    const { files, processes, path } = this;
    const patience = patienceOf(processes);
    const own = this.ownName(processes.pid);
    const owner: Owner = {
      host: processes.hostname,
      space: processes.numberSpace,
      pid: processes.pid,
      identity: processes.identityOf(processes.pid) ?? "",
    };
    try {
      files.write(own, `${JSON.stringify(owner)}\n`, 0o600);
      for (let waited = 0, round = 0; ; round++) {
        try {
          files.link(own, path);
          this.held = true;
          return;
        } catch (error) {
          if (!isCode(error, "EEXIST")) throw error;
        }
        if (await this.takeFromTheDead()) continue;
        if (waited >= patience) throw this.busy(patience);
        const pause = Math.min(2 + round * 2, 25) * (0.5 + Math.random());
        waited += pause;
        await realSleep(pause);
      }
    } finally {
      unlinkIfThere(files, own);
    }
  }

  /** A lock that cannot be removed is left: with this process its owner ends, and the next one takes it over. */
  release(): void {
    if (!this.held) return;
    this.held = false;
    unlinkIfPossible(this.files, this.path);
  }

  /** A name that no other process has, on whatever machine shares the folder. */
  private ownName(pid: number): string {
    return `${this.path}.${pid}.${this.processes.hostname}`;
  }

  private readOwner(path: string): Owner | undefined {
    try {
      return JSON.parse(this.files.read(path).toString("utf8"));
    } catch {
      return undefined;
    }
  }

  private isDead(owner: Owner): boolean {
    const { hostname, numberSpace } = this.processes;
    if (owner.host !== hostname || (owner.space ?? numberSpace) !== numberSpace) return false;
    const identity = this.processes.identityOf(owner.pid);
    // Where the system does not tell processes apart, the number has to do.
    return identity === undefined || (identity !== "" && owner.identity !== "" && identity !== owner.identity);
  }

  private async takeFromTheDead(): Promise<boolean> {
    const owner = this.readOwner(this.path);
    if (!owner || !this.isDead(owner)) return false;
    const right = new Lock(`${this.path}.${owner.pid}.dead`, this.files, this.processes);
    await right.acquire();
    try {
      const found = this.readOwner(this.path);
      if (found?.pid === owner.pid && found.identity === owner.identity && this.isDead(found)) {
        // A later process of that number has files of the same names.
        if (this.processes.identityOf(owner.pid) === undefined)
          for (const path of [this.ownName(owner.pid), ...this.leftovers(owner.pid)])
            unlinkIfPossible(this.files, path);
        this.files.unlink(this.path);
      }
    } finally {
      right.release();
    }
    return true;
  }

  private busy(patience: number): ApiError {
    const owner = this.readOwner(this.path);
    const who = owner ? `process ${owner.pid} on ${owner.host}` : "another process";
    return unusable(
      `the state file is locked by ${who} for more than ${patience / 1000} s (${this.path}); ` +
        "end that process, or remove the lock when it no longer runs",
    );
  }
}

export function isCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}

export function unlinkIfThere(files: Files, path: string): void {
  try {
    files.unlink(path);
  } catch (error) {
    if (!isCode(error, "ENOENT")) throw error;
  }
}

export function unlinkIfPossible(files: Files, path: string): void {
  try {
    files.unlink(path);
  } catch {
    // The next who needs the place says why.
  }
}

/** Milliseconds. @throws ApiError Unusable when `KUBEMU_LOCK_TIMEOUT` is no number of seconds. */
function patienceOf({ env }: Processes): number {
  const given = env.KUBEMU_LOCK_TIMEOUT;
  if (!given) return PATIENCE * 1000;
  if (!/^\d+(\.\d+)?$/.test(given))
    throw unusable(`KUBEMU_LOCK_TIMEOUT: "${given}" is no number of seconds, as 60 or 0.5`);
  return Number(given) * 1000;
}

/** Waiting for a lock takes real time, whatever the cluster's clock says. */
function realSleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
