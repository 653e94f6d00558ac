import type { Snapshot } from "../api/snapshot.ts";
import type { Reply } from "../images/image.ts";
import type { Effect } from "../network/effects.ts";
import type { Exchange, HttpRequest } from "../network/http/message.ts";
import type { Location } from "../network/location.ts";
import type { NetworkPath, Protocol } from "../network/path.ts";

/** A program that can be typed on a host, on a node or in a pod. `argv` does not hold the program's own name. */
export interface Program {
  /** The exit status. What is not simulated is refused by `notSimulated`. */
  run(argv: readonly string[], context: ProgramContext): Promise<number>;
}

export interface ProgramContext {
  where: Location;
  out(text: string | Uint8Array): void;
  err(text: string): void;
  /** All of standard input; empty where nothing is connected. */
  stdin(): Promise<Uint8Array>;
  /** Whether standard output is a terminal (curl's progress meter, wget's bar). */
  isTerminal: boolean;
  network: NetworkPort;
  files: ProgramFiles;
  env: Readonly<Record<string, string>>;
  cwd: string;
  /** Milliseconds since 1970. A program that waits adds to its own count; it never sleeps. */
  now(): number;
}

/** The files that a program sees: a pod's virtual ones, or those of the real machine. Paths are relative to `cwd` or absolute. */
export interface ProgramFiles {
  /** undefined when there is no such file (ENOENT). */
  read(path: string): Uint8Array | undefined;
  /** Creates or replaces; throws `FileError` when that cannot be done. */
  write(path: string, data: string | Uint8Array): void;
  append(path: string, data: string | Uint8Array): void;
  exists(path: string): boolean;
  isDirectory(path: string): boolean;
  mkdir(path: string): void;
}

/** `code` is an errno name: `ENOENT`, `EACCES`, `EISDIR`, `ENOTDIR`. */
export class FileError extends Error {
  readonly code: string;
  constructor(code: string, path: string) {
    super(`${code}: ${path}`);
    this.name = "FileError";
    this.code = code;
  }
}

/** The network as a program's socket calls see it from where it runs. Effects are recorded as calls are made. */
export interface NetworkPort {
  /** The cluster as the effects so far have left it. */
  snapshot(): Snapshot;
  /** Opens a connection to an address (no name). Nothing takes time: a dropped packet is a verdict, not a wait. */
  connect(to: string, port: number, protocol: Protocol): NetworkPath;
  /** One request on a connection that answered. */
  http(path: NetworkPath, request: HttpRequest): Exchange;
  /** One message in a protocol of the other end's own, on a connection that answered; undefined: it hangs up. */
  converse(path: NetworkPath, message: readonly string[]): Reply | undefined;
  /** getaddrinfo(3): /etc/hosts, search domains and the name server as they are where the program runs. */
  resolve(name: string, family?: 4 | 6): Resolution;
  record(effects: readonly Effect[]): void;
}

export interface Resolution {
  /** In the order of getaddrinfo; empty when there is none. */
  addresses: string[];
  /** AI_CANONNAME: the last name of a CNAME chain. */
  canonicalName?: string;
  /** `notFound`: EAI_NONAME or EAI_NODATA; `tryAgain`: EAI_AGAIN, no server answered. */
  failure?: "notFound" | "tryAgain";
}
