import fc from "fast-check";
import { expect, test } from "vitest";
import { Lock } from "../../src/store/lock.ts";
import { MemoryFiles } from "../support/memory-files.ts";
import { memoryPlatform, testClock } from "../support/memory-platform.ts";

const PATH = "/state.json.lock";
const PIDS = [1, 2, 3, 4, 5];

/** What a process does while another one stands at the call of that number. */
interface Event {
  at: number;
  pid: number;
  does: "acquire" | "release" | "die";
}

/** Processes on one folder in memory, each stopped at any of its calls for what others do meanwhile. */
class Crowd {
  private readonly files = new MemoryFiles();
  private readonly alive = new Set(PIDS);
  private readonly holders = new Set<number>();
  private readonly acquiring = new Map<number, Promise<void>>();
  private readonly locks = new Map(PIDS.map((pid) => [pid, this.lockOf(pid)]));
  private calls = 0;
  private events: Event[];
  /** The most that held the lock at one time. */
  most = 0;

  constructor(events: Event[]) {
    this.events = events;
  }

  private lockOf(pid: number): Lock {
    const call = <T>(work: () => T): T => {
      this.reach();
      if (!this.alive.has(pid)) throw new Error(`${pid} is dead`);
      return work();
    };
    const files = new Proxy(this.files, {
      get:
        (target, name: keyof MemoryFiles) =>
        (...args: never[]) =>
          call(() => {
            const result = (target[name] as (...all: never[]) => unknown)(...args);
            if (name === "link" && String(args[0]) === `${PATH}.${pid}.here` && String(args[1]) === PATH)
              this.hold(pid);
            return result;
          }),
    });
    const { processes } = memoryPlatform({ files, clock: testClock(0) });
    return new Lock(PATH, files, {
      ...processes,
      pid,
      hostname: "here",
      env: { KUBEMU_LOCK_TIMEOUT: "0" },
      identityOf: (other) => call(() => (this.alive.has(other) ? `process ${other}` : undefined)),
    });
  }

  private hold(pid: number): void {
    this.holders.add(pid);
    this.most = Math.max(this.most, this.holders.size);
  }

  private reach(): void {
    this.calls++;
    const due = this.events.filter(({ at }) => at <= this.calls);
    this.events = this.events.filter(({ at }) => at > this.calls);
    for (const event of due) this.happen(event);
  }

  private happen({ pid, does }: Event): void {
    if (does === "die") {
      this.alive.delete(pid);
      this.holders.delete(pid);
    } else if (this.acquiring.has(pid) || !this.alive.has(pid)) return;
    else if (does === "acquire") {
      this.acquiring.set(pid, Promise.resolve());
      const done = () => void this.acquiring.delete(pid);
      this.acquiring.set(pid, this.locks.get(pid)!.acquire().then(done, done));
    } else if (this.holders.delete(pid)) {
      try {
        this.locks.get(pid)!.release();
      } catch {
        // It died at it.
      }
    }
  }

  async run(): Promise<void> {
    while (this.events.length > 0) {
      this.happen(this.events.shift()!);
      await Promise.all(this.acquiring.values());
    }
  }
}

const event = fc.record({
  at: fc.nat(40),
  pid: fc.constantFrom(...PIDS),
  does: fc.constantFrom("acquire" as const, "acquire" as const, "release" as const, "die" as const),
});

test("at whatever call one is stopped, and whoever dies: one at a time holds the lock", async () => {
  const property = fc.asyncProperty(fc.array(event, { minLength: 3, maxLength: 14 }), async (events) => {
    const crowd = new Crowd(events);
    await crowd.run();
    expect(crowd.most).toBeLessThanOrEqual(1);
  });
  await fc.assert(property, { numRuns: 20_000, seed: 1 });
}, 120_000);
