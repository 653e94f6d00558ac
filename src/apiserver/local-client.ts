import type { Json, JsonObject } from "../api/json.ts";
import type { KubeList, KubeObject } from "../api/object.ts";
import { methodNotAllowed } from "../api/status.ts";
import type { User } from "../api/types/user.ts";
import type { Clock } from "../platform/platform.ts";
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
import { existing, noSuchResource, type Request, requestOf } from "./request.ts";
import type { Cluster } from "./transaction.ts";
import { recordedWarnings } from "./warnings.ts";

/** Tells who makes a request, of what it wants to do. @throws ApiError Unauthorized */
export type Authenticate = (world: Parameters<typeof requestOf>[0], what: ResourceAttributes) => Promise<User>;

/** The API over a cluster in this process. Handlers of writes are loaded by the first write. */
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

  private reading<T>(
    resource: string,
    namespace: string,
    verb: string,
    work: (request: Request) => T | Promise<T>,
    options: ListOptions & { subresource?: string; name?: string } = {},
  ): Promise<T> {
    const needsBehaviour = !!options.fieldSelector || options.subresource === "scale";
    const { subresource = "", name, fieldSelector } = options;
    const about = { authorize: { verb, subresource, name: name ?? nameIn(fieldSelector) } };
    return this.cluster.read(
      async (world) =>
        work(await this.open(world, resource, namespace, verb, { needsBehaviour, subresource, ...about })),
      resource,
    );
  }

  /** Who asks, where it is not the administrator. */
  private async userIn(...asked: Parameters<Authenticate>): Promise<User | undefined> {
    return typeof this.user === "function" ? await this.user(...asked) : this.user;
  }

  private async open(
    world: Parameters<typeof requestOf>[0],
    resource: string,
    namespace: string,
    verb: string,
    options: WriteOptions & {
      needsBehaviour?: boolean;
      authorize: { verb: string; subresource: string; name: string };
    },
  ): Promise<Request> {
    const asked = await requestOf(world, resource, namespace, {
      // Without a name it is the first word of the client's User-Agent.
      manager: options.fieldManager || "kubectl",
      subresource: options.subresource ?? "",
      fieldValidation: options.fieldValidation ?? "Warn",
      duplicates: options.duplicates ?? [],
      warnings: this.warnings,
      dryRun: options.dryRun ?? false,
      needsBehaviour: options.needsBehaviour ?? true,
    });
    const { group, resource: name } = asked.info;
    const what = { ...options.authorize, group, resource: name, namespace };
    const user = await this.userIn(world, what);
    const request: Request = { ...asked, user };
    if (user) {
      const { admitUser } = await import("./authorization/admit-user.ts");
      await admitUser(world, user, request.info, { namespace, ...options.authorize });
    }
    if (request.subresource !== "") {
      const { subresourceVerbs } = await import("../api/discovery.ts");
      const verbs = subresourceVerbs(request.info, request.subresource);
      if (verbs.length === 0) throw noSuchResource();
      if (!verbs.includes(verb)) throw methodNotAllowed();
    } else if (!request.info.verbs.includes(verb)) {
      // What is only asked has no paths of single objects.
      const ofOne = ["get", "update", "patch", "delete"];
      const hasPath = !ofOne.includes(verb) || ofOne.some((one) => request.info.verbs.includes(one));
      throw hasPath ? methodNotAllowed() : noSuchResource();
    }
    if (request.info.deprecated) this.warnings.push(request.info.deprecated);
    return request;
  }

  private writing<T>(
    resource: string,
    namespace: string,
    verb: string,
    options: WriteOptions & { patchType?: PatchType },
    work: (request: Request) => T | Promise<T>,
    name = "",
  ): Promise<T> {
    const about = { authorize: { verb, subresource: options.subresource ?? "", name } };
    const { fieldManager = "", patchType } = options;
    return this.cluster.write(
      async (world) => {
        const request = await this.open(world, resource, namespace, verb, { ...options, ...about });
        if (fieldManager !== "" || patchType === "apply") {
          const { checkWriteOptions } = await import("./write-options.ts");
          checkWriteOptions(verb, fieldManager, patchType);
        }
        return await work(request);
      },
      options.dryRun ? { dryRun: true } : {},
    );
  }

  get(resource: string, namespace: string, name: string, options: { subresource?: string } = {}): Promise<KubeObject> {
    return this.reading(
      resource,
      namespace,
      "get",
      async (request) => {
        const object = existing(request, name);
        if (options.subresource !== "scale") return await shown(request, object);
        const { scaleOf } = await import("./scale.ts");
        return scaleOf(request, object);
      },
      { ...options, name },
    );
  }

  list(resource: string, options: ListOptions = {}): Promise<KubeList> {
    return this.reading(
      resource,
      options.namespace ?? "",
      "list",
      async (request) => {
        const { page } = await import("./read.ts");
        const { rows, metadata } = page(request, options, (brief) => brief.whole());
        const items = await allShown(request, rows);
        return { apiVersion: request.apiVersion, kind: `${request.info.kind}List`, metadata, items };
      },
      options,
    );
  }

  getTable(resource: string, namespace: string, name: string): Promise<Table> {
    const table = async (request: Request) => {
      const { tableOf } = await import("./tables.ts");
      const object = existing(request, name);
      const { resourceVersion } = object.metadata;
      return tableOf(request, [object], resourceVersion ? { resourceVersion } : {});
    };
    return this.reading(resource, namespace, "get", table, { name });
  }

  listTable(resource: string, options: ListOptions = {}): Promise<Table> {
    return this.reading(
      resource,
      options.namespace ?? "",
      "list",
      async (request) => {
        const { tablePage } = await import("./tables.ts");
        return tablePage(request, options);
      },
      options,
    );
  }

  create(
    resource: string,
    namespace: string,
    body: JsonObject,
    options: WriteOptions & { name?: string } = {},
  ): Promise<KubeObject> {
    const work = async (request: Request) => {
      if (options.subresource) {
        const { createSubresource } = await import("./subresources.ts");
        return await createSubresource(request, options.name ?? "", body);
      }
      if (request.info.kind === "Binding") {
        const { createBinding } = await import("./subresources.ts");
        return await createBinding(request, undefined, body);
      }
      if (!request.info.verbs.includes("get")) {
        const { review } = await import("./authorization/reviews.ts");
        const { ADMIN } = await import("./authorization/user.ts");
        return await review(request, request.user ?? ADMIN, body);
      }
      const { create } = await import("./create.ts");
      return await shown(request, await create(request, body));
    };
    return this.writing(resource, namespace, "create", options, work, options.name);
  }

  update(
    resource: string,
    namespace: string,
    name: string,
    body: JsonObject,
    options: WriteOptions = {},
  ): Promise<KubeObject> {
    return this.writing(
      resource,
      namespace,
      "update",
      options,
      async (request) => {
        if (options.subresource === "scale") {
          const { updateScale } = await import("./scale.ts");
          return await updateScale(request, name, body);
        }
        const { update } = await import("./update.ts");
        return await shown(request, await update(request, name, body));
      },
      name,
    );
  }

  patch(
    resource: string,
    namespace: string,
    name: string,
    type: PatchType,
    body: Json,
    options: WriteOptions & { force?: boolean } = {},
  ): Promise<KubeObject> {
    return this.writing(
      resource,
      namespace,
      "patch",
      { ...options, patchType: type },
      async (request) => {
        if (options.subresource === "scale") {
          const { patchScale } = await import("./scale.ts");
          return await patchScale(request, name, type, body, options.force ?? false);
        }
        const { patch } = await import("./patch.ts");
        return await shown(request, await patch(request, name, type, body, options.force ?? false));
      },
      name,
    );
  }

  delete(resource: string, namespace: string, name: string, options: DeleteOptions = {}): Promise<KubeObject> {
    const dryRun = options.dryRun ? { dryRun: true } : {};
    return this.writing(
      resource,
      namespace,
      "delete",
      dryRun,
      async (request) => {
        const { remove } = await import("./delete.ts");
        return await shown(request, remove(request, name, deletionOf(options)));
      },
      name,
    );
  }

  deleteCollection(resource: string, options: ListOptions & DeleteOptions = {}): Promise<KubeList> {
    const dryRun = options.dryRun ? { dryRun: true } : {};
    return this.writing(resource, options.namespace ?? "", "deletecollection", dryRun, async (request) => {
      const { select } = await import("./read.ts");
      const { remove } = await import("./delete.ts");
      const removed = select(request, options).map((object) =>
        remove(
          { ...request, namespace: object.metadata.namespace ?? "" },
          object.metadata.name ?? "",
          deletionOf(options),
        ),
      );
      const items = await allShown(request, removed);
      return { apiVersion: request.apiVersion, kind: `${request.info.kind}List`, metadata: {}, items };
    });
  }

  async *watch(resource: string, options: WatchOptions = {}): AsyncIterable<WatchEvent> {
    for await (const event of this.events(resource, options)) yield { type: event.type, object: event.object.object };
  }

  async *watchTable(resource: string, options: WatchOptions = {}): AsyncIterable<WatchEvent<Table>> {
    for await (const event of this.events(resource, options)) yield { type: event.type, object: event.object.table };
  }

  private async *events(resource: string, options: WatchOptions) {
    const { watch } = await import("./watch.ts");
    const open = (work: (request: Request) => Promise<void>) =>
      this.reading(resource, options.namespace ?? "", "watch", work, options);
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
      await this.cluster.read(async (world) => admitPath(world, (await this.userIn(world, what))!, path));
    }
    const { raw } = await import("./raw.ts");
    const server = /^\/api\/?(\?|$)/.test(path) ? await this.serverAddress() : undefined;
    return await raw(path, request ?? { method: "GET" }, this, server);
  }
}

/** A stored object in the version that the client speaks. */
async function shown(request: Request, object: KubeObject): Promise<KubeObject> {
  if (request.apiVersion === request.storedVersion) return object;
  return await (await import("./versions.ts")).inRequestVersion(request, object);
}

async function allShown(request: Request, objects: KubeObject[]): Promise<KubeObject[]> {
  if (request.apiVersion === request.storedVersion) return objects;
  return await Promise.all(objects.map((object) => shown(request, object)));
}

/** The name that a list or a watch is narrowed to. Models apiserver pkg/endpoints/request/requestinfo.go. */
function nameIn(fieldSelector = ""): string {
  if (fieldSelector === "") return "";
  return /(?:^|,)metadata\.name==?([^,]*)/.exec(fieldSelector)?.[1] ?? "";
}

function deletionOf(options: DeleteOptions) {
  return {
    ...(options.gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds: options.gracePeriodSeconds }),
    ...(options.propagationPolicy ? { propagation: options.propagationPolicy } : {}),
    ...(options.preconditions ? { preconditions: options.preconditions } : {}),
  };
}
