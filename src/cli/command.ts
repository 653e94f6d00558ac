import type { Admin } from "../admin/admin.ts";
import type { ApiClient, HttpRequest, HttpResponse } from "../apiserver/client.ts";
import type { Clock, Files, Net, Processes, Streams } from "../platform/platform.ts";
import type { FlagValues } from "./flags/values.ts";

/** What a command may use. It knows the cluster through `client` alone, the simulator through `admin`. */
export interface CommandContext {
  client: ApiClient;
  /** The same without printing warnings: they are handed on to somebody else. */
  server: ApiClient;
  admin: Admin;
  /** The API server as HTTP, for what listens (`proxy`). `flush` after each request, before its answer goes out. */
  http(request: HttpRequest): Promise<HttpResponse>;
  clock: Clock;
  files: Files;
  processes: Processes;
  net: Net;
  /** Held back until the commit that it belongs to; `flush` lets it go. */
  streams: Streams;
  /** From `--namespace`, else the kubeconfig's context, else `default`. Throws what checkNamespace does. */
  namespace: string;
  /** True when `--namespace` was given. */
  namespaceGiven: boolean;
  /** From the kubeconfig's context, else `default`: what a command line without `--namespace` means. */
  contextNamespace: string;
  /** Throws CommandError when the kubeconfig and its flags are no use for requests (kubectl's ToRESTConfig); requests throw it by themselves. */
  checkConfig(): void;
  /** The same, and when no server answers where they say. */
  checkRequest(): void;
  /** Throws CommandError when they are no use to tell the namespace (kubectl's Namespace()): most verbs ask before they look at options. */
  checkNamespace(): void;
  /** Prints `Warning: <text>` on stderr, each text once. The server's warnings print themselves. */
  warn(text: string): void;
  /**
   * Commits what was written so far and prints what was held back. Called before anything that takes time or hands over control: a
   * sleep, an editor, a watch. After it, reads see what other processes have written.
   */
  flush(): Promise<void>;
}

/** One command line after pflag's rules were applied. */
export interface Invocation {
  /** `create service clusterip`: the command's path without the program's name. */
  path: string;
  args: string[];
  /** How many of `args` stood before `--`; -1 when there was none (cobra's ArgsLenAtDash). */
  argsLenAtDash: number;
  flags: FlagValues;
}

/**
 * A verb: one file under commands/, one line in root.ts. The three steps of kubectl's own commands (Complete, Validate, Run), with
 * one options type.
 */
export interface Command<Options = unknown> {
  /** Looks up what the arguments mean; throws UsageError or CommandError. */
  complete(invocation: Invocation, context: CommandContext): Promise<Options> | Options;
  /** Pure; throws CommandError. */
  validate?(options: Options): void;
  /** Acts. The exit status is 0 when it returns nothing. */
  run(options: Options, context: CommandContext): Promise<number | undefined> | Promise<void> | number | undefined;
}

/** Ties the options of the three steps together; a command file's default export is what this returns. */
export function defineCommand<Options>(command: Command<Options>): Command<Options> {
  return command;
}

/** A failure that is the client's own: printed as `error: <message>`, exit status 1. */
export class CommandError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = "CommandError";
    this.exitCode = exitCode;
  }
}

/** As CommandError, with `See 'kubectl <path> -h' for help and examples` on a second line (kubectl's cmdutil.UsageErrorf). */
export class UsageError extends CommandError {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.name = "UsageError";
    this.path = path;
  }
}
