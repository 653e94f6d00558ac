import type { ImageAnswer, Lifetime, ListenPort, LogLine, Process, Toolbox } from "./image.ts";
import { sleepMs } from "./script/machine.ts";
import { type ScriptAround, scriptProcess } from "./script/process.ts";

/** Programs of every userland, beside the image's own: `sleep infinity`, `sh -c '…'`. */
const NOTHING: readonly ListenPort[] = [];

/**
 * What a command line of a plain userland does as a container's main process: how long it runs and what it prints. A program that the
 * image does not have cannot be started. A shell with no script and no terminal reads an empty standard input and ends at once.
 */
export function userlandProcess(
  argv: readonly string[],
  toolbox: Toolbox,
  interactive: boolean,
  script: Omit<ScriptAround, "shell" | "busybox"> = {
    variables: {},
    server: () => undefined,
    stored: () => undefined,
    guessed: false,
    unfollowed: { listens: NOTHING, lifetime: { runs: true } },
  },
): Process {
  const name = (argv[0] ?? "").replace(/^(\/usr)?(\/local)?\/s?bin\//, "");
  if (argv.length === 0) return process({ cannotStart: "no command specified" });
  if (isShell(name)) {
    if (toolbox.base === "none") return process({ cannotStart: notFound(argv[0]!) });
    const text = scriptOf(argv);
    if (interactive) return process({ runs: true, program: "attached" });
    if (text === undefined) return process({ exits: 0, afterMs: 0 });
    return scriptProcess(text, { ...script, shell: name, busybox: toolbox.base !== "debian" });
  }
  if (hasNetworkProgram(name, toolbox)) {
    return process({ runs: true, program: interactive ? "attached" : "atStart" });
  }
  if (name === "cat" && interactive && toolbox.base !== "none") return process({ runs: true, program: "attached" });
  const command = runCommand([name, ...argv.slice(1)]);
  if (command && toolbox.base !== "none") return command;
  return process({ cannotStart: notFound(argv[0]!) });
}

const NETWORK_PROGRAMS = ["curl", "dig", "getent", "host", "nslookup", "ping", "wget"];
const OF_BUSYBOX = ["nslookup", "ping", "wget"];

/** Whether a name is a program of `src/programs` here that speaks to the network and ends by itself. */
function hasNetworkProgram(name: string, { base, extra = [] }: Toolbox): boolean {
  if (!NETWORK_PROGRAMS.includes(name)) return false;
  if (extra.includes(name)) return true;
  if (base === "debian" || base === "alpine") if (name === "getent") return true;
  return (base === "busybox" || base === "alpine") && OF_BUSYBOX.includes(name);
}

function notFound(name: string): string {
  const why = name.includes("/") ? `stat ${name}: no such file or directory` : "executable file not found in $PATH";
  return `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "${name}": ${why}`;
}

const isShell = (name: string) => ["sh", "bash", "ash", "dash", "zsh"].includes(name);

/** The script of `sh -c SCRIPT`. */
export function scriptOf(argv: readonly string[]): string | undefined {
  if (!isShell((argv[0] ?? "").replace(/^.*\//, ""))) return undefined;
  const at = argv.findIndex((arg, i) => i > 0 && /^-[a-z]*c$/.test(arg));
  return at < 0 ? undefined : argv[at + 1];
}

function process(lifetime: Lifetime, lines: LogLine[] = [], listens = NOTHING): Process {
  return { listens, lifetime, startLines: () => lines };
}

/** `nc -l -p 8080`; undefined: it listens to nobody. `input`: what is piped into it, which is its answer. */
export function netcat([name = "", ...args]: readonly string[], input = ""): Process | undefined {
  const port = Number(args.find((arg) => /^\d+$/.test(arg)));
  if (!/^(.*\/)?nc(at)?$/.test(name) || !args.some((arg) => /^-[a-z]*l/.test(arg)) || !(port > 0)) return undefined;
  const server = process({ runs: true }, [], [{ port, protocol: args.includes("-u") ? "UDP" : "TCP" }]);
  const answer = rawAnswer(input);
  return answer ? { ...server, http: () => answer } : server;
}

/** An answer that somebody has written by hand: a status line, headers, an empty line and a body. */
function rawAnswer(text: string): ImageAnswer | undefined {
  const [, status, reason = "", head = "", body = ""] =
    /^HTTP\/1\.[01] (\d{3}) ?([^\r\n]*)\r?\n((?:[^\r\n]+\r?\n)*)(?:\r?\n([\s\S]*))?$/.exec(text) ?? [];
  if (status === undefined) return undefined;
  const headers = head
    .split(/\r?\n/)
    .filter((line) => line.includes(":"))
    .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()] as const);
  return { status: Number(status), reason, headers, body };
}

function runCommand(argv: readonly string[]): Process | undefined {
  const [name = "", ...args] = argv;
  switch (name.replace(/^(\/usr)?(\/local)?\/s?bin\//, "")) {
    case "sleep": {
      const ms = sleepMs(args);
      if (ms === Number.POSITIVE_INFINITY) return process({ runs: true });
      return ms === undefined ? process({ exits: 1, afterMs: 0 }) : process({ exits: 0, afterMs: ms });
    }
    case "tail":
      return process(args.some((arg) => /^-[a-zA-Z]*[fF]/.test(arg)) ? { runs: true } : { exits: 0, afterMs: 0 });
    case "cat":
      return process({ exits: 0, afterMs: 0 });
    case "true":
    case ":":
    case "date":
    case "env":
    case "printenv":
    case "ls":
    case "mkdir":
    case "touch":
    case "cd":
    case "set":
    case "trap":
    case "hostname":
    case "wait":
      return process({ exits: 0, afterMs: 0 });
    case "false":
      return process({ exits: 1, afterMs: 0 });
    case "pause":
    case "top":
      return process({ runs: true });
    case "echo": {
      const plain = args[0] === "-n" || args[0] === "-e" ? args.slice(1) : args;
      return process({ exits: 0, afterMs: 0 }, [{ stream: "stdout", text: plain.join(" ") }]);
    }
    case "printf":
      return process({ exits: 0, afterMs: 0 }, [{ stream: "stdout", text: (args[0] ?? "").replace(/\\n$/, "") }]);
    case "nc":
    case "ncat":
      return netcat(argv) ?? process({ exits: 0, afterMs: 0 });
    default:
      return undefined;
  }
}
