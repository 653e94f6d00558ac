import { runRecorded } from "../../src/cli/recorded.ts";
import { connect, statePath } from "../../src/main.ts";
import type { Files, OutputStream, Platform, Processes } from "../../src/platform/platform.ts";

/** 2026-11-22T15:00:00Z, when these clusters begin. */
export const KUBECTL_START = Date.parse("2026-11-22T15:00:00Z");

/** Where the command lines run, and where relative paths begin. */
export const HOME = "/home/user";

export interface Ran {
  stdout: string;
  stderr: string;
  status: number;
}

export interface KubectlOptions {
  /** Text by path; a relative one is below `HOME`. */
  files?: Record<string, string>;
  env?: Record<string, string>;
  profile?: string;
  /** Stands in for `$EDITOR`, `diff` and what else is executed. */
  program?: Processes["run"];
}

/**
 * kubectl on a cluster in memory: each `run` is a process of its own on the same state file, and a second passes between two of them
 * as in the recordings. Nothing of the machine is touched.
 */
export class Kubectl {
  readonly files = new MemoryFiles();
  readonly env: Record<string, string>;
  now = KUBECTL_START;
  /** Called before every call of `Files`: it may throw, as a disk does. */
  beforeFileCall: ((call: keyof Files, args: readonly unknown[]) => void) | undefined;
  private pid = 0;
  program: Processes["run"] | undefined;
  /** What listens now, by port. */
  readonly served = new Map<number, Parameters<Platform["net"]["serve"]>[2]>();
  /** Whether standard output and error are a terminal. */
  terminal = false;
  /** Runs while a command listens; then the user presses Ctrl-C. */
  whileServing: (() => Promise<void>) | undefined;

  constructor(options: KubectlOptions = {}) {
    for (const [path, text] of Object.entries(options.files ?? {})) this.write(path, text);
    this.files.mkdir(HOME);
    this.files.mkdir("/tmp");
    this.env = {
      KUBEMU_STATE: "/state.json",
      KUBEMU_SEED: "test",
      ...(options.profile ? { KUBEMU_PROFILE: options.profile } : {}),
      ...options.env,
    };
    this.program = options.program;
  }

  write(path: string, text: string): void {
    this.files.write(path.startsWith("/") ? path : `${HOME}/${path}`, text);
  }

  read(path: string): string {
    return this.files.read(path.startsWith("/") ? path : `${HOME}/${path}`).toString("utf8");
  }

  /** `argv` without the program's name; one text is split at blanks. `typed`: lines at a terminal, that shows them. */
  async run(argv: string | readonly string[], input = "", typed?: readonly string[]): Promise<Ran> {
    const lines = [...(typed ?? [])];
    const ran: Ran = { stdout: "", stderr: "", status: 0 };
    const pid = ++this.pid;
    const stream = (name: "stdout" | "stderr"): OutputStream => ({
      write: (text) => {
        ran[name] += typeof text === "string" ? text : Buffer.from(text).toString("utf8");
      },
      isTerminal: this.terminal,
      columns: 80,
    });
    const platform: Platform = {
      clock: {
        virtual: true,
        now: () => this.now,
        sleep: async (ms, signal) => {
          if (!signal?.aborted) this.now += Math.max(0, ms);
        },
      },
      files: this.beforeFileCall ? watched(this.files, this.beforeFileCall) : this.files,
      streams: {
        out: stream("stdout"),
        err: stream("stderr"),
        readInput: async () => Buffer.from(input),
        inputIsTerminal: typed !== undefined,
        readLine: async () => input.split("\n")[0]!,
        editLines() {
          if (!typed) throw new Error("no terminal in this test");
          return {
            async read(prompt) {
              const line = lines.shift();
              ran.stdout += line === undefined ? prompt : `${prompt}${line}\n`;
              return line;
            },
            close() {},
          };
        },
        get input(): NodeJS.ReadStream {
          throw new Error("no interactive input in this test");
        },
      },
      processes: {
        pid,
        hostname: "test",
        env: this.env,
        cwd: HOME,
        // Those that ran before have ended.
        identityOf: (other) => (other === pid ? String(pid) : undefined),
        onInterrupt: () => () => {},
        program: ["kubemu"],
        untilInterrupt: async () => await this.whileServing?.(),
        run: (program, args, settings) => {
          if (!this.program) throw Object.assign(new Error(`spawn ${program} ENOENT`), { code: "ENOENT" });
          const result = this.program(program, args, settings);
          if (!settings?.capture) ran.stdout += result.stdout;
          return result;
        },
      },
      net: {
        serve: async (port, _address, handlers) => {
          const bound = port === 0 ? 40000 + this.served.size : port;
          this.served.set(bound, handlers);
          return { port: bound, close: async () => void this.served.delete(bound) };
        },
      },
      random: { seed: () => "test" },
    };
    const words = typeof argv === "string" ? argv.split(/ +/) : argv;
    ran.status = await runRecorded(words, { platform, connect: () => connect(platform) }, statePath(platform));
    this.now += 1000;
    return ran;
  }

