import { goQuote } from "../../api/encoding/go-quote.ts";
import { emitJson, escapeAsGo } from "../../api/encoding/json-emit.ts";
import { emitStatus } from "../../api/encoding/status-json.ts";
import { byteLength } from "../../api/encoding/text.ts";
import { formatDurationMs } from "../../api/meta/duration.ts";
import { reasonPhrase } from "../../api/meta/http-reasons.ts";
import type { ApiClient } from "../../apiserver/client.ts";
import { aroundClient, type Requests } from "../around-client.ts";
import type { CommandContext } from "../command.ts";
import { klogLine } from "../klog.ts";
import { type Sent, sentBy, withTimeout } from "./sent.ts";
import { isAnswer } from "./server-answer.ts";

/** Feature gates of client-go 0.36, which says at -v=1 what they are. */
const GATES = {
  AtomicFIFO: true,
  ClientsAllowCARotation: true,
  ClientsAllowCBOR: false,
  ClientsAllowTLSCacheGC: true,
  ClientsPreferCBOR: false,
  InOrderInformers: true,
  InOrderInformersBatchProcess: true,
  InformerResourceVersion: true,
  UnlockWhileProcessingFIFO: true,
  WatchListClient: true,
};

const AGENT = "kubectl/v1.36.2 (linux/amd64) kubernetes/$Format";
/** What the server tells of a response. */
const CONTROL = "no-cache, private";

type Headers = Readonly<Record<string, string>>;
type Value = string | number | boolean | Headers;

/** Which texts klog prints on lines of their own. */
const several = (lines: string) => `<\n${lines.replace(/\n$/, "").replace(/^/gm, "\t")}\n >`;

/** Models klog internal/serialize/keyvalues.go. */
function valueText(value: Value): string {
  if (typeof value === "number" || typeof value === "boolean") return `${value}`;
  if (typeof value === "string") return value.includes("\n") ? several(value) : goQuote(value);
  return several(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, text]) => `${name}: ${text}\n`)
      .join(""),
  );
}

/**
 * The same client, which tells of its requests as kubectl does: at `-v=6` verb, URL and status of each, at 7 the headers that are sent, at 8
 * the ones that come back and the bodies, at 9 the request as a curl command. Models client-go transport/round_trippers.go
 * (debuggingRoundTripper) and rest/request.go (logBody).
 */
export class RequestLog {
  private readonly verbosity: number;
  private readonly server: string;
  /** Milliseconds, 0 for none. */
  private readonly timeout: number;
  private readonly context: Pick<CommandContext, "clock" | "processes" | "streams">;
  private connected = false;

  constructor(
    verbosity: number,
    server: string,
    timeout: number,
    context: Pick<CommandContext, "clock" | "processes" | "streams">,
  ) {
    this.verbosity = verbosity;
    this.server = server;
    this.timeout = timeout;
    this.context = context;
  }

  /** @param config the file that the configuration was read from */
  begin(config: string): void {
    if (config !== "" && this.verbosity >= 6) this.line("loader.go:407", `Config loaded from file:  ${config}`);
    for (const [feature, enabled] of Object.entries(GATES))
      this.tell("envvar.go:195", "Feature gate default state", { feature, enabled });
  }

  wrap(client: ApiClient): ApiClient {
    const requests = aroundClient(client, {
      request: (name, args, send) => this.request(this.sent(name, args), send),
      stream: (name, args, open) => this.watch(this.sent(name, args), open),
    });
    return { ...requests, takeWarnings: () => client.takeWarnings() };
  }

  /** The server is told how long an answer may take. Models client-go rest/request.go (URL). */
  private sent(name: keyof Requests, args: readonly unknown[]): Sent {
    const sent = sentBy(name, args);
    return this.timeout === 0 ? sent : { ...sent, path: withTimeout(sent.path, formatDurationMs(this.timeout)) };
  }

