import { discoveryDocument } from "../../api/discovery.ts";
import { escapeAsGo } from "../../api/encoding/json-emit.ts";
import { isObject } from "../../api/json.ts";
import { ApiError } from "../../api/status.ts";
import type { ApiClient, HttpRequest, HttpResponse } from "../client.ts";
import { noSuchResource } from "../request.ts";
import { failureResponse, jsonResponse, warningHeaders } from "./message.ts";
import { parseResourcePath } from "./resource-path.ts";

/**
 * The API server as HTTP: one request over an `ApiClient`, that `kubectl --server` can talk to. Failures are Status bodies. Whoever
 * listens commits before the answer goes out. Requests with warnings must not overlap: `takeWarnings` is the client's.
 */
export async function handle(request: HttpRequest, client: ApiClient): Promise<HttpResponse> {
  let response: HttpResponse;
  try {
    response = await answer(request, client);
  } catch (error) {
    response = failureResponse(error);
  }
  Object.assign(response.headers, warningHeaders(client.takeWarnings()));
  return forPeople(request) ? indented(response) : response;
}

const TEXT = { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" };

async function answer(request: HttpRequest, client: ApiClient): Promise<HttpResponse> {
  const { path } = request;
  const resource = parseResourcePath(path);
  if (resource) {
    const { resourceRequest } = await import("./resource-request.ts");
    return await resourceRequest(request, resource, client);
  }
  if (request.method !== "GET") throw noSuchResource();
  const document = path === "/api" ? undefined : discoveryDocument(path);
  if (document) return await jsonResponse(200, document);
  try {
    const found = await client.raw(path);
    // Models apiserver pkg/server/routes/version.go: indented, with no newline behind.
    if (path === "/version" || path === "/version/")
      return { ...(await jsonResponse(200, found)), body: JSON.stringify(found, null, 2) };
    return typeof found === "string" ? { status: 200, headers: TEXT, body: found } : await jsonResponse(200, found);
  } catch (error) {
    // A path outside of the resources answers in plain text, as Go's http.NotFound does.
    if (error instanceof ApiError && error.code === 404 && !isObject(error.status.details?.causes))
      return { status: 404, headers: TEXT, body: "404 page not found\n" };
    throw error;
  }
}

/** Models apiserver pkg/endpoints/handlers/negotiation (isPrettyPrint). */
function forPeople({ query, headers }: HttpRequest): boolean {
  const pretty = query.get("pretty");
  if (pretty !== null) return pretty !== "false" && pretty !== "0";
  return /^(curl|Wget|Mozilla\/5\.0)/.test(headers["user-agent"] ?? "");
}

function indented(response: HttpResponse): HttpResponse {
  if (typeof response.body !== "string" || response.headers["content-type"] !== "application/json") return response;
  return { ...response, body: escapeAsGo(JSON.stringify(JSON.parse(response.body), null, 2)) };
}
