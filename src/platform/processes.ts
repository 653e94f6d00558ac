import { readFileSync, readlinkSync } from "node:fs";
import type { Processes } from "./platform.ts";

/** From /proc where there is one: the clock tick after the machine's start at which it began, and which start of the machine that was. */
function identityOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return undefined;
  }
  try {
    // Fields 3 and 22 of stat; the name before them may hold blanks.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie has ended; its parent has not asked yet.
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    return `${fields[19]} ${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}`;
  } catch {
    return "";
  }
}

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

function onInterrupt(cleanUp: () => void): () => void {
  const handlers = Object.entries(SIGNALS).map(([signal, number]) => {
    const handler = () => {
      try {
        cleanUp();
      } finally {
        process.exit(128 + number);
      }
    };
    process.once(signal, handler);
    return () => process.off(signal, handler);
  });
  // A signal that came while the program was busy is told at the event loop's next turn.
  return () =>
    void setImmediate(() => {
      for (const off of handlers) off();
    });
}

export function realProcesses(): Processes {
  return {
    pid: process.pid,
    get hostname() {
      return process.getBuiltinModule("node:os").hostname();
    },
    get numberSpace() {
      try {
        return readlinkSync("/proc/self/ns/pid");
      } catch {
        return "";
      }
    },
    env: process.env,
    cwd: process.cwd(),
    identityOf,
    onInterrupt,
    get program() {
      const script = process.argv[1];
      return script !== undefined && !isInside(script) ? [process.execPath, script] : [process.execPath];
    },
    untilInterrupt: (signals = ["SIGINT"]) =>
      new Promise((resolve) => {
        for (const signal of signals) process.once(signal, () => resolve());
      }),
    run(program, args, options = {}) {
      const { spawnSync } = process.getBuiltinModule("node:child_process");
      const result = spawnSync(program, args, {
        env: { ...process.env, ...options.env },
        stdio: [options.input === undefined ? "inherit" : "pipe", options.capture ? "pipe" : "inherit", "inherit"],
        ...(options.input === undefined ? {} : { input: options.input }),
        encoding: "utf8",
        maxBuffer: 1 << 30,
      });
      if (result.error) throw result.error;
      return { status: result.status ?? 1, stdout: result.stdout ?? "" };
    },
  };
}

/** Whether a script is a part of the standalone executable: bun names it by a place that no system has, and says that it is there. */
function isInside(script: string): boolean {
  return script.startsWith("/$bunfs/") || script.startsWith("B:\\~BUN\\");
}
