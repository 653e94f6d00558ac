import type { ScriptState, ScriptTarget } from "../../api/records.ts";
import { BUILTINS } from "./builtins.ts";
import { Expansion, type Shell } from "./expansion.ts";
import { matches } from "./patterns.ts";
import { type Call, type Called, type Op, type Redirection, type Simple, Unsupported } from "./program.ts";

/** What a script finds around it. */
export interface ScriptWorld {
  /** `sh`, `bash`: as it speaks of itself. */
  shell: string;
  /** BusyBox says `sh: x: not found`, dash `sh: 1: x: not found`. */
  busybox: boolean;
  /** A variable of the container. */
  variable(name: string): string | undefined;
  /** undefined: there is none. */
  read(path: string): string | undefined;
  /** Why it cannot be done, in the system's words. `/dev/null` takes everything. */
  write(path: string, text: string, append: boolean): string | undefined;
  isDirectory(path: string): boolean;
  /** Whether a command line starts a server: one that the script waits for, or one that goes on behind it. */
  serves(argv: readonly string[]): "foreground" | "background" | undefined;
  print(stream: "stdout" | "stderr", text: string, at: number): void;
}

/** `waits`: its next operation comes later; `runs`: for ever; `long`: it has done as many operations as it may at once. */
export type Outcome = { ended: number } | "waits" | "runs" | "long";

interface Output {
  out(text: string): void;
  err(text: string): void;
}

class Exit extends Error {
  readonly status: number;
  constructor(status: number) {
    super("exit");
    this.status = status;
  }
}
class Endless extends Error {}

/** A loop that does not wait is taken to need so long for a turn, in milliseconds. */
const BUSY_TURN = 1000;

/** The longest text of a variable: it stands in the state file. */
const MOST_TEXT = 65_536;

export const startOf = (at: number, cwd: string): ScriptState => ({ next: 0, at, status: 0, variables: {}, cwd });

/**
 * Goes on with a script up to `until` (milliseconds since 1970), or for `most` operations. It yields the commands that are not the
 * shell's own and is given what became of them. `state` is changed in place. Models POSIX.1-2024 XCU 2 as dash and BusyBox ash have it.
 * @throws Unsupported
 */
export function* advance(
  ops: readonly Op[],
  state: ScriptState,
  world: ScriptWorld,
  until: number,
  most = 100_000,
): Generator<Call, Outcome, Called> {
  const machine = new Machine(state, world);
  try {
    for (let done = 0; state.next < ops.length; done++) {
      if (state.at > until) return "waits";
      if (done >= most) return "long";
      try {
        yield* machine.step(ops);
      } catch (error) {
        if (!(error instanceof Exit) || !machine.leave()) throw error;
        state.status = error.status;
      }
      machine.leaveLoops();
    }
    return { ended: state.status };
  } catch (error) {
    if (error instanceof Exit) return { ended: error.status };
    if (error instanceof Endless) return "runs";
    throw error;
  }
}

class Machine {
  private readonly state: ScriptState;
  private readonly world: ScriptWorld;
  /** Whether a command of its own stood in the words of the present one: an assignment has its status. */
  private substituted = false;
  /** `$?` in the words of the present command, whatever ran in them. */
  private before = 0;

  constructor(state: ScriptState, world: ScriptWorld) {
    this.state = state;
    this.world = world;
  }

  *step(ops: readonly Op[]): Generator<Call, void, Called> {
    const { state } = this;
    const op = ops[state.next++]!;
    this.before = state.status;
    const top: Output = {
      out: (text) => this.print("stdout", text),
      err: (text) => this.print("stderr", text),
    };
    switch (op.op) {
      case "run": {
        const here = state.next - 1;
        try {
          yield* this.run(op, this.redirected(top, (state.redirections ?? []).flat()));
        } catch (error) {
          if (error instanceof Endless) state.next = here;
          throw error;
        }
        if (state.status !== 0 && !op.mayFail && !isGuarded(ops, state.next) && state.options?.includes("e"))
          throw new Exit(state.status);
        return;
      }
      case "negate":
        state.status = state.status === 0 ? 1 : 0;
        return;
      case "status":
        state.status = op.status;
        return;
      case "jump":
        if (op.when === "always" || (op.when === "ok") === (state.status === 0)) state.next = op.to;
        return;
      case "again":
        this.again(op.to, state.next - 1, ops[op.to]!.op !== "each");
        return;
      case "words":
        state.words = { ...state.words, [op.id]: yield* this.expansion(top).fields(op.words) };
        return;
      case "each": {
        const [word, ...rest] = state.words?.[op.id] ?? [];
        if (word === undefined) {
          state.next = op.to;
          return;
        }
        state.words = { ...state.words, [op.id]: rest };
        this.assign(op.name, word);
        return;
      }
      case "match": {
        const expansion = this.expansion(top);
        const value = yield* expansion.text(op.word);
        for (const pattern of op.patterns) if (matches(value, yield* expansion.text(pattern))) return;
        state.next = op.to;
        return;
      }
      case "redirect": {
        const targets: ScriptTarget[] = [];
        for (const redirection of op.redirections) targets.push(...(yield* this.targets(redirection, top)));
        for (const { fd, to } of targets)
          if ("path" in to && fd !== 0) this.world.write(this.path(to.path), "", to.append);
        state.redirections = [...(state.redirections ?? []), targets];
        return;
      }
      case "restore":
        state.redirections = (state.redirections ?? []).slice(0, -1);
        if (state.redirections.length === 0) delete state.redirections;
        return;
      case "subshell": {
        const { variables, cwd, redirections } = state;
        const before = { to: op.to, variables, cwd, ...(redirections && { redirections }) };
        state.subshells = [...(state.subshells ?? []), before];
        return;
      }
      case "leave":
        this.leave();
    }
  }

