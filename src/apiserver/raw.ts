import { discoveryDocument } from "../api/discovery.ts";
import { goQuote } from "../api/encoding/go-quote.ts";
import type { Json } from "../api/json.ts";
import { BUILD_INFO } from "../api/profiles/nodes.ts";
import { type KindInfo, kinds, resourceKey } from "../api/registry.ts";
import type { ResourceKey } from "../api/snapshot.ts";
import { badRequest, methodNotAllowed, notSimulated } from "../api/status.ts";
import type { ApiClient, DeleteOptions, ListOptions, RawRequest, WriteOptions } from "./client.ts";
import { readDeleteOptions } from "./delete-options.ts";
import { healthPaths, healthText } from "./health.ts";
import { readAnyBody, readRawBody } from "./raw-body.ts";
import { noSuchResource } from "./request.ts";

/** What `GET /version` answers. Models apimachinery pkg/version.Info. */
const VERSION_INFO = {
  major: "1",
  minor: "36",
  emulationMajor: "1",
  emulationMinor: "36",
  minCompatibilityMajor: "1",
  minCompatibilityMinor: "35",
  ...BUILD_INFO,
};

/**
 * What else a server has, by path. `/metrics` counts what a process has done that is not there, and no key signs tokens that could be
 * published.
 */
const UNSIMULATED = [
  "/.well-known/openid-configuration",
  "/debug/api_priority_and_fairness",
  "/debug/flags",
  "/debug/pprof",
  "/flagz",
  "/metrics",
  "/openapi/v2",
  "/openid/v1/jwks",
  "/statusz",
];

/** What `GET /` answers. Models apiserver pkg/server/routes/index.go. */
function pathIndex(): string {
  const { groups } = discoveryDocument("/apis") as unknown as {
    groups: { name: string; versions: { groupVersion: string }[] }[];
  };
  const ofGroups = groups.flatMap(({ name, versions }) => [name, ...versions.map((one) => one.groupVersion)]);
  const paths = [
    ...["/api", "/api/v1", "/apis", "/apis/", "/metrics/slis", "/openapi/v3", "/openapi/v3/", "/version"],
    ...ofGroups.map((name) => `/apis/${name}`),
    ...healthPaths(),
    ...UNSIMULATED.filter((path) => !path.startsWith("/debug/")),
  ];
  return JSON.stringify({ paths: paths.sort() }, null, 2);
}

type Resources = Pick<ApiClient, "get" | "list" | "create" | "update" | "delete" | "deleteCollection">;

/** A request on any path of the server. @throws ApiError NotFound */
export async function raw(
  path: string,
  request: RawRequest,
  client: Resources,
  /** The API server's own address and port, of which `/api` tells. */
  server?: string,
): Promise<Json | string> {
  const url = new URL(path, "http://server");
  const parts = decodeURIComponent(url.pathname).split("/").filter(Boolean);
  if (request.method === "GET" || request.method === "POST") {
    const health = healthText(url);
    if (health !== undefined) return health;
    if (request.method === "POST" && (url.pathname.startsWith("/version") || discoveryDocument(`/${parts.join("/")}`)))
      throw methodNotAllowed();
  }
  if (request.method === "GET") {
    if (url.pathname === "/version" || url.pathname === "/version/") return VERSION_INFO;
    const document = discoveryDocument(`/${parts.join("/")}`, server);
    if (document) return document as Json;
    if (url.pathname === "/" || url.pathname === "/index.html") return pathIndex();
    if (url.pathname.startsWith("/openapi/v3")) {
      const found = await (await import("./http/openapi.ts")).openApiDocument(url.pathname);
      if (found) return found as Json;
      const about = url.pathname.slice("/openapi/v3".length);
      if (about === "/version" || UNSIMULATED.includes(about) || (about.length > 1 && discoveryDocument(about)))
        throw notSimulated(`the server's ${url.pathname}`);
    }
    if (UNSIMULATED.some((one) => url.pathname === one || url.pathname.startsWith(`${one}/`)))
      throw notSimulated(`the server's ${url.pathname}`);
  }
  const target = targetOf(parts);
  const query = url.searchParams;
  return (await onResource(target, request, query, client)) as unknown as Json;
}

interface Target {
  info: KindInfo;
  version: string;
  resource: ResourceKey;
  namespace: string;
  name: string | undefined;
  subresource: string;
}

