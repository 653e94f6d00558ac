import type { IndexedSnapshot } from "../api/indexes.ts";
import { keyedUuid } from "../api/keyed-random.ts";
import type { Kubeconfig } from "../api/kubeconfig.ts";
import type { KubeObject } from "../api/object.ts";
import type { NewClusterOptions } from "../api/profiles/profile.ts";
import { RECORDS } from "../api/records.ts";
import { parseSetting, SETTINGS } from "../api/settings.ts";
import type { Snapshot } from "../api/snapshot.ts";
import { ApiError, badRequest, unusable } from "../api/status.ts";
import type { ObjectChange } from "../api/writes.ts";
import type { Effect } from "../network/effects.ts";
import type { Document } from "../store/document.ts";
import type { Admin } from "./admin.ts";

/** What the simulator's own requests need of the cluster: structurally `Cluster` of the API server, which this layer does not know. */
export interface ClusterAccess {
  /** `about`: the one thing that is looked at. */
  read<T>(request: (world: AdminWorld) => T | Promise<T>, about?: string): Promise<T>;
  write<T>(request: (world: AdminWorld) => T | Promise<T>): Promise<T>;
  replace(options: NewClusterOptions): Promise<void>;
  restore(document: Document): Promise<void>;
}
export interface AdminWorld {
  objects: IndexedSnapshot & {
    put(resource: string, object: KubeObject): void;
    remove(resource: string, namespace: string, name: string): void;
  };
  /** What the controllers are to look at. */
  pending: ObjectChange[];
  header: { settings: Record<string, string>; kubeconfig: unknown; seed: string };
}

/** `Admin` over a cluster in this process. */
export class LocalAdmin implements Admin {
  private readonly cluster: ClusterAccess;

  readonly stateFile: string;

  constructor(cluster: ClusterAccess, stateFile: string) {
    this.cluster = cluster;
    this.stateFile = stateFile;
  }

  snapshot(): Promise<Snapshot> {
    return this.cluster.read((world) => world.objects);
  }

  reset(options: NewClusterOptions): Promise<void> {
    return this.cluster.replace(options);
  }

  settings(): Promise<Readonly<Record<string, string>>> {
    return this.cluster.read(
      ({ header }) => Object.fromEntries(SETTINGS.map(({ name, value }) => [name, header.settings[name] ?? value])),
      "settings",
    );
  }

  async setSetting(name: string, value: string): Promise<void> {
    if (!SETTINGS.some((setting) => setting.name === name))
      throw badRequest(
        `unknown setting "${name}", must be one of: ${SETTINGS.map((setting) => setting.name).join(", ")}`,
      );
    if (parseSetting(value) === undefined)
      throw badRequest(`invalid value "${value}" for setting ${name}: a duration as 5s or 1m30s, not negative`);
    await this.cluster.write(({ header }) => {
      header.settings[name] = value;
    });
  }

  async putRecord(resource: string, record: KubeObject): Promise<void> {
    await this.cluster.write(({ objects, header }) => {
      const uid = keyedUuid(header.seed, resource, record.metadata.name ?? "");
      objects.put(resource, { ...record, metadata: { uid, ...record.metadata } });
    });
  }

  removeRecord(resource: string, name: string): Promise<boolean> {
    return this.cluster.write(({ objects }) => {
      const known = objects.get(resource, "", name) !== undefined;
      if (known) objects.remove(resource, "", name);
      return known;
    });
  }

  async restore(bytes: Buffer, path: string): Promise<void> {
    await this.cluster.restore(await savedDocument(bytes, path));
  }

  async diffWith(name: string, bytes: Buffer, path: string): Promise<string> {
    const { Objects } = await import("../store/objects.ts");
    const { snapshotDiff } = await import("./snapshots/diff.ts");
    const document = await savedDocument(bytes, path);
    const before = new Objects(document, document.header, document.header.time);
    return await this.cluster.read(({ objects }) => snapshotDiff(name, before, objects));
  }

  kubeconfig(): Promise<Kubeconfig> {
    return this.cluster.read(({ header }) => header.kubeconfig as Kubeconfig, "kubeconfig");
  }

  async setKubeconfig(config: Kubeconfig): Promise<void> {
    await this.cluster.write(({ header }) => {
      header.kubeconfig = config;
    });
  }

  async recordEffects(effects: readonly Effect[]): Promise<void> {
    if (effects.length === 0) return;
    const { recordEffects } = await import("../network/record-effects.ts");
    await this.cluster.write(({ objects, header, pending }) => {
      for (const { resource, object } of recordEffects(objects, effects)) {
        object.metadata.uid ??= keyedUuid(
          header.seed,
          resource,
          object.metadata.namespace ?? "",
          object.metadata.name!,
        );
        objects.put(resource, object);
        // The kubelet acts on how a process has ended; nobody acts on what else is recorded.
        if (resource === RECORDS.runtime) pending.push({ resource, after: object });
      }
    });
  }
}

/** A saved cluster, whole. The store's own words are about the cluster's file, which is sound: they would lead to its loss. */
async function savedDocument(bytes: Buffer, path: string): Promise<Document> {
  const { bytesOf } = await import("../store/bytes.ts");
  const { Document } = await import("../store/document.ts");
  try {
    const document = Document.parse(bytesOf(bytes), path);
    document.check();
    return document;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw unusable(`the snapshot ${path} is damaged, or was saved by a newer kubemu; the cluster is left as it is`);
  }
}
