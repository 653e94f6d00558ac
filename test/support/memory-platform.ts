import type { Clock, Platform } from "../../src/platform/platform.ts";
import type { MemoryFiles } from "./memory-files.ts";

/** A clock that tests move by hand. */
export interface TestClock extends Clock {
  set(ms: number): void;
}

export function testClock(start: number): TestClock {
  let now = start;
  return {
    virtual: true,
    now: () => now,
    sleep: async (ms) => {
      now += Math.max(0, ms);
    },
    set(ms) {
      now = ms;
    },
  };
}

/** A platform with nothing real in it: one state file in memory. */
export function memoryPlatform(options: {
  files: MemoryFiles;
  clock: Clock;
  env?: Record<string, string>;
  seed?: string;
}): Platform {
  const silent = { write() {}, isTerminal: false, columns: 80 };
  return {
    clock: options.clock,
    files: options.files,
    streams: {
      out: silent,
      err: silent,
      inputIsTerminal: false,
      editLines() {
        throw new Error("no terminal in this test");
      },
      readInput: async () => Buffer.alloc(0),
      readLine: async () => "",
      get input(): NodeJS.ReadStream {
        throw new Error("no input in this test");
      },
    },
    processes: {
      pid: 1,
      hostname: "test",
      numberSpace: "",
      env: { KUBEMU_STATE: "/state.json", ...options.env },
      cwd: "/",
      identityOf: () => "",
      onInterrupt: () => () => {},
      program: ["kubemu"],
      untilInterrupt: async () => {},
      run() {
        throw new Error("no programs in this test");
      },
    },
    net: {
      serve() {
        throw new Error("no network in this test");
      },
    },
    random: { seed: () => options.seed ?? "seed" },
  };
}
