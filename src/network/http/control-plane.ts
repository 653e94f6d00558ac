import { encodeText } from "../../api/encoding/text.ts";
import { keyedUuid } from "../../api/keyed-random.ts";
import { reasonPhrase } from "../../api/meta/http-reasons.ts";
import { profileOf } from "../../api/profiles/profiles.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import { isIP } from "../dns/names.ts";
import type { Listener } from "../path.ts";
import { type Exchange, type Header, type HttpRequest, headerOf, type TlsSession } from "./message.ts";

/** Kubernetes' own servers to a client without credentials: the API server, kubelet, kube-proxy's health checks. */
export function serveProcess(
  snapshot: Snapshot,
  listener: Extract<Listener, { kind: "process" | "healthCheck" }>,
  request: HttpRequest,
): Exchange {
  const secure =
    listener.kind === "process" &&
    (listener.process === "kube-apiserver" || (listener.process === "kubelet" && listener.port === 10250));
  if (secure && !request.tls)
    return answer("text/plain", 400, "Client sent an HTTP request to an HTTPS server.\n", "1.0");
  if (!secure && request.tls) return { kind: "notTls", effects: [] };
  if (listener.kind === "healthCheck") return healthCheck(snapshot, listener);
  if (listener.process === "kube-apiserver") {
    const response = apiServer(snapshot, request);
    return response.kind === "response" ? { ...response, tls: certificate(snapshot) } : response;
  }
  if (listener.process === "kubelet" && secure) {
    const tls = session(snapshot, [listener.node], `CN=${listener.node}`, `CN=${listener.node}-ca`);
    const response = answer("text/plain; charset=utf-8", 401, "Unauthorized", "1.1", [], snapshot.now);
    return response.kind === "response" ? { ...response, tls } : response;
  }
  const path = request.target.replace(/\?.*$/, "");
  // Models kubernetes cmd/kube-proxy/app/server.go (serveMetrics).
  const text = listener.port === 10249 && path === "/proxyMode" ? "iptables" : "ok";
  return answer("text/plain; charset=utf-8", 200, text, "1.1", [], snapshot.now);
}

/** Models kubernetes pkg/proxy/healthcheck/service_health.go. */
function healthCheck(snapshot: Snapshot, listener: Extract<Listener, { kind: "healthCheck" }>): Exchange {
  const { namespace, service, localEndpoints } = listener;
  const body = [
    "{",
    '\t"service": {',
    `\t\t"namespace": ${JSON.stringify(namespace)},`,
    `\t\t"name": ${JSON.stringify(service)}`,
    "\t},",
    `\t"localEndpoints": ${localEndpoints},`,
    '\t"serviceProxyHealthy": true',
    "}",
  ].join("\n");
  return answer(
    "application/json",
    localEndpoints > 0 ? 200 : 503,
    body,
    "1.1",
    [
      ["X-Content-Type-Options", "nosniff"],
      ["X-Load-Balancing-Endpoint-Weight", String(localEndpoints)],
    ],
    snapshot.now,
  );
}

function apiServer(snapshot: Snapshot, request: HttpRequest): Exchange {
  const path = request.target.replace(/\?.*$/, "");
  const { seed } = snapshot.cluster;
  const uid = (...what: string[]) => keyedUuid(seed, "api server", ...what);
  // Models apiserver pkg/endpoints/filters (audit_init, cachecontrol, impersonation) and pkg/util/flowcontrol.
  const own: Header[] = [
    ["Audit-Id", uid("audit", String(snapshot.now))],
    ["Cache-Control", "no-cache, private"],
  ];
  const fairness: Header[] = [
    ["X-Kubernetes-Pf-Flowschema-Uid", uid("catch-all")],
    ["X-Kubernetes-Pf-Prioritylevel-Uid", uid("catch-all level")],
  ];
  if (path === "/healthz" || path === "/livez" || path === "/readyz")
    return answer(
      "text/plain; charset=utf-8",
      200,
      "ok",
      "1.1",
      [...own, ["X-Content-Type-Options", "nosniff"], ...fairness],
      snapshot.now,
    );
  const verb = { GET: "get", HEAD: "head", POST: "post", PUT: "put", PATCH: "patch", DELETE: "delete" }[request.method];
  const status = {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: `forbidden: User "system:anonymous" cannot ${verb ?? request.method.toLowerCase()} path "${path}"`,
    reason: "Forbidden",
    details: {},
    code: 403,
  };
  // The API server indents for people: by what the client calls itself.
  const agent = headerOf(request.headers, "user-agent") ?? "";
  const pretty = /^(curl|Wget|Mozilla\/5\.0)/.test(agent);
  const body = pretty ? JSON.stringify(status, null, 2) : `${JSON.stringify(status)}\n`;
  return answer(
    "application/json",
    403,
    body,
    "1.1",
    [...own, ["X-Content-Type-Options", "nosniff"], ...fairness],
    snapshot.now,
  );
}

function certificate(snapshot: Snapshot): TlsSession {
  const profile = profileOf(snapshot.cluster.profile);
  const names = ["kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"];
  const more = ["10.96.0.1", profile.apiServer.address, "localhost", "127.0.0.1"];
  const server = new URL(profile.context.server).hostname;
  return session(snapshot, [...names, ...more, server], "CN=kube-apiserver", "CN=kubernetes");
}

/** A certificate for a year from the cluster's beginning, which the cluster's own authority has signed. */
function session(snapshot: Snapshot, names: readonly string[], subject: string, issuer: string): TlsSession {
  const began = snapshot.get("namespaces", "", "default")?.metadata.creationTimestamp;
  const notBefore = Date.parse(began ?? "") || 0;
  return {
    certificate: {
      subject,
      issuer,
      commonName: subject.slice("CN=".length),
      dnsNames: names.filter((name) => !isIP(name)),
      addresses: names.filter(isIP),
      notBefore,
      notAfter: notBefore + 365 * 86_400_000,
      size: 838,
      signature: 256,
    },
    trusted: false,
    library: "go",
    protocol: "h2",
    asksClient: true,
  };
}

function answer(
  type: string,
  status: number,
  text: string,
  version: "1.0" | "1.1",
  extra: readonly Header[] = [],
  now?: number,
): Exchange {
  const body = encodeText(text);
  return {
    kind: "response",
    response: {
      status,
      reason: reasonPhrase(status),
      version,
      headers:
        now === undefined
          ? []
          : [
              // net/http writes its headers in the order of their names.
              ...sorted([["Content-Type", type], ...extra]),
              ["Date", new Date(now).toUTCString()],
              ["Content-Length", String(body.length)],
            ],
      body,
    },
    effects: [],
  };
}

function sorted(headers: readonly Header[]): Header[] {
  return [...headers].sort(([a], [b]) => (a < b ? -1 : 1));
}
