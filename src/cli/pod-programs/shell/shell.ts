import type { Bash, CommandName, CustomCommand } from "just-bash";
import { decodeText, encodeText } from "../../../api/encoding/text.ts";
import { ApiError } from "../../../api/status.ts";
import { errnoText } from "../../../platform/errno.ts";
import { findProgram, hasProgram, ownPrograms } from "../../../programs/catalogue.ts";
import { coreutils, knownProgram, notSimulatedPrograms } from "../../../programs/known-programs.ts";
import { type OpenPlace, type ProgramStreams, programContext } from "../run-program.ts";
import { type Library, shellLibrary } from "./library.ts";
import { ShellFiles } from "./shell-files.ts";

/** The two streams of a script whose output is handed on as it comes. */
const STREAMS = { out: "/proc/self/fd/kubemu-1", err: "/proc/self/fd/kubemu-2" } as const;

export interface ShellResult {
  stdout: Uint8Array;
  stderr: string;
  status: number;
}

const WENT_ON = "KUBEMU_WENT_ON";

/** A shell in a place of the cluster. */
export class Shell {
  private readonly bash: Bash;
  private readonly name: string;
  private readonly open: OpenPlace;
  private readonly files: ShellFiles;
  env: Record<string, string>;
  cwd: string;

  private constructor(name: string, open: OpenPlace, bash: Bash, files: ShellFiles) {
    this.files = files;
    this.name = name;
    this.open = open;
    this.bash = bash;
    this.env = { ...open.place.env };
    this.cwd = open.place.cwd;
  }

  /** `wait` passes the time of `sleep`, in milliseconds. */
  static async start(name: string, open: OpenPlace, wait: (ms: number) => Promise<void>): Promise<Shell> {
    const library = await shellLibrary(name);
    const { toolbox } = open.place;
    const commands = coreutils().filter((command) => knownProgram(command, toolbox) === "coreutils");
    const customCommands = [
      // Ours speak to the simulated network; the library's own work on files and text.
      ...ownPrograms()
        .filter((program) => hasProgram(program, toolbox))
        .map((program) => ours(program, open, library)),
      ...absent(open, library),
      environment(library),
    ];
    const programs = [...commands, "sh", "bash", ...customCommands.map((command) => command.name)];
    const files = new ShellFiles(open.place, () => open.network.snapshot().now, programs);
    const bash = new library.Bash({
      fs: files,
      env: { ...open.place.env },
      cwd: open.place.cwd,
      commands: [...commands, "sh", "bash"] as CommandName[],
      customCommands,
      // It would guard against our own programs, which run inside.
      defenseInDepth: false,
      sleep: wait,
    });
    return new Shell(name, open, bash, files);
  }

  /**
   * Runs a script that waits in between and hands on what its commands print as they end; false, and nothing is done, for one that
   * does not wait, or in which commands read what others print: the library would not keep that apart.
   */
  async stream(
    script: string,
    stdin: Uint8Array,
    streams: Pick<ProgramStreams, "out" | "err">,
  ): Promise<number | false> {
    if (!/\bsleep\b/.test(script) || /`|\$\(|[<>]\(|(?<!\|)\|(?!\|)|\bexec\b|\btrap\b/.test(script)) return false;
    this.files.sinks.set(STREAMS.out, (data) => streams.out(data));
    this.files.sinks.set(STREAMS.err, (data) => streams.err(this.words(decodeText(data))));
    const { stdout, stderr, status } = await this.run(`exec >${STREAMS.out} 2>${STREAMS.err}; ${script}`, { stdin });
    streams.out(stdout);
    streams.err(stderr);
    return status;
  }

  /** Runs a script, or a program with arguments that no shell reads; variables and folder stay for the next one. */
  async run(script: string, options: { args?: readonly string[]; stdin?: Uint8Array } = {}): Promise<ShellResult> {
    const result = await this.bash.exec(script, {
      env: this.env,
      replaceEnv: true,
      cwd: this.cwd,
      stdin: latin1(options.stdin ?? new Uint8Array()),
      stdinKind: "bytes",
      ...(options.args ? { args: [...options.args] } : {}),
    });
    await this.open.save();
    this.env = Object.fromEntries(Object.entries(result.env).filter(([key]) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(key)));
    this.cwd = result.env.PWD ?? this.cwd;
    const stdout =
      result.stdoutKind === "bytes" || result.stdoutEncoding === "binary"
        ? Uint8Array.from(result.stdout, (char) => char.charCodeAt(0))
        : encodeText(result.stdout);
    const refused = this.refusals();
    const status = refused !== "" && result.exitCode === 0 ? 1 : result.exitCode;
    return { stdout, stderr: this.words(result.stderr) + refused, status };
  }

  /** As `run`; `left`: an `exit` in the line has ended the shell. The library does not say so: what stands behind it is not reached. */
  async runLine(script: string): Promise<ShellResult & { left: boolean }> {
    if (!/\b(exit|logout)\b/.test(script)) return { ...(await this.run(script)), left: false };
    const result = await this.run(`${script}\n${WENT_ON}=$?`);
    const { [WENT_ON]: status, ...env } = this.env;
    this.env = env;
    if (status !== undefined) return { ...result, status: Number(status), left: false };
    return { ...result, left: !/syntax error/i.test(result.stderr) };
  }

  /** What dash, BusyBox and bash say of a redirection that cannot be opened. */
  private refusals(): string {
    const word = this.name.replace(/^.*\//, "");
    const { base } = this.open.place.toolbox;
    const missing = base === "debian" ? "Directory nonexistent" : "nonexistent directory";
    const lines = [...this.files.refused].map(([path, code]) => {
      const why = code === "ENOENT" && word !== "bash" ? missing : errnoText(code);
      if (word === "bash") return `bash: line 1: ${path}: ${why}\n`;
      return base === "debian"
        ? `${word}: 1: cannot create ${path}: ${why}\n`
        : `${word}: can't create ${path}: ${why}\n`;
    });
    this.files.refused.clear();
    return lines.join("");
  }

  /** The library speaks as bash does; dash and BusyBox have other words. */
  private words(stderr: string): string {
    const word = this.name.replace(/^.*\//, "");
    const { base, extra = [] } = this.open.place.toolbox;
    if (word === "bash" || word === "zsh" || extra.includes(word)) return stderr;
    const dash = base === "debian";
    return stderr.replace(
      /^(?:bash|sh): (?:line (\d+): )?(.*?)(: command not found)?$/gm,
      (_all, line, rest, missing) => {
        const where = dash ? `${word}: ${line ?? 1}: ` : `${word}: ${line === undefined ? "" : `line ${line}: `}`;
        return `${missing && !dash ? `${word}: ` : where}${rest}${missing ? ": not found" : ""}`;
      },
    );
  }
}

