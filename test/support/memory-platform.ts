import type { Clock, Files, Platform } from "../../src/platform/platform.ts";

/** Files in memory: what the store needs of a file system, with the real ones' error codes. */
export class MemoryFiles implements Files {
  readonly contents = new Map<string, Buffer>();
  private readonly inodes = new Map<string, number>();
  private readonly folders = new Set(["/"]);
  private next = 1;

  read(path: string): Buffer {
    return this.contents.get(path) ?? fail("ENOENT", path);
  }
  exists(path: string): boolean {
    return this.contents.has(path) || this.folders.has(path);
  }
  isDirectory(path: string): boolean {
    return this.folders.has(path);
  }
  list(path: string): string[] {
    return [...this.contents.keys()].filter((name) => name.startsWith(`${path}/`)).sort();
  }
  realpath(path: string): string {
    return this.exists(path) ? path : fail("ENOENT", path);
  }
  readlink(): undefined {}
  mkdir(path: string): void {
    this.folders.add(path);
  }
  writeNew(path: string, data: string | Uint8Array): void {
    if (this.contents.has(path)) fail("EEXIST", path);
    this.write(path, data);
  }
  write(path: string, data: string | Uint8Array): void {
    this.contents.set(path, Buffer.from(data));
    this.inodes.set(path, this.next++);
  }
  append(path: string, data: string): void {
    this.write(path, Buffer.concat([this.contents.get(path) ?? Buffer.alloc(0), Buffer.from(data)]));
  }
  link(existing: string, path: string): void {
    if (this.contents.has(path)) fail("EEXIST", path);
    this.contents.set(path, this.read(existing));
    this.inodes.set(path, this.inodes.get(existing)!);
  }
  rename(from: string, to: string): void {
    this.contents.set(to, this.read(from));
    this.inodes.set(to, this.inodes.get(from)!);
    this.unlink(from);
  }
  unlink(path: string): void {
    if (!this.contents.delete(path)) fail("ENOENT", path);
  }
  removeFolder(path: string): void {
    for (const name of this.list(path)) this.contents.delete(name);
    this.folders.delete(path);
  }
  syncFolder(): void {}
  stat(path: string) {
    return { size: this.read(path).length, mtimeMs: 0, ino: this.inodes.get(path)!, isFile: true, mode: 0o644 };
  }
}

function fail(code: string, path: string): never {
  throw Object.assign(new Error(`${code}: ${path}`), { code });
}

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
