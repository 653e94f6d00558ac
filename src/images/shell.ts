import type { Lifetime, ListenPort, LogLine, Process, Toolbox } from "./image.ts";

/** Programs of every userland, beside the image's own: `sleep infinity`, `sh -c '…'`. */
const NOTHING: readonly ListenPort[] = [];

/**
 * What a command line of a plain userland does as a container's main process: how long it runs and what it prints. A program that the
 * image does not have cannot be started. A shell with no script and no terminal reads an empty standard input and ends at once.
 */
export function userlandProcess(argv: readonly string[], toolbox: Toolbox, interactive: boolean): Process {
  const name = (argv[0] ?? "").replace(/^(\/usr)?(\/local)?\/s?bin\//, "");
  if (argv.length === 0) return process({ cannotStart: "no command specified" });
  if (isShell(name)) {
    if (toolbox.base === "none") return process({ cannotStart: notFound(argv[0]!) });
    const script = scriptOf(argv);
    if (interactive) return process({ runs: true, program: "attached" });
    if (script === undefined) return process({ exits: 0, afterMs: 0 });
    return runScript(script);
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

function scriptOf(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((arg, i) => i > 0 && /^-[a-z]*c$/.test(arg));
  return at < 0 ? undefined : argv[at + 1];
}

function process(lifetime: Lifetime, lines: LogLine[] = [], listens = NOTHING): Process {
  return { listens, lifetime, startLines: () => lines };
}

/** A script as a container's main process: commands are followed to the first that does not end. */
function runScript(script: string): Process {
  if (/\b(while|until)\s+(true|:|\[\s*1\s*\]|sleep\s)|\bfor\s*\(\(\s*;/.test(script)) return process({ runs: true });
  const lines: LogLine[] = [];
  let afterMs = 0;
  let status = 0;
  const commands = script
    .split(/\n|;|(&&|\|\|)/)
    .map((part) => part?.trim() ?? "")
    .filter((part) => part !== "" && !part.startsWith("#"));
  for (let i = 0; i < commands.length; i++) {
    const text = commands[i]!;
    if (text === "&&" || text === "||") {
      if ((text === "&&") !== (status === 0)) i++;
      continue;
    }
    const words = text.replace(/^exec\s+/, "").match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
    const argv = words.map((word) => word.replace(/^(["'])(.*)\1$/, "$2"));
    if (argv[0] === "exit") return process({ exits: Number(argv[1] ?? status) & 255, afterMs }, lines);
    const redirected = argv.findIndex((word) => /^\d?>/.test(word));
    const command = runCommand(redirected < 0 ? argv : argv.slice(0, redirected));
    if (!command) {
      lines.push({ stream: "stderr", text: `sh: ${argv[0]}: not found` });
      status = 127;
      continue;
    }
    if (redirected < 0) lines.push(...(command.startLines?.(undefined as never) ?? []));
    if ("runs" in command.lifetime) return { ...command, startLines: () => lines };
    if ("exits" in command.lifetime) {
      afterMs += command.lifetime.afterMs;
      status = command.lifetime.exits;
    }
  }
  return process({ exits: status, afterMs }, lines);
}

const UNITS: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86400 };

function runCommand(argv: readonly string[]): Process | undefined {
  const [name = "", ...args] = argv;
  switch (name.replace(/^(\/usr)?(\/local)?\/s?bin\//, "")) {
    case "sleep": {
      if (args.some((arg) => arg.startsWith("inf"))) return process({ runs: true });
      const times = args.map((arg) => /^(\d*\.?\d+)([smhd]?)$/.exec(arg));
      if (times.length === 0 || times.some((time) => !time)) return process({ exits: 1, afterMs: 0 });
      const seconds = times.reduce((sum, time) => sum + Number(time![1]) * UNITS[time![2]!]!, 0);
      return process({ exits: 0, afterMs: Math.round(seconds * 1000) });
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
    case "ncat": {
      const listening = args.some((arg) => /^-[a-z]*l/.test(arg));
      const port = Number(args.find((arg) => /^\d+$/.test(arg)));
      return listening && port > 0
        ? process({ runs: true }, [], [{ port, protocol: args.includes("-u") ? "UDP" : "TCP" }])
        : process({ exits: 0, afterMs: 0 });
    }
    default:
      return undefined;
  }
}