const latin1 = (bytes: Uint8Array) => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

/** One of our programs as a command of the shell. */
function ours(name: string, open: OpenPlace, { defineCommand }: Library): CustomCommand {
  return defineCommand(name, async (args, shell) => {
    const program = await findProgram(name, open.place.toolbox);
    const out: Uint8Array[] = [];
    let stderr = "";
    const context = programContext(open, {
      out: (data) => void out.push(typeof data === "string" ? encodeText(data) : data),
      err: (text) => {
        stderr += text;
      },
      stdin: async () => Uint8Array.from(String(shell.stdin), (char) => char.charCodeAt(0)),
      isTerminal: false,
    });
    const env = Object.fromEntries(shell.env as Iterable<[string, string]>);
    let exitCode = 1;
    try {
      exitCode = (await program?.run(args, { ...context, env, cwd: shell.cwd })) ?? 127;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      stderr += `error: ${error.message}\n`;
    }
    const bytes = new Uint8Array(out.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of out) {
      bytes.set(part, at);
      at += part.length;
    }
    return { stdout: latin1(bytes), stderr, exitCode, stdoutKind: "bytes" };
  });
}

/** `env`, of what is exported alone: the library's own shows every variable of the shell. */
function environment({ defineCommand }: Library): CustomCommand {
  return defineCommand("env", async (args, shell) => {
    const env = new Map(args[0] === "-i" ? [] : Object.entries(shell.exportedEnv ?? {}));
    let at = args[0] === "-i" ? 1 : 0;
    for (; /^[^-=][^=]*=/.test(args[at] ?? ""); at++) {
      const word = args[at] ?? "";
      env.set(word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1));
    }
    const [command, ...rest] = args.slice(at);
    if (command !== undefined && shell.exec)
      return await shell.exec(command, {
        args: rest,
        env: Object.fromEntries(env),
        replaceEnv: true,
        cwd: shell.cwd,
        stdin: String(shell.stdin),
      });
    return { stdout: [...env].map(([name, value]) => `${name}=${value}\n`).join(""), stderr: "", exitCode: 0 };
  });
}

/** What is there in reality and not here says so, and the few that know who they are. */
function absent(open: OpenPlace, { defineCommand }: Library): CustomCommand[] {
  const { toolbox } = open.place;
  const refused = notSimulatedPrograms().filter((name) => knownProgram(name, toolbox) === "notSimulated");
  const fixed: Record<string, string> = {
    whoami: "root\n",
    id: "uid=0(root) gid=0(root) groups=0(root)\n",
    uname: "Linux\n",
  };
  return [
    ...refused.map((name) =>
      defineCommand(name, async () => ({
        stdout: "",
        stderr: `error: kubemu does not simulate the program ${name}\n`,
        exitCode: 1,
      })),
    ),
    ...Object.entries(fixed).map(([name, text]) =>
      defineCommand(name, async (args) =>
        args.length === 0
          ? { stdout: text, stderr: "", exitCode: 0 }
          : { stdout: "", stderr: `error: kubemu does not simulate ${name} ${args.join(" ")}\n`, exitCode: 1 },
      ),
    ),
  ];
}
