import type { Json } from "../../api/json.ts";
import { apiVersionOf, kindByResource, versionOfKey } from "../../api/registry.ts";
import type { ResourceKey } from "../../api/snapshot.ts";
import type { DeleteOptions, ListOptions, PatchType, WatchOptions, WriteOptions } from "../../apiserver/client.ts";
import type { Requests } from "../around-client.ts";

/** A request as a kubectl sends it over HTTP. */
export interface Sent {
  verb: string;
  /** From the root, with the query. */
  path: string;
  accept: string;
  contentType?: string;
  body?: Json;
}

const JSON_TYPE = "application/json";
const TABLES = ["v1", "v1beta1"].map((version) => `${JSON_TYPE};as=Table;v=${version};g=meta.k8s.io`);
const AS_TABLE = [...TABLES, JSON_TYPE].join(",");
const PATCH_TYPES: Readonly<Record<PatchType, string>> = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  apply: "application/apply-patch+yaml",
};

type Query = Record<string, string | number | boolean | undefined>;

/** Models Go's url.Values.Encode: sorted, a blank as a plus. */
function queryText(query: Query): string {
  const text = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== "" && value !== false) text.append(key, `${value}`);
  text.sort();
  return text.size > 0 ? `?${text}` : "";
}

/** The path with one parameter more, in its place. */
export function withTimeout(path: string, timeout: string): string {
  const at = path.indexOf("?");
  const query = new URLSearchParams(at < 0 ? "" : path.slice(at + 1));
  query.set("timeout", timeout);
  return (at < 0 ? path : path.slice(0, at)) + queryText(Object.fromEntries(query));
}

/** The path of a collection, an object or a subresource. Models client-go rest/request.go (URL). */
function pathOf(resource: ResourceKey, namespace: string | undefined, ...names: (string | undefined)[]): string {
  const info = kindByResource(resource)!;
  const apiVersion = apiVersionOf(info, versionOfKey(info, resource));
  return [
    info.group === "" ? "/api" : "/apis",
    apiVersion,
    ...(namespace ? ["namespaces", namespace] : []),
    info.resource,
    ...names.filter(Boolean),
  ].join("/");
}

const ofList = ({ labelSelector, fieldSelector, limit, continue: from, includeObject }: ListOptions): Query => ({
  includeObject,
  labelSelector,
  fieldSelector,
  limit,
  continue: from,
});

const ofWrite = ({ dryRun, fieldManager, fieldValidation }: WriteOptions): Query => ({
  dryRun: dryRun ? "All" : undefined,
  fieldManager,
  fieldValidation,
});

const ofWatch = (options: WatchOptions): Query => ({
  ...ofList(options),
  resourceVersion: options.resourceVersion,
  sendInitialEvents: options.sendInitialEvents,
  fieldSelector: options.name === undefined ? options.fieldSelector : `metadata.name=${options.name}`,
  watch: true,
});

const ofDelete = (options: DeleteOptions): Json => ({
  ...(options.gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds: options.gracePeriodSeconds }),
  ...(options.preconditions ? { preconditions: { ...options.preconditions } } : {}),
  ...(options.propagationPolicy ? { propagationPolicy: options.propagationPolicy } : {}),
  ...(options.dryRun ? { dryRun: ["All"] } : {}),
});

const get = (path: string, accept = JSON_TYPE): Sent => ({ verb: "GET", path, accept });
const withBody = (verb: string, path: string, body: Json, contentType = JSON_TYPE): Sent => ({
  verb,
  path,
  accept: JSON_TYPE,
  contentType,
  body,
});

const SENT: { [M in keyof Requests]: (...args: Parameters<Requests[M]>) => Sent } = {
  get: (resource, namespace, name, options) => get(pathOf(resource, namespace, name, options?.subresource)),
  list: (resource, options = {}) => get(pathOf(resource, options.namespace) + queryText(ofList(options))),
  getTable: (resource, namespace, name, { includeObject } = {}) =>
    get(pathOf(resource, namespace, name) + queryText({ includeObject }), AS_TABLE),
  listTable: (resource, options = {}) =>
    get(pathOf(resource, options.namespace) + queryText(ofList(options)), AS_TABLE),
  watch: (resource, options = {}) => get(pathOf(resource, options.namespace) + queryText(ofWatch(options))),
  watchTable: (resource, options = {}) =>
    get(pathOf(resource, options.namespace) + queryText(ofWatch(options)), AS_TABLE),
  create: (resource, namespace, body, options = {}) =>
    withBody(
      "POST",
      pathOf(resource, namespace, options.name, options.subresource) + queryText(ofWrite(options)),
      body,
    ),
  update: (resource, namespace, name, body, options = {}) =>
    withBody("PUT", pathOf(resource, namespace, name, options.subresource) + queryText(ofWrite(options)), body),
  patch: (resource, namespace, name, type, patch, options = {}) =>
    withBody(
      "PATCH",
      pathOf(resource, namespace, name, options.subresource) +
        queryText({ ...ofWrite(options), force: type === "apply" ? options.force : undefined }),
      patch,
      PATCH_TYPES[type],
    ),
  delete: (resource, namespace, name, options = {}) =>
    withBody("DELETE", pathOf(resource, namespace, name), ofDelete(options)),
  deleteCollection: (resource, options = {}) =>
    withBody("DELETE", pathOf(resource, options.namespace) + queryText(ofList(options)), ofDelete(options)),
  raw: (path, request) => ({ verb: request?.method ?? "GET", path, accept: `${JSON_TYPE}, */*` }),
};

/** What a call of the client is on the wire. Models cli-runtime pkg/resource/helper.go and client-go rest/request.go. */
export function sentBy(name: keyof Requests, args: readonly unknown[]): Sent {
  return (SENT[name] as (...args: readonly unknown[]) => Sent)(...args);
}
