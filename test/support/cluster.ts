import type { JsonObject } from "../../src/api/json.ts";
import type { KubeObject } from "../../src/api/object.ts";
import { kinds, resourceKey } from "../../src/api/registry.ts";
import type { ApiClient, ListOptions } from "../../src/apiserver/client.ts";
import type { Session } from "../../src/cli/session.ts";
import { connect } from "../../src/main.ts";
import { TableGroups } from "../../src/printers/table.ts";
import { MemoryFiles } from "./memory-files.ts";
import { memoryPlatform, type TestClock, testClock } from "./memory-platform.ts";

/** 2026-11-22T15:00:00Z, when test clusters begin. */
export const START = Date.parse("2026-11-22T15:00:00Z");

/**
 * A cluster in memory for tests of whole flows: requests go through the API server and the controllers as a user's do, and time passes
 * only when the test says so. Each `session` reads the state file anew, as another command would.
 */
export class TestCluster {
  readonly files = new MemoryFiles();
  readonly clock: TestClock;
  private readonly env: Record<string, string>;
  private opened: Session | undefined;

  constructor(options: { profile?: string; seed?: string; start?: number } = {}) {
    this.clock = testClock(options.start ?? START);
    this.env = { KUBEMU_SEED: options.seed ?? "test", KUBEMU_PROFILE: options.profile ?? "docker-desktop" };
  }

  async session(): Promise<Session> {
    this.opened ??= await connect(memoryPlatform({ files: this.files, clock: this.clock, env: this.env }));
    return this.opened;
  }

  async client(): Promise<ApiClient> {
    return (await this.session()).client;
  }

  /** Stores what was done; the next request is another command's. */
  async commit(): Promise<void> {
    await (await this.session()).commit();
    this.opened = undefined;
  }

  /** The state file, after a commit. */
  async file(): Promise<string> {
    await this.commit();
    return this.files.read("/state.json").toString("utf8");
  }

  /** Moves the clock, in seconds. */
  async advance(seconds: number): Promise<void> {
    await this.commit();
    this.clock.set(this.clock.now() + seconds * 1000);
  }

  async setting(name: string, value: string): Promise<void> {
    await (await this.session()).admin.setSetting(name, value);
  }

  /** Creates an object of any kind, in `default` unless it names a namespace. */
  async create(object: { apiVersion: string; kind: string } & Record<string, unknown>): Promise<KubeObject> {
    const [group, version] = object.apiVersion.includes("/") ? object.apiVersion.split("/") : ["", object.apiVersion];
    const info = kinds.find((kind) => kind.group === group && kind.kind === object.kind);
    if (!info) throw new Error(`no kind ${object.kind} ${version}`);
    const namespace = (object.metadata as { namespace?: string }).namespace ?? (info.namespaced ? "default" : "");
    return await (await this.client()).create(resourceKey(info), namespace, object as unknown as JsonObject);
  }

  async get<T extends KubeObject = KubeObject>(resource: string, name: string, namespace = "default"): Promise<T> {
    return (await (await this.client()).get(resource, namespace, name)) as T;
  }

  async list<T extends KubeObject = KubeObject>(resource: string, options: ListOptions = {}): Promise<T[]> {
    return (await (await this.client()).list(resource, { namespace: "default", ...options })).items as T[];
  }

  async names(resource: string, options: ListOptions = {}): Promise<string[]> {
    return (await this.list(resource, options)).map((object) => object.metadata.name!);
  }

  async patch(resource: string, name: string, patch: JsonObject, subresource = "", namespace = "default") {
    const options = subresource ? { subresource } : {};
    return await (await this.client()).patch(resource, namespace, name, "merge", patch, options);
  }

  async delete(
    resource: string,
    name: string,
    options: { gracePeriodSeconds?: number; propagationPolicy?: "Orphan" | "Foreground" | "Background" } = {},
    namespace = "default",
  ) {
    return await (await this.client()).delete(resource, namespace, name, options);
  }

  /** The table as `kubectl get` shows it, line by line. */
  async table(resource: string, options: ListOptions & { wide?: boolean } = {}): Promise<string[]> {
    const { wide, ...rest } = options;
    const table = await (await this.client()).listTable(resource, { namespace: "default", ...rest });
    let text = "";
    const tables = new TableGroups((part) => {
      text += part;
    });
    tables.begin({ wide: wide ?? false });
    tables.print(table);
    tables.flush();
    return text.split("\n").filter(Boolean);
  }

  /** The events about an object in the order in which they were first told: `Normal Scaled… text`, with ` (xN)` when counted. */
  async events(name: string, namespace = "default"): Promise<string[]> {
    interface Event extends KubeObject {
      type: string;
      reason: string;
      message: string;
      count?: number;
      involvedObject: { name: string };
    }
    const events = await this.list<Event>("events", { namespace });
    return events
      .filter((event) => event.involvedObject.name === name)
      .sort(byCreation)
      .map(
        (event) =>
          `${event.type} ${event.reason} ${event.message}${(event.count ?? 1) > 1 ? ` (x${event.count})` : ""}`,
      );
  }
}

/** resourceVersions move when an event is counted, so the time comes first. */
function byCreation(a: KubeObject, b: KubeObject): number {
  const time = Date.parse(a.metadata.creationTimestamp!) - Date.parse(b.metadata.creationTimestamp!);
  return time || Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion);
}

/** `kubectl create deployment web --image=nginx --port=80`. `more` goes into the spec. */
export const web = (replicas = 1, more: Record<string, unknown> = {}) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", labels: { app: "web" } },
  spec: {
    replicas,
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: { containers: [{ name: "nginx", image: "nginx", ports: [{ containerPort: 80 }] }] },
    },
    ...more,
  },
});