function targetOf(parts: string[]): Target {
  const core = parts[0] === "api";
  const rest = core ? parts.slice(2) : parts[0] === "apis" ? parts.slice(3) : [];
  const group = core ? "" : (parts[1] ?? "");
  const version = (core ? parts[1] : parts[2]) ?? "";
  // `namespaces/x/finalize` is of the namespace itself.
  const namespaced = rest[0] === "namespaces" && rest.length > 2 && !["finalize", "status"].includes(rest[2]!);
  const [resource, name, subresource = "", ...more] = namespaced ? rest.slice(2) : rest;
  const info = kinds.find(
    (kind) => kind.group === group && kind.resource === resource && kind.versions.includes(version),
  );
  // A list may be of all namespaces; one object has its own.
  const misplaced = info && (info.namespaced ? name !== undefined && !namespaced : namespaced);
  if (!info || misplaced || more.length > 0) throw noSuchResource();
  const key = version === info.version ? resourceKey(info) : `${info.resource}.${version}.${info.group}`;
  return { info, version, resource: key, namespace: namespaced ? rest[1]! : "", name, subresource };
}

async function onResource(
  target: Target,
  request: RawRequest,
  query: URLSearchParams,
  client: Resources,
): Promise<unknown> {
  const { resource, namespace, name, subresource } = target;
  const selection = selectionOf(namespace, query);
  const { body, duplicates } = bodyOf(target, request);
  const options = { ...writeOf(query), duplicates, ...(subresource === "" ? {} : { subresource }) };
  switch (request.method) {
    case "GET":
      // Go takes everything for true but these.
      if (!["", "0", "false"].includes(query.get("watch")?.toLowerCase() ?? "")) throw notSimulated("a watch by --raw");
      if (!name) return client.list(resource, selection);
      return client.get(resource, namespace, name, subresource === "" ? {} : { subresource });
    case "POST":
      if (name && subresource === "") throw methodNotAllowed();
      return client.create(resource, namespace, body, { ...options, ...(name ? { name } : {}) });
    case "PUT":
      if (!name) throw methodNotAllowed();
      return client.update(resource, namespace, name, body, options);
    default: {
      if (subresource !== "") throw methodNotAllowed();
      const deletion = await readDeleteOptions(request.text ?? "", query);
      if (!name) return client.deleteCollection(resource, { ...selection, ...deletion });
      return removeOne(target, name, deletion, client);
    }
  }
}

function bodyOf({ info, version, subresource }: Target, { method, text = "" }: RawRequest) {
  if (method === "GET" || method === "DELETE") return { body: {}, duplicates: [] };
  const ofItsOwn = subresource !== "" && !["approval", "finalize", "resize", "status"].includes(subresource);
  return ofItsOwn ? { body: readAnyBody(text, subresource), duplicates: [] } : readRawBody(text, info, version);
}

function selectionOf(namespace: string, query: URLSearchParams): ListOptions {
  const limit = query.get("limit");
  if (limit && !/^[-+]?\d+$/.test(limit))
    throw badRequest(`strconv.ParseInt: parsing ${goQuote(limit)}: invalid syntax`);
  return {
    namespace,
    ...(query.get("labelSelector") ? { labelSelector: query.get("labelSelector")! } : {}),
    ...(query.get("fieldSelector") ? { fieldSelector: query.get("fieldSelector")! } : {}),
    ...(limit ? { limit: Number(limit) } : {}),
    ...(query.get("continue") ? { continue: query.get("continue")! } : {}),
  };
}

function writeOf(query: URLSearchParams): WriteOptions {
  const fieldManager = query.get("fieldManager");
  const fieldValidation = query.get("fieldValidation") as WriteOptions["fieldValidation"] | null;
  return {
    dryRun: query.get("dryRun") === "All",
    ...(fieldManager ? { fieldManager } : {}),
    ...(fieldValidation ? { fieldValidation } : {}),
  };
}

/** Kinds whose deletion answers with the object (the stores' ReturnDeletedObject). */
const ANSWERED_WITH_OBJECT = [
  "persistentvolumeclaims",
  "persistentvolumes",
  "pods",
  "podtemplates",
  "resourcequotas",
  "serviceaccounts",
  "services",
];

/** What lingers is answered with the object, what has gone with a Status. Models apiserver pkg/registry/generic Store.finalizeDelete. */
async function removeOne(target: Target, name: string, options: DeleteOptions, client: Resources): Promise<unknown> {
  const { info, resource, namespace } = target;
  const object = await client.delete(resource, namespace, name, options);
  if (object.metadata.deletionTimestamp || ANSWERED_WITH_OBJECT.includes(resource)) return object;
  const group = info.group === "" ? {} : { group: info.group };
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Success",
    details: { name, ...group, kind: info.resource, uid: object.metadata.uid },
  };
}
