import { labels } from "./names.ts";

/** What a name below `cluster.local.` asks for; "" is a part that it does not name. */
export interface NameRequest {
  port: string;
  protocol: string;
  endpoint: string;
  service: string;
  namespace: string;
  kind: "" | "pod" | "svc";
}

/**
 * Takes a lower-case name of a zone apart: `_port._protocol.service.namespace.svc`, `endpoint.service.namespace.svc`,
 * `service.namespace.svc`, and the empty places above them. Undefined: the name cannot exist.
 * Models coredns 1.14 plugin/kubernetes/parse.go.
 */
export function parseName(name: string, zone: string): NameRequest | undefined {
  const request: NameRequest = { port: "", protocol: "", endpoint: "", service: "", namespace: "", kind: "" };
  const parts = labels(name);
  const segments = parts.slice(0, parts.length - labels(zone).length);
  const kind = segments.pop();
  if (kind === undefined) return request;
  if (kind !== "pod" && kind !== "svc") return undefined;
  // Nothing is asked of `svc.cluster.local` itself: it is there, and empty.
  if (segments.length === 0) return request;
  request.kind = kind;
  request.namespace = segments.pop() ?? "";
  request.service = segments.pop() ?? "";
  if (segments.length > 2) return undefined;
  if (segments.length === 1) request.endpoint = segments[0] ?? "";
  if (segments.length === 2) {
    request.port = (segments[0] ?? "").replace(/^_/, "");
    request.protocol = (segments[1] ?? "").replace(/^_/, "");
  }
  return request;
}
