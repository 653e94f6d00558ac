/** What the outside of the program looks like. Real ones in this folder, fakes in the tests. */

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits; with `KUBEMU_NOW` the clock jumps ahead instead. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** True when `KUBEMU_NOW` holds the clock. */
  readonly virtual: boolean;
}

/** A file that is open for reading. As long as it is, no other file has its `ino`, even when it is replaced. */
export interface OpenFile {
  readonly length: number;
  /** As `Files.stat` says, when it was opened. */
  readonly mtimeMs: number;
  readonly ino: number;
  /** The bytes from `from` up to `to`; fewer where the file ends before. */
  slice(from: number, to: number): Buffer;
  close(): void;
}

/** The calls that reading and writing the state file and manifests needs; each throws `NodeJS.ErrnoException`. */
export interface Files {
  read(path: string): Buffer;
  open(path: string): OpenFile;
  exists(path: string): boolean;
  isDirectory(path: string): boolean;
  list(path: string): string[];
  realpath(path: string): string;
  /** What a symbolic link says, or undefined where there is none. */
  readlink(path: string): string | undefined;
  mkdir(path: string, mode: number): void;
  /** Creates exclusively, writes, fsyncs, closes. */
  writeNew(path: string, data: string | Uint8Array, mode: number): void;
  /** Creates or replaces, without promises on a crash. */
  write(path: string, data: string | Uint8Array, mode?: number): void;
  /** What it makes is for the user alone. */
  append(path: string, data: string): void;
  link(existing: string, path: string): void;
  rename(from: string, to: string): void;
  unlink(path: string): void;
  /** A folder with all that is in it; nothing happens when there is none. */
  removeFolder(path: string): void;
  /** fsync of a folder, so that a rename in it is on disk. */
  syncFolder(path: string): void;
  /** `mode`: the permissions, and what else the system keeps with them. */
  stat(path: string): { size: number; mtimeMs: number; ino: number; isFile: boolean; mode: number };
}

export interface Streams {
  readonly out: OutputStream;
  readonly err: OutputStream;
  /** All of standard input. */
  readInput(): Promise<Buffer>;
  readonly inputIsTerminal: boolean;
  /** The next line of standard input with its line end; "" at the end of it. */
  readLine(): Promise<string>;
  /** Standard input as it comes, for interactive programs. */
  readonly input: NodeJS.ReadStream;
  /** Asks for lines at the terminal that standard input is. */
  editLines(): LineEditor;
}
export interface LineEditor {
  /** undefined at the end of the input (Ctrl-D). @param before what was printed last without a line end: the prompt follows it */
  read(prompt: string, before?: string): Promise<string | undefined>;
  close(): void;
}
export interface OutputStream {
  write(text: string | Uint8Array): void;
  readonly isTerminal: boolean;
  readonly columns: number;
}

export type Signal = "SIGHUP" | "SIGINT" | "SIGQUIT" | "SIGTERM";

export interface Processes {
  readonly pid: number;
  readonly hostname: string;
  /** Which processes the numbers of this host mean: those of a container are others. "" where the system does not say. */
  readonly numberSpace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /**
   * What tells a running process from a later one of the same number, after a restart of the machine too; "" where the system does not
   * say, undefined when no such process runs.
   */
  identityOf(pid: number): string | undefined;
  /**
   * Until the returned function is called, an interrupt (SIGINT, SIGTERM, SIGHUP) calls `cleanUp` and ends the process with 128 + the
   * signal's number.
   */
  onInterrupt(cleanUp: () => void): () => void;
  /** What starts this program again: its runtime and its script, or the standalone executable alone. */
  readonly program: readonly string[];
  /** Waits until the user presses Ctrl-C (SIGINT), or for the first of the signals that are named. */
  untilInterrupt(signals?: readonly Signal[]): Promise<void>;
  /** Runs a program with this process's streams and waits for it. */
  run(
    program: string,
    args: string[],
    options?: { env?: Record<string, string | undefined>; input?: string; capture?: boolean },
  ): { status: number; stdout: string };
}

export interface Net {
  /**
   * An HTTP/1.1 server, on loopback only; port 0 takes a free one. With a path in the place of the port it listens on a Unix socket there,
   * which is for the user alone. Throws `NodeJS.ErrnoException` (EADDRINUSE …) when it cannot listen.
   */
  serve(
    place: number | string,
    address: "127.0.0.1" | "::1",
    handlers: {
      /** A connection was opened. */
      connection?(): void;
      /** undefined closes the connection without an answer. */
      request(request: HttpAsk): Promise<HttpReply | undefined>;
    },
  ): Promise<{ port: number; close(): Promise<void> }>;
}
export interface HttpAsk {
  method: string;
  target: string;
  version: "1.0" | "1.1";
  /** In the order and the letters in which they came. */
  headers: [name: string, value: string][];
  body: Uint8Array;
  /** Aborted when the client has gone. */
  signal: AbortSignal;
}
export interface HttpReply {
  status: number;
  reason: string;
  headers: readonly (readonly [name: string, value: string])[];
  /** Parts are sent as they come. */
  body: Uint8Array | AsyncIterable<string>;
}

export interface Random {
  /** A new cluster's seed, from the system. */
  seed(): string;
}

export interface Platform {
  clock: Clock;
  files: Files;
  streams: Streams;
  processes: Processes;
  net: Net;
  random: Random;
}
