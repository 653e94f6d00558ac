import { decodeText, encodeText } from "../../api/encoding/text.ts";
import { reasonPhrase } from "../../api/meta/http-reasons.ts";
import type { HttpRequest, HttpResponse } from "../../apiserver/client.ts";
import type { HttpAsk, HttpReply } from "../../platform/platform.ts";

/** What came over the wire as the API server takes it. @throws URIError where the path is not percent-encoded well */
export function apiRequest({ method, target, headers, body, signal }: HttpAsk): HttpRequest {
  const url = new URL(target, "http://server");
  return {
    method,
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    body: decodeText(body),
    signal,
  };
}

/** The API server's answer as it goes over the wire: with its length where that is known. */
export function wireReply({ status, headers, body }: HttpResponse): HttpReply {
  const data = typeof body === "string" ? encodeText(body) : body;
  const given = Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [canonical(name), value]),
  );
  return {
    status,
    reason: reasonPhrase(status),
    headers: [
      ["Cache-Control", "no-cache, private"],
      ...given,
      ...(data instanceof Uint8Array ? [["Content-Length", String(data.length)] as const] : []),
    ],
    body: data,
  };
}

/** `content-type` as Go's net/http writes it. */
function canonical(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}
