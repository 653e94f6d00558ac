import { encodeText } from "../../api/encoding/text.ts";
import { keyedInt } from "../../api/keyed-random.ts";
import { instanceOf, restartsOf } from "../../api/kinds/pod/runtime.ts";
import { reasonPhrase } from "../../api/meta/http-reasons.ts";
import type { OutsideHost } from "../../api/records.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Container, Pod } from "../../api/types/core.ts";
import { type Certificate, readCertificates } from "../../api/x509.ts";
import { processOf } from "../../images/catalogue.ts";
import type {
  Called,
  CallFailure,
  Fetched,
  FetchRequest,
  ImageAnswer,
  ImageRequest,
  LogLine,
  Memory,
  PodView,
  Reply,
} from "../../images/image.ts";
import { ContainerFiles } from "../container-files.ts";
import { isIP } from "../dns/names.ts";
import { lookupHost } from "../dns/stub.ts";
import type { Effect } from "../effects.ts";
import { containerEnvironment } from "../environment.ts";
import type { Location } from "../location.ts";
import { outsideHostsAt } from "../outside.ts";
import type { Listener, NetworkPath, Protocol } from "../path.ts";
import { connect } from "../proxy/connect.ts";
import { serveProcess } from "./control-plane.ts";
import { type Exchange, type HttpRequest, type HttpResponse, headerOf, type TlsSession } from "./message.ts";

/** What comes back for a request on a connection that was answered. */
export function serve(snapshot: Snapshot, path: NetworkPath, request: HttpRequest): Exchange {
  const { listener } = path;
  if (!listener) throw new Error("a request on a connection that nobody answered");
  switch (listener.kind) {
    case "container":
      return serveContainer(snapshot, path, listener, request);
    case "outside":
      return serveOutside(snapshot, listener, request);
    case "process":
    case "healthCheck":
      return serveProcess(snapshot, listener, request);
  }
}

function serveContainer(
  snapshot: Snapshot,
  path: NetworkPath,
  listener: Extract<Listener, { kind: "container" }>,
  request: HttpRequest,
): Exchange {
  const pod = snapshot.get<Pod>("pods", listener.namespace, listener.pod)!;
  const container = pod.spec!.containers.find((candidate) => candidate.name === listener.container)!;
  const process = processOf(snapshot, pod, container);
  const tls = process.tls?.(listener.port) ?? false;
  const plain = tls && !request.tls && process.plainHttp;
  if (tls !== (request.tls !== undefined) && !plain) return { kind: "notTls", effects: [] };
  if (!process.http) {
    const text = process.greeting?.(listener.port);
    return text === undefined ? { kind: "closed", effects: [] } : { kind: "other", text, effects: [] };
  }
  const calls = new PodCalls(snapshot, pod, container);
  const view = podView(snapshot, pod, container, calls);
  const asked = imageRequest(snapshot, path, pod, listener.port, request);
  const answer = plain ? plain(asked, view) : process.http(asked, view);
  const effects = [...calls.effects, ...logEffects(snapshot, pod, container, answer.log ?? [])];
  if ("memory" in answer && answer.memory) effects.push(memoryEffect(pod, container, answer.memory));
  if ("close" in answer) return { kind: "closed", effects };
  const session = request.tls ? containerSession(process.certificate?.(listener.port), view) : undefined;
  return { kind: "response", response: responseOf(answer), effects, ...(session ? { tls: session } : {}) };
}

/** The certificate that a server in a container shows: the one it was given, else one that its image made and signed itself. */
function containerSession(pem: string | undefined, view: PodView): TlsSession {
  const own: Certificate = {
    subject: "CN=localhost",
    issuer: "CN=localhost",
    commonName: "localhost",
    dnsNames: [],
    addresses: [],
    notBefore: Math.floor(view.startedAt / 1000) * 1000,
    notAfter: Math.floor(view.startedAt / 1000) * 1000 + 365 * 86_400_000,
    size: 775,
    signature: 256,
  };
  const [certificate = own] = pem === undefined ? [] : readCertificates(pem);
  return { certificate, trusted: false, library: "openssl", protocol: "http/1.1" };
}

