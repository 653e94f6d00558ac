import type { Container, Pod } from "../api/types/core.ts";

export type Header = readonly [name: string, value: string];

/** What a container image brings. One small file an image family; `catalogue.ts` finds the one of a reference. */
export interface Image {
  /** The image's own ENTRYPOINT and CMD. */
  entrypoint: readonly string[];
  cmd: readonly string[];
  /** ENV lines of the image beside PATH. */
  env?: Readonly<Record<string, string>>;
  workingDir?: string;
  /** Files of the image that matter here, by absolute path. */
  files?(container: ContainerView): Readonly<Record<string, string>>;
  /** Which programs `exec` finds. */
  toolbox: Toolbox;
  /** Tags that exist; absent: every tag does. */
  tags?: readonly string[];
  /** The image as another version of it is; absent: all are alike. */
  variant?(repository: string, tag: string): Image;
  /** What the image's own program does; undefined: `argv` is not the image's program (the shell's rules decide then). */
  process(argv: readonly string[], container: ContainerView): Process | undefined;
}

/**
 * `busybox`: BusyBox's applets; `debian`: coreutils and a shell; `alpine`: BusyBox and musl; `none`: no shell at all. `extra` names
 * programs beside those (`curl`, `dig` …).
 */
export interface Toolbox {
  base: "busybox" | "alpine" | "debian" | "none";
  extra?: readonly string[];
}

/** What a process may know of its container. */
export interface ContainerView {
  repository: string;
  tag: string;
  /** Somebody is to be attached to its input. */
  stdin: boolean;
  /** Declared in the pod's spec. */
  ports: readonly { containerPort: number; protocol?: string; name?: string }[];
  /** Texts that are mounted below a folder, by absolute path; undefined: the image's own are there. */
  mounted(folder: string): ReadonlyMap<string, string> | undefined;
  /** `env` of the spec with plain values; what comes from elsewhere is in `PodView.env`. */
  env: Readonly<Record<string, string>>;
}

export interface ListenPort {
  port: number;
  protocol: "TCP" | "UDP" | "SCTP";
  /** Bound to 127.0.0.1: answers inside the pod alone. */
  loopback?: boolean;
}

/** What a running container does. */
export interface Process {
  listens: readonly ListenPort[];
  lifetime: Lifetime;
  /** Lines printed at the start. */
  startLines?(view: PodView): LogLine[];
  /** The answer to one request; absent: its ports speak no HTTP. */
  http?(request: ImageRequest, view: PodView): ImageAnswer;
  /** True when the listening port speaks TLS. */
  tls?(port: number): boolean;
  /** The answer to plain HTTP on a port that speaks TLS; absent: the connection is closed. */
  plainHttp?(request: ImageRequest, view: PodView): ImageAnswer;
  /** The certificates that a port which speaks TLS shows, as PEM; absent: one that the image made for itself. */
  certificate?(port: number): string | undefined;
  /**
   * Names that it asks for once, when it starts, and the lines with which it ends (exit status 1) where there is no such name. What they
   * are the addresses of stands in its memory, as `addressOf` reads it.
   */
  resolves?: readonly { host: string; failure(view: PodView): LogLine[] }[];
  /** The answer to one message in a protocol of its own; absent: it speaks none that is simulated. */
  converse?(message: readonly string[], view: PodView): Conversation;
  /** What a server that speaks no HTTP sends to one that does (redis: an error line); absent: it closes the connection. */
  greeting?(port: number): string;
}

export type Lifetime =
  /**
   * `program`: it runs a program of `src/programs`, and ends as that does: by itself (`atStart`), or, where its input is open, when
   * somebody is attached to it (`attached`): that who attaches sees all of it is kubemu's choice, on a real cluster it is a race.
   * `script`: a shell's script that asks the cluster or changes it, and is run as time goes by.
   */
  | { runs: true; program?: "atStart" | "attached" | "script" }
  /** Milliseconds after the start. */
  | { exits: number; afterMs: number }
  /** The runtime cannot start it: reason StartError, exit code 128 (127 where a shell looked). */
  | { cannotStart: string };

