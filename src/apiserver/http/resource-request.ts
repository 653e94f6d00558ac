import type { Json } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { ApiError, groupResource, methodNotSupported, notSimulated } from "../../api/status.ts";
import type { ApiClient, HttpRequest, HttpResponse, ListOptions, WriteOptions } from "../client.ts";
import { readDeleteOptions } from "../delete-options.ts";
import { groupResourceOf } from "../request.ts";
import { jsonResponse } from "./message.ts";
import { jsonText, patchType, readBody, readObject } from "./request-body.ts";
import type { ResourcePath } from "./resource-path.ts";
import { tableBody, wantsTable } from "./tables.ts";
import { watchResponse } from "./watch-stream.ts";

/** Subresources that are requests to a running container or node; no request of the `ApiClient` answers them. */
const CONNECTIONS = new Set(["exec", "attach", "portforward", "proxy", "log"]);

/** A request to a collection or to an object. Models apiserver pkg/endpoints/installer.go. @throws ApiError */
export async function resourceRequest(
  request: HttpRequest,
  path: ResourcePath,
  client: ApiClient,
): Promise<HttpResponse> {
  const { resource, namespace, name, subresource, info } = path;
  if (CONNECTIONS.has(subresource)) throw notSimulated(`${groupResource(groupResourceOf(info))}/${subresource}`);
  const options = writeOptions(request, path);
  const sub = subresource ? { subresource } : {};
  switch (request.method) {
    case "GET":
    case "HEAD":
      if (request.query.get("watch") === "true" || request.query.get("watch") === "1")
        return watchResponse(request, path, client);
      if (name === "") return await list(request, path, client);
      if (wantsTable(request) && (subresource === "" || subresource === "status"))
        return await jsonResponse(200, tableBody(await client.getTable(resource, namespace, name), request));
      return await jsonResponse(200, asJson(await client.get(resource, namespace, name, sub)));
    case "POST": {
      const { body, duplicates } = readObject(request);
      const created = await client.create(resource, namespace, body, { ...options, duplicates, ...(name && { name }) });
      return await jsonResponse(201, asJson(created));
    }
    case "PUT": {
      const { body, duplicates } = readObject(request);
      const status = await statusOfWrite(path, client);
      const updated = await client.update(resource, namespace, name, body, { ...options, duplicates });
      return await jsonResponse(status, asJson(updated));
    }
    case "PATCH": {
      const { value, duplicates } = readBody(request);
      const force = request.query.get("force") === "true";
      const type = patchType(request);
      const status = type === "apply" ? await statusOfWrite(path, client) : 200;
      const patched = await client.patch(resource, namespace, name, type, value, { ...options, duplicates, force });
      return await jsonResponse(status, asJson(patched));
    }
    case "DELETE": {
      const deletion = await readDeleteOptions(jsonText(request), request.query);
      if (name === "")
        return await jsonResponse(
          200,
          asJson(await client.deleteCollection(resource, { ...listOptions(request, path), ...deletion })),
        );
      return await jsonResponse(200, deleted(path, await client.delete(resource, namespace, name, deletion)));
    }
    default:
      throw methodNotSupported(groupResourceOf(info), request.method.toLowerCase());
  }
}

/** A PUT and a server-side apply may make an object. Models apiserver pkg/endpoints/handlers (update.go, patch.go). */
async function statusOfWrite(
  { resource, namespace, name, subresource }: ResourcePath,
  client: ApiClient,
): Promise<200 | 201> {
  if (subresource !== "") return 200;
  try {
    await client.get(resource, namespace, name);
    return 200;
  } catch (error) {
    if (error instanceof ApiError && error.code === 404) return 201;
    throw error;
  }
}

async function list(request: HttpRequest, path: ResourcePath, client: ApiClient): Promise<HttpResponse> {
  const options = listOptions(request, path);
  if (wantsTable(request))
    return await jsonResponse(200, tableBody(await client.listTable(path.resource, options), request));
  return await jsonResponse(200, asJson(await client.list(path.resource, options)));
}

function listOptions({ query }: HttpRequest, { namespace }: ResourcePath): ListOptions {
  const limit = Number(query.get("limit") ?? 0);
  return {
    namespace,
    labelSelector: query.get("labelSelector") ?? "",
    fieldSelector: query.get("fieldSelector") ?? "",
    ...(limit > 0 ? { limit } : {}),
    ...(query.get("continue") ? { continue: query.get("continue")! } : {}),
  };
}

function writeOptions({ query, headers }: HttpRequest, { subresource }: ResourcePath): WriteOptions {
  const validation = query.get("fieldValidation");
  const agent = (headers["user-agent"] ?? "").split("/")[0] || "unknown";
  return {
    dryRun: query.get("dryRun") === "All",
    // Models apiserver pkg/endpoints/handlers/create.go managerOrUserAgent.
    fieldManager: query.get("fieldManager") || agent,
    ...(validation === "Strict" || validation === "Ignore" || validation === "Warn"
      ? { fieldValidation: validation }
      : {}),
    ...(subresource ? { subresource } : {}),
  };
}

/** What is gone is told of by a Status; what takes its time is the object. Models apiserver pkg/endpoints/handlers/delete.go. */
function deleted({ info, name }: ResourcePath, object: KubeObject): Json {
  if (object.metadata.deletionTimestamp) return asJson(object);
  const details = {
    name,
    ...(info.group === "" ? {} : { group: info.group }),
    kind: info.resource,
    uid: object.metadata.uid ?? "",
  };
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details };
}

const asJson = (value: object) => value as unknown as Json;