/** What an image's process sees of its pod. */
export function podView(
  snapshot: Snapshot,
  pod: Pod,
  container: Container,
  calls = new PodCalls(snapshot, pod, container),
): PodView {
  const status = pod.status?.containerStatuses?.find((candidate) => candidate.name === container.name);
  const started = Date.parse(status?.state?.running?.startedAt ?? pod.status?.startTime ?? "");
  return {
    pod,
    container,
    env: containerEnvironment(snapshot, pod, container),
    now: snapshot.now,
    seed: snapshot.cluster.seed,
    startedAt: Number.isNaN(started) ? snapshot.now : started,
    changedFile: (path) =>
      new ContainerFiles(
        () => snapshot,
        () => {},
        pod,
        container,
      ).changed(path),
    memory: instanceOf(snapshot, pod, container.name)?.memory ?? {},
    call: (host, port, message) => calls.call(host, port, message),
    fetch: (host, port, request) => calls.fetch(host, port, request),
  };
}

/** What a container's process answers to a message in a protocol of its own, and what that leaves behind. */
export function converse(snapshot: Snapshot, path: NetworkPath, message: readonly string[]): Talk {
  const { listener } = path;
  if (listener?.kind !== "container") return { effects: [] };
  const pod = snapshot.get<Pod>("pods", listener.namespace, listener.pod)!;
  const container = pod.spec!.containers.find((candidate) => candidate.name === listener.container)!;
  const calls = new PodCalls(snapshot, pod, container);
  const said = processOf(snapshot, pod, container).converse?.(message, podView(snapshot, pod, container, calls));
  if (!said) return { effects: calls.effects };
  const kept = said.memory ? [memoryEffect(pod, container, said.memory)] : [];
  return { reply: said.reply, effects: [...calls.effects, ...kept] };
}

/** `reply` absent: the other end speaks no such protocol and hangs up. */
export interface Talk {
  reply?: Reply;
  effects: Effect[];
}

/** So many servers ask one another for one request at the most. An nginx that asks itself stops at 1024 connections; fewer turns tell the same. */
const DEEPEST = 16;

/** What a process does on the network of its pod while it answers. */
class PodCalls {
  /** How many processes wait for one another at this moment. */
  private static depth = 0;
  readonly effects: Effect[] = [];
  private readonly snapshot: Snapshot;
  private readonly where: Location;
  constructor(snapshot: Snapshot, pod: Pod, container: Container) {
    this.snapshot = snapshot;
    const { namespace = "default", name = "" } = pod.metadata;
    this.where = { kind: "pod", namespace, name, container: container.name };
  }

  call(host: string, port: number, message: readonly string[]): Called {
    const path = this.open(host, port);
    if ("failure" in path) return path;
    const { reply, effects } = converse(this.snapshot, path, message);
    this.effects.push(...effects);
    return reply === undefined ? { failure: "closed" } : { reply };
  }

  fetch(host: string, port: number, request: FetchRequest): Fetched {
    const path = this.open(host, port);
    if ("failure" in path) return path;
    if (PodCalls.depth >= DEEPEST) return { failure: "exhausted" };
    PodCalls.depth++;
    try {
      const exchange = serve(this.snapshot, path, request);
      this.effects.push(...exchange.effects);
      if (exchange.kind === "silence") return { failure: "timedOut" };
      return exchange.kind === "response" ? exchange.response : { failure: "closed" };
    } finally {
      PodCalls.depth--;
    }
  }

  private open(host: string, port: number): NetworkPath | { failure: Exclude<CallFailure, "exhausted"> } {
    const { snapshot, where } = this;
    const reach = (to: string, at: number, protocol: Protocol) =>
      connect(snapshot, { from: where, to, port: at, protocol });
    const found = isIP(host) ? { addresses: [host] } : lookupHost(snapshot, where, host, reach, {});
    const address = typeof found === "string" ? undefined : found.addresses[0];
    if (address === undefined) return { failure: "unresolved" };
    const path = reach(address, port, "TCP");
    this.effects.push(...path.effects);
    if (path.verdict === "refused" || path.verdict === "noRoute") return { failure: path.verdict };
    return path.verdict === "answered" ? path : { failure: "timedOut" };
  }
}

