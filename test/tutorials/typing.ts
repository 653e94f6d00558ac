import { Bash, defineCommand } from "just-bash";
import type { HttpReply } from "../../src/platform/platform.ts";
import { Kubectl, type KubectlOptions } from "../support/kubectl.ts";

export interface Answer {
  stdout: string;
  stderr: string;
  status: number;
}

/** Variables that the shell keeps for itself. */
const OWN =
  /^(PWD|OLDPWD|SHLVL|_|IFS|OPTIND|HOME|PATH|SHELLOPTS|BASHOPTS|BASH.*|UID|EUID|PPID|HOSTNAME|HOSTTYPE|MACHTYPE|OSTYPE)$/;

/** curl's meter: it is not drawn where the output is a terminal, as a learner's is. */
const METER = / {2}% Total.*\n.*Dload.*\n(?:[^\n]*\d:\d\d|[^\n]*--:--:-- )[^\n]*\n/g;

/**
 * A learner's shell beside a simulated cluster: pipes, variables and loops are the shell's; `kubectl`, `curl`, `wget`, `nslookup` and
 * `minikube` are kubemu's, each a process of its own on the same state file.
 */
export class Learner {
  readonly kubectl: Kubectl;
  private readonly bash: Bash;
  private env: Record<string, string> = {};
  private typed: readonly string[] | undefined;
  private stop: (() => void) | undefined;

  constructor(options: KubectlOptions = {}) {
    this.kubectl = new Kubectl(options);
    const command = (name: string, before: readonly string[]) =>
      defineCommand(name, async (args, shell) => {
        const local = name === "curl" ? await this.listened(args) : undefined;
        if (local !== undefined) return { stdout: local, stderr: "", exitCode: 0 };
        const ran = await this.kubectl.run([...before, ...args], String(shell.stdin), this.typed);
        return { stdout: ran.stdout, stderr: ran.stderr, exitCode: ran.status };
      });
    this.bash = new Bash({
      cwd: "/home/user",
      customCommands: [
        command("kubectl", []),
        command("kubemu", []),
        ...["curl", "nslookup", "wget", "minikube"].map((name) => command(name, [name])),
      ],
      defenseInDepth: false,
    });
  }

  /** Types a line or more at the prompt. `typed` is entered into the program that it starts, at a terminal. */
  async type(line: string, typed?: readonly string[]): Promise<Answer> {
    this.typed = typed;
    const { stdout, stderr, exitCode, env } = await this.bash.exec(line, { env: this.env });
    this.env = Object.fromEntries(Object.entries(env).filter(([name]) => !OWN.test(name)));
    return { stdout, stderr: stderr.replace(METER, ""), status: exitCode };
  }

  /** Starts a command that listens, in a second terminal; what it prints comes when it is left with Ctrl-C. */
  async inSecondTerminal(argv: string): Promise<() => Promise<Answer>> {
    const listening = new Promise<void>((resolve) => {
      this.kubectl.whileServing = () => {
        resolve();
        return new Promise((stop) => {
          this.stop = stop;
        });
      };
    });
    const ran = this.kubectl.run(argv);
    await Promise.race([listening, ran]);
    return async () => {
      this.stop?.();
      return await ran;
    };
  }

  /** The real curl's part: a request to a port of this machine that a command listens on. */
  private async listened(args: readonly string[]): Promise<string | undefined> {
    const [, port, target = "/"] = /^http:\/\/(?:localhost|127\.0\.0\.1):(\d+)(\/.*)?$/.exec(args.at(-1) ?? "") ?? [];
    const server = this.kubectl.served.get(Number(port));
    if (!server) return undefined;
    server.connection?.();
    const reply = await server.request({
      method: "GET",
      target,
      version: "1.1",
      headers: [
        ["Host", `localhost:${port}`],
        ["User-Agent", "curl/7.88.1"],
        ["Accept", "*/*"],
      ],
      body: new Uint8Array(),
      signal: new AbortController().signal,
    });
    return await bodyOf(reply);
  }
}

async function bodyOf(reply: HttpReply | undefined): Promise<string> {
  if (!reply) return "";
  if (reply.body instanceof Uint8Array) return new TextDecoder().decode(reply.body);
  let all = "";
  for await (const part of reply.body) all += part;
  return all;
}
