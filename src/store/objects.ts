import type { IndexedSnapshot, Indexer } from "../api/indexes.ts";
import { compareStrings } from "../api/json.ts";
import type { KubeObject } from "../api/object.ts";
import { RECORDS } from "../api/records.ts";
import type { ClusterInfo, ResourceKey } from "../api/snapshot.ts";
import type { Document } from "./document.ts";
import { keyPrefix, objectKey } from "./keys.ts";
import { type Places, StoredRows, Unread } from "./places.ts";
import { Table } from "./table.ts";

/** How often a resource is searched as text before an index of it is built. */
const SEARCHES_BEFORE_INDEX = 4;

/**
 * The objects of a cluster: those of a document, read when they are asked for, and what was written since. Writes can be taken back to
 * a mark, for requests that fail and for dry runs.
 */
export class Objects implements IndexedSnapshot {
  readonly cluster: ClusterInfo;
  now: number;
  version: number;
  /** What differs from the document. */
  readonly changes = new Map<string, KubeObject | null>();
  private readonly document: Document;
  /** Objects that stand in no line because nobody has changed them, by key. */
  private readonly supplied = new Map<string, KubeObject>();
  private readonly suppliedResources = new Set<ResourceKey>();
  private readonly parsed = new Map<string, KubeObject | undefined>();
  private readonly tables = new Map<ResourceKey, Table>();
  private readonly searches = new Map<string, number>();
  /** The resources that have objects, in order. */
  private known: ResourceKey[] | undefined;
  private readonly undo: {
    key: string;
    resource: ResourceKey;
    previous: KubeObject | undefined;
    change: KubeObject | null | undefined;
  }[] = [];

  constructor(document: Document, cluster: ClusterInfo, now: number, version = 0) {
    this.document = document;
    this.cluster = cluster;
    this.now = now;
    this.version = version;
  }

  get<T extends KubeObject = KubeObject>(resource: ResourceKey, namespace: string, name: string): T | undefined {
    return this.byKey(objectKey(resource, namespace, name)) as T | undefined;
  }

  private byKey(key: string): KubeObject | undefined {
    const change = this.changes.get(key);
    if (change !== undefined) return change ?? undefined;
    if (this.parsed.has(key)) return this.parsed.get(key);
    const at = this.document.find(key);
    const object = at === undefined ? this.supplied.get(key) : this.document.parseAt(at);
    this.parsed.set(key, object);
    return object;
  }

  isSupplied(resource: ResourceKey): boolean {
    return this.suppliedResources.has(resource);
  }

  /** Adds objects that every cluster has and whose lines are not written: those that were removed stay away. */
  supply(resource: ResourceKey, objects: readonly KubeObject[]): void {
    this.suppliedResources.add(resource);
    this.tables.delete(resource);
    for (const object of objects) {
      const { namespace = "", name = "" } = object.metadata;
      const key = objectKey(resource, namespace, name);
      if (this.get(RECORDS.removed, resource, removedName(namespace, name))) continue;
      if (!this.parsed.get(key)) this.parsed.delete(key);
      this.supplied.set(key, object);
    }
  }

  list<T extends KubeObject = KubeObject>(resource: ResourceKey, namespace?: string): T[] {
    const table = this.table(resource);
    const keys = namespace ? table.keys.slice(...table.range(keyPrefix(resource, namespace))) : table.keys;
    return keys.map((key) => this.inTable(table, key)) as T[];
  }

  private isUntouched(resource: ResourceKey): boolean {
    return !this.isSupplied(resource) && !this.tables.has(resource) && !this.hasChanges(keyPrefix(resource));
  }

  /** What is stored of the objects of a list for tables; undefined where that does not say all. */
  rows(resource: ResourceKey, namespace?: string): StoredRows | undefined {
    const rows = this.isUntouched(resource) ? this.document.rows(keyPrefix(resource, namespace)) : undefined;
    if (!rows) return undefined;
    return new StoredRows(rows, {
      brief: (key) => this.document.parseBriefly(this.document.find(key)!),
      whole: (key) => this.byKey(key)!,
    });
  }

  /** The places of a list, to be looked at one by one; nothing is parsed before. */
  places(resource: ResourceKey, namespace?: string): Places {
    if (this.isUntouched(resource)) {
      const values = this.document.places(keyPrefix(resource, namespace));
      return { count: values.length, at: (index) => new Unread(this.document, values[index]!, this.parsed) };
    }
    const table = this.table(resource);
    const [from, to] = namespace ? table.range(keyPrefix(resource, namespace)) : [0, table.keys.length];
    return {
      count: to - from,
      at: (index) => {
        const value = table.valueOf(table.keys[from + index]!);
        return typeof value === "number"
          ? new Unread(this.document, value, this.parsed)
          : { object: value, whole: () => value };
      },
    };
  }

