import { readFileSync } from "node:fs";
import type { Processes } from "./platform.ts";

/** Milliseconds since 1970 at which a process started, from /proc where there is one; undefined when it does not run. */
function startTimeOf(pid: number): number | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return undefined;
  }
  try {
    // Field 22 of stat, in clock ticks (100 a second on Linux) since boot; the name before it may hold blanks.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const ticks = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
    const boot = /^btime (\d+)$/m.exec(readFileSync("/proc/stat", "utf8"));
    return boot ? Number(boot[1]) * 1000 + ticks * 10 : 0;
  } catch {
    return 0;
  }
}

export function realProcesses(): Processes {
  return {
    pid: process.pid,
    get hostname() {
      return process.getBuiltinModule("node:os").hostname();
    },
    env: process.env,
    cwd: process.cwd(),
    startTimeOf,
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
