import { type ApiError, unusable } from "../api/status.ts";
import type { Clock, Files, Processes } from "../platform/platform.ts";

interface Owner {
  host: string;
  pid: number;
  /** Milliseconds since 1970 at which the owner started: a later process of the same number is another one. */
  started: number;
}

/** How long a live owner is waited for, in milliseconds. */
export const LOCK_PATIENCE = 60_000;

/**
 * The lock beside the state file: a file that link() makes, so that it appears whole or not at all. A dead owner's lock is renamed to a
 * name of our own and looked at again before it is dropped, so that two who find it do not both take it; another host's is never stolen.
 */
export class Lock {
  private held = false;
  private readonly path: string;
  private readonly files: Files;
  private readonly processes: Processes;
  private readonly clock: Clock;

  constructor(path: string, files: Files, processes: Processes, clock: Clock) {
    this.path = path;
    this.files = files;
    this.processes = processes;
    this.clock = clock;
  }

  /** @throws ApiError Unusable when a live owner does not let go in time. */
  async acquire(patience = LOCK_PATIENCE): Promise<void> {
    if (this.held) return;
    const { files, processes, path } = this;
    const own = `${path}.${processes.pid}.${processes.hostname}`;
    const owner: Owner = {
      host: processes.hostname,
      pid: processes.pid,
      started: processes.startTimeOf(processes.pid) ?? 0,
    };
    files.write(own, `${JSON.stringify(owner)}\n`, 0o600);
    try {
      for (let waited = 0, round = 0; ; round++) {
        try {
          files.link(own, path);
          this.held = true;
          return;
        } catch (error) {
          if (!isCode(error, "EEXIST")) throw error;
        }
        if (this.takeFromTheDead(own)) continue;
        if (waited >= patience) throw this.busy(patience);
        const pause = Math.min(2 + round * 2, 25) * (0.5 + Math.random());
        waited += pause;
        await realSleep(pause);
      }
    } finally {
      unlinkIfThere(files, own);
    }
  }

  release(): void {
    if (!this.held) return;
    this.held = false;
    unlinkIfThere(this.files, this.path);
  }

  private readOwner(path: string): Owner | undefined {
    try {
      return JSON.parse(this.files.read(path).toString("utf8"));
    } catch {
      return undefined;
    }
  }

  private isDead(owner: Owner): boolean {
    if (owner.host !== this.processes.hostname) return false;
    const started = this.processes.startTimeOf(owner.pid);
    // Where either start time is unknown, the process number has to do.
    return started === undefined || (started > 0 && owner.started > 0 && Math.abs(started - owner.started) > 2000);
  }

  private takeFromTheDead(own: string): boolean {
    const owner = this.readOwner(this.path);
    if (!owner || !this.isDead(owner)) return false;
    const grave = `${own}.dead.${this.clock.now()}`;
    try {
      this.files.rename(this.path, grave);
    } catch (error) {
      if (isCode(error, "ENOENT")) return true;
      throw error;
    }
    const taken = this.readOwner(grave);
    if (taken && !this.isDead(taken)) {
      // Somebody else was faster, and this is a live lock: put it back.
      try {
        this.files.link(grave, this.path);
      } catch (error) {
        if (!isCode(error, "EEXIST")) throw error;
      }
    }
    unlinkIfThere(this.files, grave);
    return true;
  }

  private busy(patience: number): ApiError {
    const owner = this.readOwner(this.path);
    const who = owner ? `process ${owner.pid} on ${owner.host}` : "another process";
    return unusable(
      `the state file is locked by ${who} for more than ${Math.round(patience / 1000)} s (${this.path}); ` +
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

/** Waiting for a lock takes real time, whatever the cluster's clock says. */
function realSleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
