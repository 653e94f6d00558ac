import { decodeText } from "../../../api/encoding/text.ts";
import type { CommandContext } from "../../command.ts";
import type { OpenPlace, ProgramStreams } from "../run-program.ts";
import { Shell } from "./shell.ts";

/** A `sleep` in the shell lets the cluster go on. */
function waiting(open: OpenPlace, context: CommandContext) {
  return async (ms: number) => {
    await open.save();
    await context.flush();
    await context.clock.sleep(ms);
    open.network.rebase(await context.admin.snapshot());
  };
}

/** Whether a shell was given something to run, and is not to ask for lines. */
export function isScript(argv: readonly string[]): boolean {
  return argv.some((word) => !/^-(i|l|il|li)$/.test(word) && word !== "--login");
}

/** The script of `sh -c SCRIPT`, its options as `set` has them; undefined where it has arguments of its own, or is a file. */
function plainScript(argv: readonly string[]): string | undefined {
  const [flags = "", script] = argv;
  if (argv.length !== 2 || script === undefined || !/^-[elux]*c$/.test(flags)) return undefined;
  const options = flags.replace(/[-lc]/g, "");
  return options === "" ? script : `set -${options}\n${script}`;
}

/** `sh -c 'curl web | grep hi'`, `ls -l /etc`: runs to its end. */
export async function runInShell(
  name: string,
  argv: readonly string[],
  open: OpenPlace,
  streams: ProgramStreams,
  context: CommandContext,
): Promise<number> {
  const word = name.replace(/^.*\//, "");
  const isShell = ["sh", "bash", "ash", "dash", "zsh"].includes(word);
  const shell = await Shell.start(name, open, waiting(open, context));
  const stdin = await streams.stdin();
  const script = isShell ? (isScript(argv) ? plainScript(argv) : decodeText(stdin)) : undefined;
  if (script !== undefined && isScript(argv)) {
    const status = await shell.stream(script, stdin, streams);
    if (status !== false) return status;
  }
  const result =
    script !== undefined
      ? await shell.run(script, isScript(argv) ? { stdin } : {})
      : await shell.run(isShell ? (word === "bash" ? "bash" : "sh") : word, { args: argv, stdin });
  streams.out(result.stdout);
  streams.err(result.stderr);
  return result.status;
}

/** A shell that asks for line after line until it is left. The status of the last command, or that of `exit`. */
export async function runInteractive(
  name: string,
  open: OpenPlace,
  streams: ProgramStreams,
  context: CommandContext,
): Promise<number> {
  const shell = await Shell.start(name, open, waiting(open, context));
  const lines = context.streams.editLines();
  let status = 0;
  let pending = "";
  let printed = "";
  try {
    for (;;) {
      await context.flush();
      const line = await lines.read(pending === "" ? promptOf(name, shell, open) : "> ", afterLineEnd(printed));
      printed = "";
      if (line === undefined) {
        streams.out(name.endsWith("bash") ? "exit\n" : "\n");
        return status;
      }
      const script = pending === "" ? line : `${pending}\n${line}`;
      const leave = /^\s*(?:exit|logout)(?:\s+(\d+))?\s*$/.exec(script);
      if (leave) {
        if (name.endsWith("bash")) streams.out("exit\n");
        return leave[1] === undefined ? status : Number(leave[1]) & 255;
      }
      if (script.trim() === "") continue;
      const result = await shell.runLine(script);
      if (
        result.status === 2 &&
        /syntax error: .*(got EOF|unexpected (EOF|end of file)|Unterminated|unterminated)/i.test(result.stderr)
      ) {
        pending = script;
        continue;
      }
      pending = "";
      streams.out(result.stdout);
      streams.err(result.stderr);
      printed = decodeText(result.stdout) + result.stderr;
      status = result.status;
      if (result.left) return status;
    }
  } finally {
    lines.close();
  }
}

const afterLineEnd = (text: string) => text.slice(text.lastIndexOf("\n") + 1);

/** `/ # ` of BusyBox, `root@web-x7k2p:/# ` of Debian's bash, `# ` of its dash. */
function promptOf(name: string, shell: Shell, { place }: OpenPlace): string {
  const word = name.replace(/^.*\//, "");
  const host = (shell.env.HOSTNAME ?? "").split(".")[0] ?? "";
  const home = shell.env.HOME ?? "/root";
  const tilde = shell.cwd === home || shell.cwd.startsWith(`${home}/`) ? `~${shell.cwd.slice(home.length)}` : shell.cwd;
  if (place.toolbox.base === "debian") return word === "bash" ? `root@${host}:${tilde}# ` : "# ";
  if (word === "bash") return "bash-5.2# ";
  return word === "zsh" ? `${host}# ` : `${tilde} # `;
}
