import { runRecorded } from "../../src/cli/recorded.ts";
import { connect, statePath } from "../../src/main.ts";
import type { Files, OutputStream, Platform, Processes } from "../../src/platform/platform.ts";
import { MemoryFiles } from "./memory-files.ts";

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
  /** What listens now, by port or by the path of a socket. */
  readonly served = new Map<number | string, Parameters<Platform["net"]["serve"]>[2]>();
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

        numberSpace: "",
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
        serve: async (place, _address, handlers) => {
          const bound = place === 0 ? 40000 + this.served.size : place;
          this.served.set(bound, handlers);
          return { port: Number(bound), close: async () => void this.served.delete(bound) };
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