  /** Goes on behind the subshell that it is in; false where it is in none. */
  leave(): boolean {
    const { state } = this;
    const before = state.subshells?.pop();
    if (!before) return false;
    const { to, redirections, ...kept } = before;
    delete state.redirections;
    Object.assign(state, kept, { next: to }, redirections && { redirections });
    if (state.subshells?.length === 0) delete state.subshells;
    return true;
  }

  /** Back to the top of a loop from the operation at `end`. Turns of `for`, whose words come to an end, are not compared. */
  private again(top: number, end: number, compared: boolean): void {
    const { state } = this;
    state.next = top;
    if (!compared) return;
    const variables = JSON.stringify(state.variables);
    const outer = (state.loops ?? []).filter((it) => it.top < top);
    const before = state.loops?.find((it) => it.top === top);
    if (before?.at === state.at) state.at += BUSY_TURN;
    const turn = { top, end, at: state.at, variables, current: [], turns: (before?.turns ?? 0) + 1 };
    const period = before ? state.at - before.at : 0;
    const lines = before?.current ?? [];
    const same =
      before && period === before.period && variables === before.variables && equalLines(lines, before.lines);
    state.loops = [...outer, { ...turn, period, lines, alike: same ? before.alike + 1 : 0 }];
  }

  /** Loops that it has left behind are no longer turned. */
  leaveLoops(): void {
    const { state } = this;
    if (!state.loops) return;
    const around = state.loops.filter(({ top, end }) => top <= state.next && state.next <= end);
    if (around.length === state.loops.length) return;
    if (around.length > 0) state.loops = around;
    else delete state.loops;
  }

  private print(stream: "stdout" | "stderr", text: string): void {
    if (text === "") return;
    for (const loop of this.state.loops ?? []) loop.current.push(`${stream} ${text}`);
    this.world.print(stream, text, this.state.at);
  }

  private *run({ commands, background }: Extract<Op, { op: "run" }>, output: Output): Generator<Call, void, Called> {
    let stdin = "";
    for (const [i, command] of commands.entries()) {
      let piped = "";
      const last = i === commands.length - 1;
      const own: Output = last ? output : { ...output, out: (text) => (piped += text) };
      this.state.status = yield* this.simple(command, own, stdin, background === true);
      stdin = piped;
    }
    if (background) this.state.status = 0;
  }

  private *simple(
    command: Simple,
    around: Output,
    stdin: string,
    background: boolean,
  ): Generator<Call, number, Called> {
    const { state, world } = this;
    this.substituted = false;
    this.before = state.status;
    const expansion = this.expansion(around);
    const argv = yield* expansion.fields(command.words);
    const targets: ScriptTarget[] = [];
    for (const redirection of command.redirections) targets.push(...(yield* this.targets(redirection, around)));
    const output = this.redirected(around, targets);
    for (const target of targets) {
      if ("path" in target.to && target.fd !== 0) {
        const failure = world.write(this.path(target.to.path), "", target.to.append);
        if (failure !== undefined) {
          const verb = world.busybox ? "can't" : "cannot";
          around.err(`${this.where()}${verb} create ${target.to.path}: ${failure}\n`);
          return world.busybox ? 1 : 2;
        }
      }
      if (target.fd === 0) {
        if ("text" in target.to) stdin = target.to.text;
        else if ("path" in target.to) {
          const text = world.read(this.path(target.to.path));
          if (text === undefined) {
            const verb = world.busybox ? "can't" : "cannot";
            around.err(
              `${this.where()}${verb} open ${target.to.path}: ${world.busybox ? "no such file" : "No such file"}\n`,
            );
            return world.busybox ? 1 : 2;
          }
          stdin = text;
        }
      }
    }
    const values: [string, string][] = [];
    for (const { name, value } of command.assignments) values.push([name, yield* expansion.text(value)]);
    const [name] = argv;
    if (state.options?.includes("x") && (name !== undefined || values.length > 0))
      around.err(`+ ${[...values.map(([key, value]) => `${key}=${value}`), ...argv].join(" ")}\n`);
    if (name === undefined) {
      for (const [key, value] of values) this.assign(key, value);
      return this.substituted ? state.status : 0;
    }
    return yield* this.execute(argv, Object.fromEntries(values), output, stdin, background);
  }

