import type { Json, JsonObject } from "../api/json.ts";
import type { KubeList, KubeObject } from "../api/object.ts";
import type { User } from "../api/types/user.ts";
import type { Clock } from "../platform/platform.ts";
import { type Asked, admitRequest } from "./admit-request.ts";
import type { ResourceAttributes } from "./authorization/rbac.ts";
import type {
  ApiClient,
  DeleteOptions,
  ListOptions,
  PatchType,
  RawRequest,
  Table,
  WatchEvent,
  WatchOptions,
  WriteOptions,
} from "./client.ts";
import { existing, type Request } from "./request.ts";
import { allShown, shown } from "./shown.ts";
import type { Cluster } from "./transaction.ts";
import { recordedWarnings } from "./warnings.ts";
import type { World } from "./world.ts";

/** Tells who makes a request, of what it wants to do. @throws ApiError Unauthorized */
export type Authenticate = (world: World, what: ResourceAttributes) => Promise<User>;

type WriteHandlers = typeof import("./write-handlers.ts");

/** The API over a cluster in this process: each request in a transaction of its own. Handlers of writes are loaded by the first write. */
export class LocalClient implements ApiClient {
  private warnings: string[] = [];
  private readonly cluster: Cluster;
  private readonly clock: Clock;
  /** Absent: the cluster's administrator, who may do everything. */
  private readonly user: User | Authenticate | undefined;

  constructor(cluster: Cluster, clock: Clock, user?: User | Authenticate) {
    this.cluster = cluster;
    this.clock = clock;
    this.user = user;
  }

  takeWarnings(): string[] {
    const taken = this.warnings;
    if (taken.length === 0) return taken;
    this.warnings = [];
    return recordedWarnings(taken);
  }

  /** Who asks, where it is not the administrator. */
  private readonly userFor = async (world: World, what: ResourceAttributes): Promise<User | undefined> =>
    typeof this.user === "function" ? await this.user(world, what) : this.user;

  private reading<T>(asked: Asked, work: (request: Request) => T | Promise<T>): Promise<T> {
    return this.cluster.read(
      async (world) => work(await admitRequest(world, asked, this.warnings, this.userFor)),
      asked.resource,
    );
  }

  private writing<T>(
    asked: Asked & { patchType?: PatchType },
    work: (handlers: WriteHandlers, request: Request) => T | Promise<T>,
  ): Promise<T> {
    const { verb, fieldManager = "", patchType, dryRun } = asked;
    return this.cluster.write(
      async (world) => {
        const request = await admitRequest(world, asked, this.warnings, this.userFor);
        if (fieldManager !== "" || patchType === "apply") {
          const { checkWriteOptions } = await import("./write-options.ts");
          checkWriteOptions(verb, fieldManager, patchType);
        }
        return await work(await import("./write-handlers.ts"), request);
      },
      dryRun ? { dryRun } : {},
    );
  }

  get(
    resource: string,
    namespace: string,
    name: string,
    { subresource = "" }: { subresource?: string } = {},
  ): Promise<KubeObject> {
    const needsBehaviour = subresource === "scale";
    return this.reading({ resource, namespace, verb: "get", name, subresource, needsBehaviour }, async (request) => {
      const object = existing(request, name);
      if (subresource !== "scale") return await shown(request, object);
      const { scaleOf } = await import("./scale.ts");
      return scaleOf(request, object);
    });
  }

  list(resource: string, options: ListOptions = {}): Promise<KubeList> {
    return this.reading(listed(resource, "list", options), async (request) => {
      const { page } = await import("./read.ts");
      const { rows, metadata } = page(request, options, (brief) => brief.whole());
      const items = await allShown(request, rows);
      return { apiVersion: request.apiVersion, kind: `${request.info.kind}List`, metadata, items };
    });
  }

  getTable(resource: string, namespace: string, name: string): Promise<Table> {
    return this.reading({ resource, namespace, verb: "get", name, needsBehaviour: false }, async (request) => {
      const { tableOf } = await import("./tables.ts");
      const object = existing(request, name);
      const { resourceVersion } = object.metadata;
      return tableOf(request, [object], resourceVersion ? { resourceVersion } : {});
    });
  }