export interface LogLine {
  stream: "stdout" | "stderr";
  text: string;
  /** Milliseconds since 1970; absent: when the container started. */
  at?: number;
  /** It has no line end yet. */
  open?: true;
}

export interface PodView {
  pod: Pod;
  container: Container;
  /** All variables of the container, in the order of its process. */
  env: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  now: number;
  seed: string;
  startedAt: number;
  /**
   * A file that was written in the container or is mounted; undefined where the image's own is still there, or none.
   * `writtenAt` in milliseconds since 1970.
   */
  changedFile(path: string): { data: Uint8Array; writtenAt: number } | "removed" | "folder" | undefined;
  /** What the main process has kept in mind since its container started. */
  memory: Memory;
  /** Connects from the pod to `host` (a name or an address) and says one message. */
  call(host: string, port: number, message: readonly string[]): Called;
  /** Sends one HTTP request from the pod to `host` (a name or an address). */
  fetch(host: string, port: number, request: FetchRequest): Fetched;
}

export interface FetchRequest {
  method: string;
  target: string;
  version: "1.0" | "1.1";
  headers: readonly Header[];
  body: Uint8Array;
}

/** What stands in the way of a call to another server. `exhausted`: who asks itself, by others, has no connection left. */
export type CallFailure = "unresolved" | "refused" | "timedOut" | "noRoute" | "closed" | "exhausted";

export type Fetched =
  | { status: number; reason: string; headers: readonly Header[]; body: Uint8Array }
  | { failure: CallFailure };

/** The address that a name had when a process started (`Process.resolves`). */
export const addressOf = (memory: Memory, host: string): string | undefined => memory[`address of ${host}`];
export const withAddress = (memory: Memory, host: string, address: string): Memory => ({
  ...memory,
  [`address of ${host}`]: address,
});

/** Names and texts that a process keeps; they last as long as its container. */
export type Memory = Readonly<Record<string, string>>;

/** What a server says in a protocol of its own. Models the types of Redis' RESP. */
export type Reply = { status: string } | { error: string } | string | number | null | readonly Reply[];

export interface Conversation {
  reply: Reply;
  /** What it keeps in mind from now on; absent: what it did before. */
  memory?: Memory;
}

/** `unresolved`: no such name; `closed`: the other end speaks another protocol. */
export type Called = { reply: Reply } | { failure: Exclude<CallFailure, "exhausted"> };

export interface ImageRequest {
  method: string;
  /** Path and query as on the request line. */
  target: string;
  version: "1.0" | "1.1" | "2";
  headers: readonly Header[];
  body: Uint8Array;
  /** As the socket shows it. */
  client: { address: string; port: number };
  server: { address: string; port: number };
}

export type ImageAnswer =
  | {
      status: number;
      /** Absent: the usual phrase of the status. */
      reason?: string;
      headers: readonly Header[];
      body: string | Uint8Array;
      delayMs?: number;
      /** Printed by the container for this request. */
      log?: readonly LogLine[];
      /** What the process keeps in mind from now on; absent: what it did before. */
      memory?: Memory;
    }
  | { close: true; delayMs?: number; log?: readonly LogLine[] };

export const tcp = (...ports: number[]): ListenPort[] => ports.map((port) => ({ port, protocol: "TCP" }));

/** The first value of a header, without regard to case. */
export function header(request: ImageRequest, name: string): string | undefined {
  return request.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** Path and query of the request line, apart and as sent. */
export function splitTarget(target: string): { path: string; query: string } {
  const path = target.startsWith("http://") ? target.replace(/^http:\/\/[^/]*/, "") || "/" : target;
  const mark = path.indexOf("?");
  return mark < 0 ? { path, query: "" } : { path: path.slice(0, mark), query: path.slice(mark + 1) };
}

/** IMF-fixdate, as the Date header has it. */
export function httpDate(ms: number): string {
  return new Date(ms).toUTCString();
}