  /** Runs a line that must succeed and print nothing on stderr; its output. */
  async ok(argv: string | readonly string[], input = ""): Promise<string> {
    const { stdout, stderr, status } = await this.run(argv, input);
    if (status !== 0 || stderr !== "")
      throw new Error(`${JSON.stringify(argv)} failed (${status}): ${stderr}${stdout}`);
    return stdout;
  }
}

function watched(files: Files, before: (call: keyof Files, args: readonly unknown[]) => void): Files {
  return new Proxy(files, {
    get(target, name) {
      const call = name as keyof Files;
      const method = target[call] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        before(call, args);
        return method.apply(target, args);
      };
    },
  });
}

/** Files and folders in memory, with the error codes of the real ones. */
export class MemoryFiles implements Files {
  readonly contents = new Map<string, Buffer>();
  private readonly inodes = new Map<string, number>();
  private readonly modes = new Map<string, number>();
  private readonly folders = new Set(["/"]);
  private next = 1;

  read(path: string): Buffer {
    if (this.folders.has(path)) fail("EISDIR", path);
    return this.contents.get(path) ?? fail("ENOENT", path);
  }
  exists(path: string): boolean {
    return this.contents.has(path) || this.isDirectory(path);
  }
  isDirectory(path: string): boolean {
    return this.folders.has(path.replace(/(.)\/+$/, "$1"));
  }
  list(path: string): string[] {
    const prefix = `${path.replace(/\/+$/, "")}/`;
    const names = [...this.contents.keys(), ...this.folders]
      .filter((name) => name.startsWith(prefix) && name !== prefix)
      .map((name) => name.slice(prefix.length).split("/")[0]!);
    return [...new Set(names)].sort();
  }
  realpath(path: string): string {
    return this.exists(path) ? path : fail("ENOENT", path);
  }
  readlink(): undefined {}
  mkdir(path: string): void {
    for (let at = path; at !== "" && at !== "/"; at = at.slice(0, at.lastIndexOf("/"))) this.folders.add(at);
  }
  writeNew(path: string, data: string | Uint8Array): void {
    if (this.contents.has(path)) fail("EEXIST", path);
    this.write(path, data);
  }
  write(path: string, data: string | Uint8Array, mode?: number): void {
    this.mkdir(path.slice(0, path.lastIndexOf("/")));
    if (mode !== undefined) this.modes.set(path, mode);
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
    for (const name of [...this.contents.keys()]) if (name.startsWith(`${path}/`)) this.contents.delete(name);
    for (const name of [...this.folders]) if (name === path || name.startsWith(`${path}/`)) this.folders.delete(name);
  }
  syncFolder(): void {}
  stat(path: string) {
    const mode = this.modes.get(path) ?? 0o644;
    return { size: this.read(path).length, mtimeMs: 0, ino: this.inodes.get(path) ?? 0, isFile: true, mode };
  }
}

function fail(code: string, path: string): never {
  const text = code === "ENOENT" ? "no such file or directory" : code;
  throw Object.assign(new Error(`${code}: ${text}, open '${path}'`), { code });
}
