import { goQuote } from "../../api/encoding/go-quote.ts";
import { serviceNameOf } from "../../api/kinds/endpointslice/marks.ts";
import { ApiError, notFound } from "../../api/status.ts";
import type { Pod, Service } from "../../api/types/core.ts";
import type { HttpAsk, HttpReply } from "../../platform/platform.ts";
import type { CommandContext } from "../command.ts";
import { openPlace } from "../pod-programs/run-program.ts";

/** `/api/v1/namespaces/NS/services/[https:]NAME[:PORT]/proxy/REST` in its parts. */
interface Backend {
  kind: "services" | "pods";
  namespace: string;
  scheme: string;
  name: string;
  port: string;
  rest: string;
}

export function backendOf(target: string): Backend | undefined {
  const match = /^\/api\/v1\/namespaces\/([^/]+)\/(services|pods)\/([^/]+)\/proxy(\/.*|\?.*)?$/s.exec(target);
  if (!match) return undefined;
  const parts = decodeURIComponent(match[3]!).split(":");
  const [scheme, name, port] = parts.length === 3 ? parts : ["", parts[0], parts[1] ?? ""];
  const rest = match[4] ?? "/";
  return {
    kind: match[2] as Backend["kind"],
    namespace: match[1]!,
    scheme: scheme ?? "",
    name: name ?? "",
    port: port ?? "",
    rest: rest.startsWith("/") ? rest : `/${rest}`,
  };
}

/**
 * The API server's own request to a Service's endpoint or to a pod, from its node. Models kubernetes
 * pkg/registry/core/service/strategy.go (ResourceLocation) and pkg/registry/core/pod/strategy.go.
 */
export async function proxyTo(backend: Backend, ask: HttpAsk, context: CommandContext): Promise<HttpReply | undefined> {
  const snapshot = await context.admin.snapshot();
  const node = snapshot.list("nodes")[0]?.metadata.name ?? "";
  const open = await openPlace({ kind: "node", name: node }, context);
  const { address, port } = backend.kind === "pods" ? podAddress(backend, snapshot) : serviceAddress(backend, snapshot);
  const path = open.network.connect(address, port, "TCP");
  if (path.verdict !== "answered") {
    const why = path.verdict === "refused" ? "connect: connection refused" : "i/o timeout";
    throw unavailable(`error trying to reach service: dial tcp ${address}:${port}: ${why}`);
  }
  const exchange = open.network.http(path, {
    method: ask.method,
    target: backend.rest,
    version: "1.1",
    headers: ask.headers,
    body: ask.body,
  });
  await open.save();
  if (exchange.kind !== "response") throw unavailable("error trying to reach service: EOF");
  const { status, reason, headers, body } = exchange.response;
  return { status, reason, headers, body };
}

type Cluster = Awaited<ReturnType<CommandContext["admin"]["snapshot"]>>;

function podAddress({ namespace, name, port }: Backend, snapshot: Cluster): { address: string; port: number } {
  const pod = snapshot.get<Pod>("pods", namespace, name);
  if (!pod) throw notFound({ group: "", resource: "pods" }, name);
  const declared = (pod.spec?.containers ?? []).flatMap(({ ports = [] }) => ports);
  const number =
    port === "" ? declared[0]?.containerPort : Number(port) || declared.find((it) => it.name === port)?.containerPort;
  const address = pod.status?.podIP;
  if (!address) throw unavailable("address not allowed");
  return { address, port: number ?? 80 };
}

function serviceAddress({ namespace, name, port }: Backend, snapshot: Cluster): { address: string; port: number } {
  const service = snapshot.get<Service>("services", namespace, name);
  if (!service) throw notFound({ group: "", resource: "services" }, name);
  const ports = service.spec?.ports ?? [];
  const found =
    port === ""
      ? ports.length === 1
        ? ports[0]
        : ports.find((it) => !it.name)
      : ports.find((it) => it.name === port || String(it.port) === port);
  if (!found) throw unavailable(`no service port ${goQuote(port)} found for service ${goQuote(name)}`);
  interface Slice {
    kind: string;
    apiVersion: string;
    metadata: { labels?: Record<string, string> };
    endpoints?: { addresses: string[]; conditions?: { ready?: boolean } }[];
    ports?: { name?: string; port?: number }[];
  }
  for (const object of snapshot.list("endpointslices.discovery.k8s.io", namespace)) {
    const slice = object as unknown as Slice;
    if (serviceNameOf(slice) !== name) continue;
    const number = slice.ports?.find((it) => (it.name ?? "") === (found.name ?? ""))?.port;
    const ready = slice.endpoints?.find((endpoint) => endpoint.conditions?.ready !== false);
    if (ready && number !== undefined) return { address: ready.addresses[0]!, port: number };
  }
  throw unavailable(`no endpoints available for service ${goQuote(name)}`);
}

function unavailable(message: string): ApiError {
  return new ApiError({ reason: "ServiceUnavailable", code: 503, message });
}