  private hasChanges(prefix: string): boolean {
    for (const key of this.changes.keys()) if (key.startsWith(prefix)) return true;
    return false;
  }

  listBy<T extends KubeObject = KubeObject>(resource: ResourceKey, indexer: Indexer, value: string): T[] {
    const table = this.tables.get(resource);
    const counter = `${resource} ${indexer.name}`;
    const searched = this.searches.get(counter) ?? 0;
    if (!table && searched < SEARCHES_BEFORE_INDEX) {
      this.searches.set(counter, searched + 1);
      return this.search(resource, indexer, value) as T[];
    }
    const listed = table ?? this.table(resource);
    const keys = listed.keysBy(indexer, value, (key) => this.inTable(listed, key));
    return keys.map((key) => this.byKey(key)!) as T[];
  }

  /** Looks for the needle in the text of the lines, and parses only those that have it. */
  private search(resource: ResourceKey, indexer: Indexer, value: string): KubeObject[] {
    const prefix = keyPrefix(resource);
    const keys = new Set(this.document.linesWith(prefix, indexer.needle(value)));
    for (const [key, change] of this.changes) if (change && key.startsWith(prefix)) keys.add(key);
    for (const key of this.supplied.keys()) if (key.startsWith(prefix)) keys.add(key);
    return [...keys]
      .sort(compareStrings)
      .flatMap((key) => this.byKey(key) ?? [])
      .filter((object) => indexer.values(object).includes(value));
  }

  resources(): readonly ResourceKey[] {
    this.known ??= this.document.resources().sort(compareStrings);
    return this.known;
  }

  put(resource: ResourceKey, object: KubeObject): void {
    this.write(resource, object.metadata.namespace ?? "", object.metadata.name ?? "", object);
  }

  remove(resource: ResourceKey, namespace: string, name: string): void {
    this.write(resource, namespace, name, null);
  }

  private write(resource: ResourceKey, namespace: string, name: string, object: KubeObject | null): void {
    const key = objectKey(resource, namespace, name);
    if (object && !this.resources().includes(resource))
      this.known = [...this.resources(), resource].sort(compareStrings);
    if (!object && this.supplied.has(key)) this.noteRemoval(resource, namespace, name);
    const previous = this.byKey(key);
    this.undo.push({ key, resource, previous, change: this.changes.get(key) });
    this.changes.set(key, object);
    this.tables.get(resource)?.replace(key, previous, object ?? undefined);
  }

  private noteRemoval(resource: ResourceKey, namespace: string, name: string): void {
    const metadata = { namespace: resource, name: removedName(namespace, name) };
    this.put(RECORDS.removed, { apiVersion: "kubemu.dev/v1", kind: "Removal", metadata });
  }

  /** A mark for `rollback`. */
  mark(): number {
    return this.undo.length;
  }

  /** Takes back every write since the mark. */
  rollback(mark: number): void {
    while (this.undo.length > mark) {
      const { key, resource, previous, change } = this.undo.pop()!;
      const current = this.byKey(key);
      if (change === undefined) this.changes.delete(key);
      else this.changes.set(key, change);
      this.tables.get(resource)?.replace(key, current, previous);
    }
  }

  private table(resource: ResourceKey): Table {
    const known = this.tables.get(resource);
    if (known) return known;
    const prefix = keyPrefix(resource);
    const table = new Table();
    for (const { key, value } of this.document.lines(prefix)) {
      if (this.changes.get(key) === null) continue;
      table.append(key, this.changes.get(key) ?? this.parsed.get(key) ?? value);
    }
    for (const [key, change] of this.changes) if (change && key.startsWith(prefix)) table.insert(key, change);
    for (const [key, object] of this.supplied)
      if (key.startsWith(prefix) && !this.changes.has(key)) table.insert(key, object);
    this.tables.set(resource, table);
    return table;
  }

  private inTable(table: Table, key: string): KubeObject {
    const value = table.valueOf(key);
    if (typeof value !== "number") return value;
    const object = this.parsed.get(key) ?? this.document.parseAt(value);
    this.parsed.set(key, object);
    table.keep(key, object);
    return object;
  }
}

function removedName(namespace: string, name: string): string {
  return namespace === "" ? name : `${namespace}:${name}`;
}
