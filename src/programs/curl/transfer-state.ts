import type { HttpResponse } from "../../network/http/message.ts";
import type { ProgramContext } from "../program.ts";
import type { Operation } from "./config.ts";
import type { Connection, Connections } from "./connection.ts";
import type { Console } from "./console.ts";
import type { CookieJar } from "./cookies.ts";
import type { TransferProgress } from "./transfer-progress.ts";
import type { CurlUrl } from "./url.ts";

export interface Sink {
  /** Header lines, CRLF included, as they come. */
  header(line: string): void;
  body(data: Uint8Array): void;
}

/** What `-w` can tell of a transfer. */
export interface TransferInfo {
  url: CurlUrl;
  responseCode: number;
  method: string;
  contentType?: string;
  response?: HttpResponse;
  redirects: number;
  redirectUrl?: string;
  connects: number;
  remoteIp: string;
  remotePort: number;
  sizeHeader: number;
  sizeRequest: number;
  downloaded: number;
  uploaded: number;
  totalUs: number;
  /** What OpenSSL said of the certificate; 0 where it was fine, or none. */
  verifyResult: number;
  referer?: string;
}

/** A transfer under way, as its parts share it. */
export interface TransferState {
  context: ProgramContext;
  console: Console;
  connections: Connections;
  operation: Operation;
  cookies: CookieJar;
  progress: TransferProgress;
  info: TransferInfo;
  sink: Sink;
}

/** The meter is finished before the connection is closed. */
export function closeConnection({ progress, connections }: TransferState, connection: Connection): void {
  progress.done();
  connections.close(connection);
}