function memoryEffect(pod: Pod, container: Container, memory: Memory): Effect {
  const { namespace = "default", name = "", uid = "" } = pod.metadata;
  const restart = restartsOf(pod, container.name);
  return { kind: "memory", namespace, pod: name, podUid: uid, container: container.name, restart, memory };
}

function imageRequest(
  snapshot: Snapshot,
  path: NetworkPath,
  pod: Pod,
  port: number,
  request: HttpRequest,
): ImageRequest {
  const client = path.clientAddress ?? "127.0.0.1";
  return {
    method: request.method,
    target: request.target,
    version: request.version,
    headers: request.headers,
    body: request.body,
    client: {
      address: client,
      port: 32768 + keyedInt(28232, snapshot.cluster.seed, "client port", client, snapshot.now),
    },
    server: { address: pod.status?.podIP ?? "127.0.0.1", port },
  };
}

function responseOf(answer: Extract<ImageAnswer, { status: number }>): HttpResponse {
  return {
    status: answer.status,
    reason: answer.reason ?? reasonPhrase(answer.status),
    version: "1.1",
    headers: answer.headers,
    body: typeof answer.body === "string" ? encodeText(answer.body) : answer.body,
    ...(answer.delayMs ? { delayMs: answer.delayMs } : {}),
  };
}

function logEffects(snapshot: Snapshot, pod: Pod, container: Container, lines: readonly LogLine[]): Effect[] {
  return lines.map(({ stream, text }) => ({
    kind: "log",
    namespace: pod.metadata.namespace ?? "default",
    pod: pod.metadata.name!,
    podUid: pod.metadata.uid ?? "",
    container: container.name,
    stream,
    lines: [text],
    at: snapshot.now,
  }));
}

/** A certificate as a public authority gives them: for three months, renewed at the beginning of each. */
function publicSession(name: string, now: number): TlsSession {
  const day = new Date(now);
  const notBefore = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1);
  return {
    certificate: {
      subject: `CN=${name}`,
      issuer: "C=US; O=Let's Encrypt; CN=R12",
      commonName: name,
      dnsNames: [name],
      addresses: [],
      notBefore,
      notAfter: notBefore + 90 * 86_400_000 - 1000,
      size: 2563,
      signature: 256,
    },
    trusted: true,
    library: "openssl",
    protocol: "http/1.1",
  };
}

/** A machine of the simulated internet: virtual hosts by name, a certificate for each. */
function serveOutside(
  snapshot: Snapshot,
  listener: Extract<Listener, { kind: "outside" }>,
  request: HttpRequest,
): Exchange {
  const hosts = outsideHostsAt(snapshot, listener.address).filter((host) => host.http);
  const named = (name: string | undefined) => hosts.find((host) => host.metadata.name === name?.toLowerCase());
  if ((listener.port === 443) !== (request.tls !== undefined)) return { kind: "notTls", effects: [] };
  const certified = named(request.tls?.serverName) ?? hosts[0]!;
  const tls = publicSession(certified.metadata.name!, snapshot.now);
  const host = named(headerOf(request.headers, "host")?.replace(/:\d+$/, "").replace(/\.$/, ""));
  const response = page(snapshot, host, request);
  return { kind: "response", response, effects: [], ...(request.tls ? { tls } : {}) };
}

function page(snapshot: Snapshot, host: OutsideHost | undefined, request: HttpRequest): HttpResponse {
  const status = host?.http?.status ?? 404;
  const text = host?.http?.body ?? "404 page not found";
  const body = encodeText(text.endsWith("\n") || text === "" ? text : `${text}\n`);
  return {
    status,
    reason: reasonPhrase(status),
    version: "1.1",
    headers: [
      ["Content-Type", "text/plain; charset=utf-8"],
      ["Date", new Date(snapshot.now).toUTCString()],
      ["Content-Length", String(body.length)],
    ],
    body: request.method === "HEAD" ? new Uint8Array() : body,
  };
}
