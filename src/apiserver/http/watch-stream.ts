import type { Json } from "../../api/json.ts";
import { wireJson } from "../../api/schema/wire-json.ts";
import { ApiError } from "../../api/status.ts";
import type { ApiClient, HttpRequest, HttpResponse } from "../client.ts";
import type { ResourcePath } from "./resource-path.ts";
import { tableBody, wantsTable } from "./tables.ts";

/**
 * A watch: one JSON text a line. With `sendInitialEvents` a bookmark tells that what was there has been sent.
 * Models apiserver pkg/endpoints/handlers/watch.go.
 */
export function watchResponse(request: HttpRequest, path: ResourcePath, client: ApiClient): HttpResponse {
  return {
    status: 200,
    headers: { "content-type": "application/json" },
    body: events(request, path, client),
  };
}

async function* events(request: HttpRequest, path: ResourcePath, client: ApiClient): AsyncGenerator<string> {
  const { query, signal } = request;
  const initial = query.get("sendInitialEvents") === "true";
  const given = query.get("resourceVersion") ?? "";
  const timeout = query.get("timeoutSeconds");
  const options = {
    namespace: path.namespace,
    labelSelector: query.get("labelSelector") ?? "",
    fieldSelector: query.get("fieldSelector") ?? "",
    ...(given !== "" && given !== "0" && !initial ? { resourceVersion: given } : {}),
    ...(timeout ? { timeoutSeconds: Number(timeout) } : {}),
    ...(path.name ? { name: path.name } : {}),
    ...(signal ? { signal } : {}),
  };
  const line = async (type: string, object: Json) => `{"type":"${type}","object":${await wireJson(object)}}\n`;
  try {
    if (initial) {
      const { items, metadata } = await client.list(path.resource, options);
      for (const item of items) yield await line("ADDED", item as unknown as Json);
      const { resourceVersion = "" } = metadata;
      const annotations = { "k8s.io/initial-events-end": "true" };
      yield await line("BOOKMARK", {
        kind: path.info.kind,
        apiVersion: path.apiVersion,
        metadata: { resourceVersion, annotations, creationTimestamp: null },
      });
      Object.assign(options, { resourceVersion });
    }
    if (wantsTable(request)) {
      for await (const { type, object } of client.watchTable(path.resource, options))
        yield await line(type, tableBody(object, request));
    } else {
      for await (const { type, object } of client.watch(path.resource, options))
        yield await line(type, object as unknown as Json);
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    yield await line("ERROR", error.status as unknown as Json);
  }
}
