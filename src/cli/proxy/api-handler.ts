import { emitJson } from "../../api/encoding/json-emit.ts";
import { encodeText } from "../../api/encoding/text.ts";
import type { Json, JsonObject } from "../../api/json.ts";
import { type KindInfo, kinds, resourceKey } from "../../api/registry.ts";
import { ApiError, badRequest } from "../../api/status.ts";
import type {
  ApiClient,
  DeleteOptions,
  ListOptions,
  PatchType,
  WatchEvent,
  WriteOptions,
} from "../../apiserver/client.ts";
import type { HttpAsk, HttpReply } from "../../platform/platform.ts";
import { readBody } from "./body.ts";
import { openApi } from "./open-api.ts";

/** What a path of the API names. */
interface Target {
  info: KindInfo;
  resource: string;
  namespace: string;
  name: string;
  subresource: string;
}

/**
 * Answers one HTTP request of the API with an `ApiClient`. Models apiserver pkg/endpoints (installer.go, handlers): verbs, queries,
 * Tables by `Accept`, watches as one JSON document a line, warnings as headers, failures as metav1.Status.
 */
export async function handleApi(client: ApiClient, ask: HttpAsk): Promise<HttpReply> {
  try {
    return await route(client, ask);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return json(error.status as unknown as Json, error.code, client);
  }
}

async function route(client: ApiClient, ask: HttpAsk): Promise<HttpReply> {
  const url = new URL(ask.target, "http://server");
  const target = targetOf(url.pathname);
  if (url.pathname.startsWith("/openapi/v3") && ask.method === "GET") return json(openApi(url.pathname), 200, client);
  if (!target) {
    if (ask.method !== "GET")
      throw new ApiError({
        reason: "NotFound",
        code: 404,
        message: "the server could not find the requested resource",
      });
    const answer = await client.raw(url.pathname);
    return typeof answer === "string" ? text(answer) : json(answer, 200, client);
  }
  switch (ask.method) {
    case "GET":
      return await read(client, ask, url, target);
    case "POST": {
      const made = await client.create(target.resource, target.namespace, body(ask), {
        ...writeOptions(url),
        ...(target.subresource === "" ? {} : { subresource: target.subresource, name: target.name }),
      });
      return json(made as unknown as Json, 201, client);
    }
    case "PUT": {
      const options = { ...writeOptions(url), ...subresource(target) };
      return json(
        (await client.update(target.resource, target.namespace, target.name, body(ask), options)) as unknown as Json,
        200,
        client,
      );
    }
    case "PATCH": {
      const force = url.searchParams.get("force") === "true";
      const options = { ...writeOptions(url), ...subresource(target), ...(force ? { force } : {}) };
      const patched = await client.patch(
        target.resource,
        target.namespace,
        target.name,
        patchType(ask),
        anyBody(ask),
        options,
      );
      return json(patched as unknown as Json, 200, client);
    }
    case "DELETE":
      return await remove(client, ask, url, target);
    default:
      throw new ApiError({
        reason: "MethodNotAllowed",
        code: 405,
        message: "the server does not allow this method on the requested resource",
      });
  }
}

/** `/api/v1/namespaces/default/services/web/status` in its parts; undefined when it is no resource's path. */
export function targetOf(pathname: string): Target | undefined {
  const parts = pathname.split("/").filter(Boolean).map(decodeURIComponent);
  const core = parts[0] === "api";
  const group = core ? "" : (parts[1] ?? "");
  const version = core ? parts[1] : parts[2];
  let rest = parts.slice(core ? 2 : 3);
  if ((!core && parts[0] !== "apis") || rest.length === 0) return undefined;
  let namespace = "";
  if (rest[0] === "namespaces" && rest.length > 2 && !["status", "finalize"].includes(rest[2]!)) {
    namespace = rest[1]!;
    rest = rest.slice(2);
  }
  const [plural, name = "", ...more] = rest;
  const info = kinds.find(
    (kind) => kind.group === group && kind.resource === plural && kind.versions.includes(version ?? ""),
  );
  if (!info) return undefined;
  const resource = version === info.version ? resourceKey(info) : `${info.resource}.${version}.${info.group}`;
  return { info, resource, namespace, name, subresource: more.join("/") };
}

async function read(client: ApiClient, ask: HttpAsk, url: URL, target: Target): Promise<HttpReply> {
  const { resource, namespace, name } = target;
  const wantsTable = /;\s*as=Table\b/.test(header(ask, "accept"));
  const options = listOptions(url, namespace);
  if (["true", "1"].includes(url.searchParams.get("watch") ?? "")) {
    const seconds = Number(url.searchParams.get("timeoutSeconds"));
    const version = url.searchParams.get("resourceVersion");
    const watching = {
      ...options,
      ...(name === "" ? {} : { name }),
      ...(version && version !== "0" ? { resourceVersion: version } : {}),
      ...(seconds > 0 ? { timeoutSeconds: seconds } : {}),
      signal: ask.signal,
    };
    return {
      status: 200,
      reason: "OK",
      headers: [["Content-Type", "application/json"]],
      body: lines(wantsTable ? client.watchTable(resource, watching) : client.watch(resource, watching)),
    };
  }
  if (name === "") {
    const list = wantsTable ? await client.listTable(resource, options) : await client.list(resource, options);
    return json(list as unknown as Json, 200, client);
  }
  if (target.subresource !== "" && target.subresource !== "status" && target.subresource !== "scale")
    throw new ApiError({ reason: "NotFound", code: 404, message: "the server could not find the requested resource" });
  const found = wantsTable
    ? await client.getTable(resource, namespace, name)
    : await client.get(resource, namespace, name, target.subresource === "scale" ? { subresource: "scale" } : {});
  return json(found as unknown as Json, 200, client);
}

