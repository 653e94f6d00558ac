import { encodeText } from "../../api/encoding/text.ts";
import { type Exchange, type HttpResponse, headerOf } from "../../network/http/message.ts";
import type { Connection } from "./connection.ts";
import { CURL_MESSAGES, CurlError } from "./error.ts";
import { type RequestPlan, targetOf } from "./request.ts";
import { beforeAnswer } from "./tls.ts";
import { closeConnection, type TransferState } from "./transfer-state.ts";

/** How long a server keeps an idle connection, as nginx does. */
const IDLE_MS = 75_000;

/** The answer, handed to the sink as it comes. @throws CurlError for none, and for one that fails as the options have it */
export function receiveAnswer(
  exchange: Exchange,
  plan: RequestPlan,
  connection: Connection,
  state: TransferState,
): HttpResponse {
  const { operation, console, progress, sink } = state;
  if (exchange.kind === "other" && exchange.text !== "") {
    if (!operation.http09) {
      console.info("Received HTTP/0.9 when not allowed");
      closeConnection(state, connection);
      throw new CurlError(1, "Received HTTP/0.9 when not allowed");
    }
    sink.body(encodeText(exchange.text));
  }
  // A server that speaks TLS takes plain HTTP for a broken handshake and hangs up.
  if (exchange.kind !== "response") {
    console.info("Empty reply from server");
    closeConnection(state, connection);
    throw new CurlError(52, "Empty reply from server");
  }
  const { secured } = connection;
  const response = secured?.session.protocol === "h2" ? asHttp2(exchange.response) : exchange.response;
  if (secured) beforeAnswer(secured, console);
  const delay = response.delayMs ?? 0;
  const limit = operation.maxTimeMs;
  if (limit && progress.ms + delay >= limit) {
    progress.advance(limit);
    const message = `Operation timed out after ${limit + 1} milliseconds with 0 bytes received`;
    console.info(message);
    closeConnection(state, connection);
    throw new CurlError(28, message);
  }
  progress.advance(progress.ms + delay);
  deliver(response, plan, connection, state);
  return response;
}

function deliver(response: HttpResponse, plan: RequestPlan, connection: Connection, state: TransferState): void {
  const { operation, console, progress, info, sink } = state;
  info.responseCode = response.status;
  info.response = response;
  if (operation.headerName && headerOf(response.headers, "content-disposition") !== undefined)
    throw new CurlError(2, "kubemu does not simulate names by Content-Disposition");
  const type = headerOf(response.headers, "content-type");
  if (type !== undefined) info.contentType = type;
  const head = [
    `HTTP/${response.version} ${response.status} ${response.reason}`,
    ...response.headers.map(([name, value]) => `${name}: ${value}`),
  ];
  const failing = operation.fail !== "no" && response.status >= 400;
  const redirected =
    operation.followRedirects && response.status >= 300 && headerOf(response.headers, "location") !== undefined;
  const length = headerOf(response.headers, "content-length");
  const tooLarge = operation.maxFileSize !== undefined && Number(length ?? 0) > operation.maxFileSize;
  for (const line of [...head, ""]) {
    const last = line === "";
    if (last && tooLarge) {
      console.info(CURL_MESSAGES[63]!);
      closeConnection(state, connection);
      throw new CurlError(63);
    }
    if (redirected && info.uploaded > 0) {
      if (/^location:/i.test(line)) console.info("Please rewind output before next send");
      if (last && plan.separately) console.info("Keep sending data to get tossed away");
    }
    // What -v shows is written after the check of the status, what -i shows before it.
    if (console.global.verbose && !(last && failing && operation.fail === "fast")) console.header(`< ${line}\r\n`);
    sink.header(`${line}\r\n`);
    info.sizeHeader += line.length + 2;
  }
  const bodiless = response.status === 204 || response.status === 304;
  if (response.body.length === 0 && Number(length ?? 0) > 0 && !operation.head && !bodiless && !redirected)
    waitForBody(Number(length), connection, state);
  const body = operation.head || bodiless || redirected ? new Uint8Array() : response.body;
  const total = length === undefined || bodiless ? undefined : Number(length);
  progress.expect(total);
  const message = `The requested URL returned error: ${response.status}`;
  if (failing && operation.fail === "fast") {
    console.info(message);
    closeConnection(state, connection);
    throw new CurlError(22, message);
  }
  if (body.length > 0) {
    // In HTTP/2 the body comes in a record of its own, whose header is read first.
    const shown = response.version === "2" ? 5 : body.length;
    console.data("{", shown);
    progress.downloaded(body.length);
    sink.body(body);
  } else if (redirected && response.body.length > 0) console.info("Ignoring the response-body");
  else if (bodiless && response.body.length > 0 && !operation.head)
    console.info(`Excess found: excess = ${response.body.length} url = ${targetOf(info.url)} (zero-length body)`);
  info.downloaded = body.length;
  finish(response, connection, redirected, state);
  if (failing) throw new CurlError(22, message);
}

/** `-X HEAD`: a body was announced that never comes; in the end the server hangs up. */
function waitForBody(length: number, connection: Connection, state: TransferState): never {
  const { operation, console, progress } = state;
  const limit = operation.maxTimeMs;
  progress.expect(length);
  progress.advance(limit || IDLE_MS);
  const message = limit
    ? `Operation timed out after ${limit + 1} milliseconds with 0 out of ${length} bytes received`
    : `transfer closed with ${length} bytes remaining to read`;
  console.info(message);
  closeConnection(state, connection);
  throw new CurlError(limit ? 28 : 18, message);
}

function finish(response: HttpResponse, connection: Connection, redirected: boolean, state: TransferState): void {
  const { console, progress } = state;
  const closes =
    headerOf(response.headers, "connection")?.toLowerCase() === "close" ||
    response.version === "1.0" ||
    // Told to go away.
    (connection.secured?.session.library === "go" && response.version === "2");
  progress.end();
  progress.ended = !redirected;
  if (closes) closeConnection(state, connection);
  else console.info(`Connection #${connection.id} to host ${connection.host} left intact`);
}

/** As HTTP/2 carries it: no words, small letters, nothing about the connection; Go's server sends the date last. */
function asHttp2(response: HttpResponse): HttpResponse {
  const left = response.headers
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .filter(([name]) => !["connection", "keep-alive", "transfer-encoding"].includes(name));
  const isDate = ([name]: [string, string]) => name === "date";
  return {
    ...response,
    version: "2",
    reason: "",
    headers: [...left.filter((header) => !isDate(header)), ...left.filter(isDate)],
  };
}
