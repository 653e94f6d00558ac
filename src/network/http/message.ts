import type { Certificate } from "../../api/x509.ts";
import type { Effect } from "../effects.ts";

/** Header fields in the order and the letters in which they are sent. */
export type Header = readonly [name: string, value: string];

export interface HttpRequest {
  method: string;
  /** Path and query as on the request line, or a whole URL when spoken to a proxy. */
  target: string;
  version: "1.0" | "1.1" | "2";
  headers: readonly Header[];
  body: Uint8Array;
  /** Set when the client speaks TLS: the server name that it asks for. */
  tls?: { serverName: string };
}

export interface HttpResponse {
  status: number;
  /** `OK`; empty in HTTP/2. */
  reason: string;
  version: "1.0" | "1.1" | "2";
  headers: readonly Header[];
  body: Uint8Array;
  /** How long the server took before its first byte; nothing waits for it, time limits compare with it. */
  delayMs?: number;
}

/** What became of a request on an open connection. */
export type Exchange =
  | { kind: "response"; response: HttpResponse; effects: Effect[]; tls?: TlsSession }
  /** The server closed the connection without a byte. */
  | { kind: "closed"; effects: Effect[] }
  /** The server sent something that is not HTTP (`text` as it came), or waits for the client to say more (`text` empty). */
  | { kind: "other"; text: string; effects: Effect[] }
  /** The client spoke TLS to a port that does not (or the other way round). */
  | { kind: "notTls"; effects: Effect[] }
  /** Nothing comes back until the client gives up. */
  | { kind: "silence"; effects: Effect[] };

export interface TlsSession {
  certificate: Certificate;
  /** Signed by an authority that every client knows. */
  trusted: boolean;
  /** What the server's program is built with: it decides on cipher and tickets. */
  library: "openssl" | "go";
  /** What it speaks, by ALPN, to a client that speaks both. */
  protocol: "h2" | "http/1.1";
  /** It asks who the client is. */
  asksClient?: boolean;
}

/** The first value of a header, by name without regard to case. */
export function headerOf(headers: readonly Header[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([key]) => key.toLowerCase() === wanted)?.[1];
}

/** `Name: value` as a user types it; undefined without a name and a colon. */
export function typedHeader(text: string): Header | undefined {
  const colon = text.indexOf(":");
  return colon > 0 ? [text.slice(0, colon), text.slice(colon + 1).trim()] : undefined;
}
