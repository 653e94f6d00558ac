import type { ScriptState, StoredFile } from "../api/records.ts";

/**
 * What a connection leaves behind. The network is a pure function: it hands these back as data, and who owns the transaction stores
 * them (`record-effects.ts` says which records that changes).
 */
export type Effect =
  /** A Service port has spread one more connection. `port` is `80/TCP`. */
  | { kind: "connection"; namespace: string; service: string; port: string }
  /** ClientIP affinity: this client goes to `endpoint` (`address:port`) until the timeout after `at` (milliseconds since 1970). */
  | {
      kind: "affinity";
      namespace: string;
      service: string;
      client: string;
      port: string;
      endpoint: string;
      at: number;
    }
  /** Lines that a container prints; `at` in milliseconds since 1970. */
  | {
      kind: "log";
      namespace: string;
      pod: string;
      podUid: string;
      container: string;
      stream: "stdout" | "stderr";
      lines: string[];
      /** True when the last line has no line end yet: what comes next goes on in it. */
      open?: boolean;
      at: number;
    }
  /** Files that a container writes: absolute paths, or paths in `volume`. */
  | {
      kind: "files";
      namespace: string;
      pod: string;
      podUid: string;
      container: string;
      restart: number;
      volume?: string;
      files: Record<string, StoredFile>;
    }
  /** What the main process of a container keeps in mind from now on. */
  | {
      kind: "memory";
      namespace: string;
      pod: string;
      podUid: string;
      container: string;
      restart: number;
      memory: Record<string, string>;
    }
  /** How far the script that is the main process of a container has come. */
  | {
      kind: "script";
      namespace: string;
      pod: string;
      podUid: string;
      container: string;
      restart: number;
      script: ScriptState;
    }
  /** A container's `postStart` hook has run. */
  | { kind: "postStart"; namespace: string; pod: string; podUid: string; container: string; restart: number }
  /** The main process of a container ends; `at` in milliseconds since 1970. */
  | {
      kind: "exit";
      namespace: string;
      pod: string;
      podUid: string;
      container: string;
      restart: number;
      code: number;
      at: number;
    };
