import { clone, type JsonObject } from "../../src/api/json.ts";
import type { KubeList, KubeObject } from "../../src/api/object.ts";
import { kindByResource } from "../../src/api/registry.ts";
import { alreadyExists, notFound } from "../../src/api/status.ts";
import type { ApiClient, ListOptions, Table } from "../../src/apiserver/client.ts";

/** An API client over objects in memory, for tests of commands: no defaults, no validation; tables have name and namespace. */
export class FakeClient implements ApiClient {
  readonly objects = new Map<string, KubeObject>();
  /** Every call, `verb resource namespace/name`. */
  readonly calls: string[] = [];
  readonly written: { resource: string; body: JsonObject; options: unknown }[] = [];
  warnings: string[] = [];

  constructor(objects: Record<string, KubeObject[]> = {}) {
    for (const [resource, list] of Object.entries(objects)) for (const object of list) this.put(resource, object);
  }

  put(resource: string, object: KubeObject): void {
    this.objects.set(key(resource, object.metadata.namespace ?? "", object.metadata.name ?? ""), object);
  }

  async get(resource: string, namespace: string, name: string): Promise<KubeObject> {
    this.calls.push(`get ${resource} ${namespace}/${name}`);
    const object = this.objects.get(key(resource, namespace, name));
    const info = kindByResource(resource)!;
    if (!object) throw notFound({ group: info.group, resource: info.resource }, name);
    return object;
  }

  async list(resource: string, options: ListOptions = {}): Promise<KubeList> {
    this.calls.push(`list ${resource} ${options.namespace ?? ""}`);
    const info = kindByResource(resource)!;
    const items = [...this.objects]
      .filter(([id]) => id.startsWith(`${resource} ${options.namespace ? `${options.namespace}/` : ""}`))
      .map(([, object]) => object)
      .filter((object) => matches(object, options.labelSelector));
    return {
      apiVersion: info.group ? `${info.group}/${info.version}` : info.version,
      kind: `${info.kind}List`,
      metadata: { resourceVersion: "100" },
      items,
    };
  }

  async getTable(resource: string, namespace: string, name: string): Promise<Table> {
    return table([await this.get(resource, namespace, name)]);
  }

  async listTable(resource: string, options?: ListOptions): Promise<Table> {
    return table((await this.list(resource, options)).items);
  }

  async create(resource: string, namespace: string, body: JsonObject, options: unknown): Promise<KubeObject> {
    const object = clone(body) as unknown as KubeObject;
    const name = object.metadata.name ?? "";
    this.calls.push(`create ${resource} ${namespace}/${name}`);
    this.written.push({ resource, body, options });
    const info = kindByResource(resource)!;
    if (this.objects.has(key(resource, namespace, name))) {
      throw alreadyExists({ group: info.group, resource: info.resource }, name);
    }
    if (namespace !== "") object.metadata.namespace = namespace;
    this.put(resource, object);
    return object;
  }

  update = unused("update");
  patch = unused("patch");
  delete = unused("delete");
  deleteCollection = unused("deleteCollection");
  raw = unused("raw") as ApiClient["raw"];
  watch = unused("watch") as unknown as ApiClient["watch"];
  watchTable = unused("watchTable") as unknown as ApiClient["watchTable"];

  takeWarnings(): string[] {
    return this.warnings.splice(0);
  }
}

function unused(verb: string): () => Promise<never> {
  return async () => {
    throw new Error(`the fake client does not ${verb}`);
  };
}

function key(resource: string, namespace: string, name: string): string {
  return `${resource} ${namespace}/${name}`;
}

function matches(object: KubeObject, selector = ""): boolean {
  if (selector === "") return true;
  const [label = "", value] = selector.split("=");
  return object.metadata.labels?.[label] === value;
}

function table(objects: KubeObject[]): Table {
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata: { resourceVersion: "100" },
    columnDefinitions: [
      { name: "Name", type: "string", format: "name", priority: 0 },
      { name: "Kind", type: "string", priority: 1 },
    ],
    rows: objects.map((object) => ({ cells: [object.metadata.name ?? "", object.kind], object })),
  };
}

/** A Service of the namespace `default`. */
export function service(name: string, labels: Record<string, string> = {}, namespace = "default"): KubeObject {
  return { apiVersion: "v1", kind: "Service", metadata: { name, namespace, labels } };
}

export function deployment(name: string, namespace = "default"): KubeObject {
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name, namespace, labels: { app: name } } };
}