  private async request<R>(request: Sent, send: () => Promise<R>): Promise<R> {
    this.body("Request Body", request.body === undefined ? "" : emitJson(request.body));
    const began = this.asked(request);
    try {
      const answer = await send();
      const text = typeof answer === "string" ? answer : `${escapeAsGo(JSON.stringify(answer))}\n`;
      this.answered(request, request.verb === "POST" ? 201 : 200, text, began);
      this.body("Response Body", text);
      return answer;
    } catch (error) {
      if (isAnswer(error)) {
        const text = `${emitStatus(error.status)}\n`;
        this.answered(request, error.code, text, began);
        this.body("Response Body", text);
      }
      throw error;
    }
  }

  private async *watch<R>(request: Sent, open: () => AsyncIterable<R>): AsyncIterable<R> {
    const began = this.asked(request);
    let answered = false;
    const answer = (code: number) => {
      if (!answered) this.answered(request, code, undefined, began);
      answered = true;
    };
    try {
      for await (const event of open()) {
        answer(200);
        yield event;
      }
      answer(200);
    } catch (error) {
      if (isAnswer(error)) answer(error.code);
      throw error;
    }
  }

  private asked({ verb, path, accept, contentType }: Sent): number {
    const url = this.server + path;
    const headers = { Accept: accept, ...(contentType ? { "Content-Type": contentType } : {}), "User-Agent": AGENT };
    if (this.verbosity >= 9) {
      const options = Object.entries(headers).map(([name, value]) => ` -H ${goQuote(`${name}: ${value}`)}`);
      this.tell("round_trippers.go:527", "Request", {
        curlCommand: `curl -v -X${verb} ${options.join("")} '${url}'\n`,
      });
    } else if (this.verbosity >= 7) this.tell("round_trippers.go:527", "Request", { verb, url, headers });
    return this.context.clock.now();
  }

  private answered({ verb, path }: Sent, code: number, body: string | undefined, began: number): void {
    const { verbosity } = this;
    const milliseconds = this.context.clock.now() - began;
    const status = `${code} ${reasonPhrase(code)}`;
    const headers: Headers = {
      "Cache-Control": CONTROL,
      // A short body is sent whole, with its length.
      ...(body !== undefined && byteLength(body) < 4096 ? { "Content-Length": `${byteLength(body)}` } : {}),
      "Content-Type": "application/json",
      Date: new Date(this.context.clock.now()).toUTCString(),
    };
    if (verbosity >= 9 && !this.connected)
      this.tell("round_trippers.go:560", "HTTP Trace: Dial succeed", {
        network: "tcp",
        address: new URL(this.server).host,
      });
    this.tell("round_trippers.go:632", "Response", {
      ...(verbosity === 6 || verbosity >= 9 ? { verb, url: this.server + path } : {}),
      status,
      ...(verbosity >= 8 ? { headers } : {}),
      milliseconds,
      ...(verbosity >= 9 ? this.timing(milliseconds) : {}),
    });
    this.connected = true;
  }

  private timing(milliseconds: number): Record<string, number> {
    const ofServer: Record<string, number> = milliseconds > 0 ? { serverProcessingMilliseconds: milliseconds } : {};
    if (this.connected) return { getConnectionMilliseconds: 0, ...ofServer };
    return { dnsLookupMilliseconds: 0, dialMilliseconds: 0, tlsHandshakeMilliseconds: 0, ...ofServer };
  }

  private body(title: string, text: string): void {
    if (this.verbosity < 8) return;
    const most = this.verbosity >= 10 ? Number.POSITIVE_INFINITY : this.verbosity === 9 ? 10240 : 1024;
    const left = text.length - most;
    this.tell("helper.go:113", title, { body: left > 0 ? `${text.slice(0, most)} [truncated ${left} chars]` : text });
  }

  private tell(place: string, title: string, values: Readonly<Record<string, Value>>): void {
    const pairs = Object.entries(values).map(([name, value]) => ` ${name}=${valueText(value)}`);
    this.line(place, goQuote(title) + pairs.join(""));
  }

  private line(place: string, text: string): void {
    this.context.streams.err.write(klogLine("I", place, text, this.context));
  }
}