async function* lines(events: AsyncIterable<WatchEvent<unknown>>): AsyncIterable<string> {
  for await (const event of events) yield `${emitJson(event as unknown as Json, "", null)}\n`;
}

async function remove(client: ApiClient, ask: HttpAsk, url: URL, target: Target): Promise<HttpReply> {
  const { resource, namespace, name, info } = target;
  const sent = ask.body.length === 0 ? {} : (body(ask) as DeleteBody);
  const grace =
    sent.gracePeriodSeconds ??
    (url.searchParams.has("gracePeriodSeconds") ? Number(url.searchParams.get("gracePeriodSeconds")) : undefined);
  const options: DeleteOptions = {
    ...(sent.dryRun?.length || url.searchParams.has("dryRun") ? { dryRun: true } : {}),
    ...(grace === undefined ? {} : { gracePeriodSeconds: grace }),
    ...(sent.propagationPolicy ? { propagationPolicy: sent.propagationPolicy } : {}),
    ...(sent.preconditions ? { preconditions: sent.preconditions } : {}),
  };
  if (name === "")
    return json(
      (await client.deleteCollection(resource, { ...listOptions(url, namespace), ...options })) as unknown as Json,
      200,
      client,
    );
  const gone = await client.delete(resource, namespace, name, options);
  if (gone.metadata.deletionTimestamp) return json(gone as unknown as Json, 200, client);
  const details = {
    name,
    ...(info.group === "" ? {} : { group: info.group }),
    kind: info.resource,
    uid: gone.metadata.uid ?? "",
  };
  return json({ kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details }, 200, client);
}

interface DeleteBody {
  dryRun?: string[];
  gracePeriodSeconds?: number;
  propagationPolicy?: "Background" | "Foreground" | "Orphan";
  preconditions?: { uid?: string; resourceVersion?: string };
}

function subresource({ subresource: name }: Target): { subresource?: string } {
  return name === "" ? {} : { subresource: name };
}

function listOptions(url: URL, namespace: string): ListOptions {
  const query = url.searchParams;
  const value = (name: string) => query.get(name) ?? "";
  return {
    ...(namespace === "" ? {} : { namespace }),
    ...(value("labelSelector") ? { labelSelector: value("labelSelector") } : {}),
    ...(value("fieldSelector") ? { fieldSelector: value("fieldSelector") } : {}),
    ...(value("limit") ? { limit: Number(value("limit")) } : {}),
    ...(value("continue") ? { continue: value("continue") } : {}),
  };
}

function writeOptions(url: URL): WriteOptions {
  const query = url.searchParams;
  const manager = query.get("fieldManager");
  const validation = query.get("fieldValidation");
  return {
    ...(query.has("dryRun") ? { dryRun: true } : {}),
    ...(manager ? { fieldManager: manager } : {}),
    ...(validation === "Strict" || validation === "Warn" || validation === "Ignore"
      ? { fieldValidation: validation }
      : {}),
  };
}

function patchType(ask: HttpAsk): PatchType {
  const types: Record<string, PatchType> = {
    "application/json-patch+json": "json",
    "application/merge-patch+json": "merge",
    "application/strategic-merge-patch+json": "strategic",
    "application/apply-patch+yaml": "apply",
  };
  const type = types[header(ask, "content-type").split(";", 1)[0]!.trim()];
  if (type) return type;
  throw new ApiError({
    reason: "UnsupportedMediaType",
    code: 415,
    message: `the body of the request was in an unknown format - accepted media types include: ${Object.keys(types).join(", ")}`,
  });
}

function anyBody(ask: HttpAsk): Json {
  return readBody(ask.body).value;
}

function body(ask: HttpAsk): JsonObject {
  if (header(ask, "content-type").startsWith("application/vnd.kubernetes.protobuf"))
    throw new ApiError({
      reason: "UnsupportedMediaType",
      code: 415,
      message: "kubemu does not simulate bodies in protobuf: send JSON",
    });
  const value = anyBody(ask);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw badRequest("the body of the request is no object");
}

export function header(ask: HttpAsk, name: string): string {
  return ask.headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? "";
}

function json(value: Json, status: number, client: ApiClient): HttpReply {
  const bytes = encodeText(`${emitJson(value, "", null)}\n`);
  const warnings = client
    .takeWarnings()
    .map((warning): [string, string] => ["Warning", `299 - ${JSON.stringify(warning)}`]);
  return {
    status,
    reason: status === 201 ? "Created" : status === 200 ? "OK" : "",
    headers: [
      ["Cache-Control", "no-cache, private"],
      ["Content-Type", "application/json"],
      ["Content-Length", String(bytes.length)],
      ...warnings,
    ],
    body: bytes,
  };
}

function text(value: string): HttpReply {
  return {
    status: 200,
    reason: "OK",
    headers: [
      ["Content-Type", "text/plain; charset=utf-8"],
      ["Content-Length", String(encodeText(value).length)],
    ],
    body: encodeText(value),
  };
}
