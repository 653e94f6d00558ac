import type { Json, JsonObject } from "../api/json.ts";
import type { Column } from "../api/kinds/kind.ts";
import type { KubeList, KubeObject } from "../api/object.ts";
import type { ResourceKey } from "../api/snapshot.ts";
import type { Propagation } from "../api/writes.ts";

/** metav1.Table, as the API server prints lists for kubectl. */
export interface Table {
  kind: "Table";
  apiVersion: "meta.k8s.io/v1";
  metadata: { resourceVersion?: string; continue?: string; remainingItemCount?: number };
  columnDefinitions: Column[];
  /** `metadata` is what is printed beside the cells; less is read for it than for the object. */
  readonly rows: {
    cells: Json[];
    object: KubeObject;
    metadata?: { namespace?: string; labels?: Record<string, string> };
  }[];
  /**
   * Cells of all rows, row after row, by the number of their column, and the objects' namespaces: where there are many rows and all that
   * is asked for is printable ASCII, this is cheaper than `rows`.
   */
  plainCells?(columns: readonly (number | "namespace")[]): string[] | undefined;
}

export interface WriteOptions {
  /** True: the whole pipeline on a snapshot that is thrown away. */
  dryRun?: boolean;
  fieldManager?: string;
  /** `Strict` refuses unknown and duplicate fields, `Warn` (default) warns of them, `Ignore` drops them. */
  fieldValidation?: "Strict" | "Warn" | "Ignore";
  /** Paths of the keys that the text of the body had twice (`spec.ports`). */
  duplicates?: readonly string[];
  subresource?: string;
}

export type PatchType = "json" | "merge" | "strategic" | "apply";

export interface ListOptions {
  /** undefined or "": all namespaces. */
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  limit?: number;
  continue?: string;
  /** Of tables: the rows are to have their objects whole. They have them here anyway. */
  includeObject?: "Object";
}

export interface DeleteOptions {
  dryRun?: boolean;
  gracePeriodSeconds?: number;
  propagationPolicy?: Propagation;
  preconditions?: { uid?: string; resourceVersion?: string };
}

export interface RawRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** The body, as it was typed. */
  text?: string;
}

export interface WatchOptions extends ListOptions {
  name?: string;
  resourceVersion?: string;
  timeoutSeconds?: number;
  signal?: AbortSignal;
  /** A BOOKMARK follows the events of what is there at the beginning; its object is of no interest. */
  sendInitialEvents?: boolean;
}

export interface WatchEvent<T = KubeObject> {
  type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  object: T;
}

/**
 * The API as commands see it: asynchronous, like a client of a remote server. Every failure is an `ApiError`. `resource` is a key of
 * the registry (`services`, `deployments.apps`); a request names the version that it speaks only where a kind has several
 * (`horizontalpodautoscalers.v1.autoscaling`). `namespace` is "" for cluster-scoped resources.
 */
export interface ApiClient {
  get(resource: ResourceKey, namespace: string, name: string, options?: { subresource?: string }): Promise<KubeObject>;
  list(resource: ResourceKey, options?: ListOptions): Promise<KubeList>;
  /** The same as tables, as with `Accept: application/json;as=Table`. */
  getTable(
    resource: ResourceKey,
    namespace: string,
    name: string,
    options?: Pick<ListOptions, "includeObject">,
  ): Promise<Table>;
  listTable(resource: ResourceKey, options?: ListOptions): Promise<Table>;
  /** `body` is what the client sends, undecoded: the server checks it field by field. */
  create(
    resource: ResourceKey,
    namespace: string,
    body: JsonObject,
    options?: WriteOptions & { name?: string },
  ): Promise<KubeObject>;
  update(
    resource: ResourceKey,
    namespace: string,
    name: string,
    body: JsonObject,
    options?: WriteOptions,
  ): Promise<KubeObject>;
  patch(
    resource: ResourceKey,
    namespace: string,
    name: string,
    type: PatchType,
    patch: Json,
    options?: WriteOptions & { force?: boolean },
  ): Promise<KubeObject>;
  /** The object (with a deletionTimestamp where it lingers), as the server answers. */
  delete(resource: ResourceKey, namespace: string, name: string, options?: DeleteOptions): Promise<KubeObject>;
  deleteCollection(resource: ResourceKey, options?: ListOptions & DeleteOptions): Promise<KubeList>;
  /** Begins with what is there (ADDED) unless `resourceVersion` is given; ends when `signal` aborts or after `timeoutSeconds`. */
  watch(resource: ResourceKey, options?: WatchOptions): AsyncIterable<WatchEvent>;
  watchTable(resource: ResourceKey, options?: WatchOptions): AsyncIterable<WatchEvent<Table>>;
  /** A request on any path, as `get --raw` sends it (GET without `request`): `/version`, `/healthz`, `/apis/…`. */
  raw(path: string, request?: RawRequest): Promise<Json | string>;
  /** Texts of the `Warning:` headers since the last call. */
  takeWarnings(): string[];
}

/** A request to the API server, as it comes off the wire. */
export interface HttpRequest {
  method: string;
  /** Percent-decoded, without the query. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
  /** Aborted when the client hangs up: ends a watch. */
  signal?: AbortSignal;
}

export interface HttpResponse {
  status: number;
  /** A list stands for several headers of one name. */
  headers: Record<string, string | string[]>;
  /** A whole body, or its chunks as they come. */
  body: string | AsyncIterable<string>;
}