  private *execute(
    given: readonly string[],
    values: Readonly<Record<string, string>>,
    output: Output,
    stdin: string,
    background: boolean,
  ): Generator<Call, number, Called> {
    const { state, world } = this;
    const replaces = given[0] === "exec" && given.length > 1;
    const argv = replaces || given[0] === "command" ? given.slice(1) : [...given];
    const name = (argv[0] ?? "").replace(/^(\/usr)?(\/local)?\/s?bin\//, "");
    const finish = (status: number): number => {
      if (replaces) throw new Exit(status);
      return status;
    };
    switch (name) {
      case "exit":
        throw new Exit(Number(argv[1] ?? state.status) & 255);
      case "sleep": {
        const ms = sleepMs(argv.slice(1));
        if (ms === undefined) {
          output.err(
            world.busybox
              ? `sleep: invalid number '${argv[1] ?? ""}'\n`
              : `sleep: invalid time interval '${argv[1] ?? ""}'\nTry 'sleep --help' for more information.\n`,
          );
          return finish(1);
        }
        if (ms === Number.POSITIVE_INFINITY && !background) throw new Endless();
        if (!background) state.at += ms;
        return finish(0);
      }
      case "tail":
        if (!argv.some((word) => /^-[a-zA-Z0-9]*[fF]/.test(word))) break;
        if (!background) throw new Endless();
        return 0;
      case "pause":
      case "top":
        if (!background) throw new Endless();
        return 0;
      case "cd": {
        const path = this.path(argv[1] ?? this.variable("HOME") ?? "/root");
        if (!world.isDirectory(path)) {
          output.err(
            world.busybox
              ? `${world.shell}: cd: line 0: can't cd to ${argv[1]}: No such file or directory\n`
              : `${this.where()}cd: can't cd to ${argv[1]}\n`,
          );
          return 2;
        }
        state.cwd = path;
        return 0;
      }
      case "set":
        return this.set(argv.slice(1));
      case "export":
      case "readonly":
      case "local":
        for (const word of argv.slice(1)) {
          const at = word.indexOf("=");
          if (at > 0) this.assign(word.slice(0, at), word.slice(at + 1));
        }
        return 0;
      case "unset":
        for (const word of argv.slice(1)) this.assign(word, "");
        return 0;
      case "eval":
      case "read":
      case "shift":
      case ".":
      case "source":
      case "getopts":
        throw new Unsupported(name);
      case "trap":
      case "wait":
      case "ulimit":
      case "umask":
      case "exec":
        return 0;
    }
    const builtin = BUILTINS[name];
    if (builtin) {
      const said = builtin(argv.slice(1), {
        at: state.at,
        cwd: state.cwd,
        stdin,
        busybox: world.busybox,
        where: this.where(),
        isDirectory: (path) => world.isDirectory(this.path(path)),
        read: (path) => world.read(this.path(path)),
      });
      output.out(said.stdout);
      output.err(said.stderr);
      return finish(said.status);
    }
    const serves = world.serves(argv);
    if (serves !== undefined) {
      state.serving = [...argv];
      if (stdin !== "") state.piped = stdin;
      if (serves === "foreground" && !background) throw new Endless();
      return 0;
    }
    const env = { ...state.variables, ...values };
    const said = yield { argv, env, cwd: state.cwd, stdin, at: state.at };
    output.out(said.stdout);
    output.err(said.stderr);
    return finish(said.status);
  }

  private set(words: readonly string[]): number {
    for (const word of words) {
      if (/^-[eux]+$/.test(word)) this.state.options = (this.state.options ?? "") + word.slice(1);
      else if (/^\+[eux]+$/.test(word))
        this.state.options = [...(this.state.options ?? "")].filter((letter) => !word.includes(letter)).join("");
      else if (word !== "-o" && word !== "pipefail") throw new Unsupported(`set ${word}`);
    }
    return 0;
  }

  private expansion(around: Output): Expansion {
    const shell: Shell = {
      variable: (name) => this.variable(name),
      assign: (name, value) => this.assign(name, value),
      substitute: (ops) => this.substitute(ops, around),
      fail: (message) => {
        around.err(`${this.where()}${message}\n`);
        throw new Exit(2);
      },
      mustBeSet: this.state.options?.includes("u") ?? false,
      increments: this.world.busybox || this.world.shell === "bash",
    };
    return new Expansion(shell);
  }

  private assign(name: string, value: string): void {
    if (value.length > MOST_TEXT) throw new Unsupported("a variable as long");
    this.state.variables = { ...this.state.variables, [name]: value };
  }

  private variable(name: string): string | undefined {
    if (name === "?") return String(this.before);
    if (name === "$") return "1";
    if (name === "#") return "0";
    if (name === "0") return this.world.shell;
    if (/^[0-9@*!-]$/.test(name)) return undefined;
    if (name === "PWD") return this.state.cwd;
    const { variables } = this.state;
    return Object.hasOwn(variables, name) ? variables[name] : this.world.variable(name);
  }

  private path(path: string): string {
    return path.startsWith("/") ? path : `${this.state.cwd.replace(/\/$/, "")}/${path}`;
  }

  private where(): string {
    return this.world.busybox ? `${this.world.shell}: ` : `${this.world.shell}: 1: `;
  }

  private *targets(redirection: Redirection, around: Output): Generator<Call, ScriptTarget[], Called> {
    const { fd, kind } = redirection;
    const text = yield* this.expansion(around).text(redirection.target);
    if (kind === "text") return [{ fd: 0, to: { text } }];
    if (kind === "copy") return [{ fd, to: { fd: Number(text) } }];
    const to = { path: text, append: kind === "append" };
    if (kind === "both")
      return [
        { fd: 1, to },
        { fd: 2, to: { fd: 1 } },
      ];
    return [{ fd, to }];
  }

  private redirected(around: Output, targets: readonly ScriptTarget[]): Output {
    let { out, err } = around;
    for (const { fd, to } of targets) {
      let next: Output["out"] | undefined;
      if ("fd" in to) next = to.fd === 1 ? out : to.fd === 2 ? err : undefined;
      else if ("path" in to) {
        const path = this.path(to.path);
        const direct = /^\/(?:dev|proc\/(?:self|1)\/fd)\/(stdout|stderr|1|2)$/.exec(path)?.[1];
        if (direct) next = direct === "stdout" || direct === "1" ? around.out : around.err;
        else next = (text) => void (text === "" || this.world.write(path, text, true));
      }
      if (next && fd === 1) out = next;
      else if (next && fd === 2) err = next;
    }
    return { out, err };
  }

  /** What commands print; they wait where the script waits for them. */
  private *substitute(ops: readonly Op[], around: Output): Generator<Call, string, Called> {
    const { state, before } = this;
    const outer = { next: state.next, variables: state.variables, cwd: state.cwd };
    let text = "";
    try {
      for (state.next = 0; state.next < ops.length; ) {
        const op = ops[state.next++]!;
        if (op.op === "run") yield* this.run(op, { out: (more) => (text += more), err: around.err });
        else if (op.op === "negate") state.status = state.status === 0 ? 1 : 0;
        else if (op.op === "status") state.status = op.status;
        else if (op.op === "jump") {
          if (op.when === "always" || (op.when === "ok") === (state.status === 0)) state.next = op.to;
        } else if (op.op !== "redirect" && op.op !== "restore") throw new Unsupported("a loop in a substitution");
      }
    } catch (error) {
      if (!(error instanceof Exit)) throw error;
      state.status = error.status;
    }
    Object.assign(state, outer);
    this.before = before;
    this.substituted = true;
    return text.replace(/\n+$/, "");
  }
}

/** Whether what comes next looks at the status itself. */
function isGuarded(ops: readonly Op[], next: number): boolean {
  const op = ops[next];
  return op?.op === "negate" || (op?.op === "jump" && op.when !== "always");
}

function equalLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, i) => line === b[i]);
}

const UNITS: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86400 };

/** Milliseconds of `sleep`'s arguments together; undefined: one is no time. */
export function sleepMs(args: readonly string[]): number | undefined {
  if (args.some((arg) => /^inf(inity)?$/i.test(arg))) return Number.POSITIVE_INFINITY;
  const times = args.map((arg) => /^(\d*\.?\d+)([smhd]?)$/.exec(arg));
  if (times.length === 0 || times.some((time) => !time)) return undefined;
  return Math.round(times.reduce((sum, time) => sum + Number(time![1]) * UNITS[time![2]!]!, 0) * 1000);
}