  listTable(resource: string, options: ListOptions = {}): Promise<Table> {
    return this.reading(listed(resource, "list", options), async (request) => {
      const { tablePage } = await import("./tables.ts");
      return tablePage(request, options);
    });
  }

  create(
    resource: string,
    namespace: string,
    body: JsonObject,
    options: WriteOptions & { name?: string } = {},
  ): Promise<KubeObject> {
    const { name = "" } = options;
    return this.writing({ ...options, resource, namespace, verb: "create", name }, (handlers, request) =>
      handlers.create(request, body, options),
    );
  }

  update(
    resource: string,
    namespace: string,
    name: string,
    body: JsonObject,
    options: WriteOptions = {},
  ): Promise<KubeObject> {
    return this.writing({ ...options, resource, namespace, verb: "update", name }, (handlers, request) =>
      handlers.update(request, name, body, options),
    );
  }

  patch(
    resource: string,
    namespace: string,
    name: string,
    patchType: PatchType,
    body: Json,
    options: WriteOptions & { force?: boolean } = {},
  ): Promise<KubeObject> {
    return this.writing({ ...options, resource, namespace, verb: "patch", name, patchType }, (handlers, request) =>
      handlers.patch(request, name, patchType, body, options),
    );
  }

  delete(resource: string, namespace: string, name: string, options: DeleteOptions = {}): Promise<KubeObject> {
    const dryRun = options.dryRun ?? false;
    return this.writing({ resource, namespace, verb: "delete", name, dryRun }, (handlers, request) =>
      handlers.remove(request, name, options),
    );
  }

  deleteCollection(resource: string, options: ListOptions & DeleteOptions = {}): Promise<KubeList> {
    const { namespace = "", dryRun = false } = options;
    return this.writing({ resource, namespace, verb: "deletecollection", name: "", dryRun }, (handlers, request) =>
      handlers.removeCollection(request, options),
    );
  }

  async *watch(resource: string, options: WatchOptions = {}): AsyncIterable<WatchEvent> {
    for await (const event of this.events(resource, options)) yield { type: event.type, object: event.object.object };
  }

  async *watchTable(resource: string, options: WatchOptions = {}): AsyncIterable<WatchEvent<Table>> {
    for await (const event of this.events(resource, options)) yield { type: event.type, object: event.object.table };
  }

  private async *events(resource: string, options: WatchOptions) {
    const { watch } = await import("./watch.ts");
    const open = (work: (request: Request) => Promise<void>) => this.reading(listed(resource, "watch", options), work);
    yield* watch(this.cluster, this.clock, open, options);
  }

  /** Where the API server says that it is. */
  private async serverAddress(): Promise<string> {
    const { profileOf } = await import("../api/profiles/profiles.ts");
    const profile = await this.cluster.read(({ header }) => header.profile);
    const { address, port } = profileOf(profile).apiServer;
    return `${address}:${port}`;
  }

  async raw(path: string, request?: RawRequest): Promise<Json | string> {
    if (this.user && !/^\/apis?\/./.test(path)) {
      const { admitPath } = await import("./authorization/admit-user.ts");
      const what = { verb: "get", group: "", resource: "", subresource: "", namespace: "", name: "" };
      await this.cluster.read(async (world) => admitPath(world, (await this.userFor(world, what))!, path));
    }
    const { raw } = await import("./raw.ts");
    const server = /^\/api\/?(\?|$)/.test(path) ? await this.serverAddress() : undefined;
    return await raw(path, request ?? { method: "GET" }, this, server);
  }
}

function listed(resource: string, verb: "list" | "watch", { namespace = "", fieldSelector = "" }: ListOptions): Asked {
  return { resource, namespace, verb, name: nameIn(fieldSelector), needsBehaviour: fieldSelector !== "" };
}

/** The name that a list or a watch is narrowed to. Models apiserver pkg/endpoints/request/requestinfo.go. */
function nameIn(fieldSelector: string): string {
  if (fieldSelector === "") return "";
  return /(?:^|,)metadata\.name==?([^,]*)/.exec(fieldSelector)?.[1] ?? "";
}
