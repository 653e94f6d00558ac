import type { Indexer } from "../api/indexes.ts";
import { compareStrings } from "../api/json.ts";
import type { KubeObject } from "../api/object.ts";
import { lowerBound } from "./keys.ts";

/** The keys of the objects that an indexer finds under each value. */
interface Index {
  indexer: Indexer;
  keys: Map<string, Set<string>>;
}

/** One resource once it was listed: its keys in order, the objects, or the offsets of those not yet parsed, and the indexes of them. */
export class Table {
  readonly keys: string[] = [];
  private readonly values = new Map<string, KubeObject | number>();
  private readonly indexes = new Map<string, Index>();

  valueOf(key: string): KubeObject | number {
    return this.values.get(key)!;
  }

  /** Adds a key that sorts after all others. */
  append(key: string, value: KubeObject | number): void {
    this.keys.push(key);
    this.values.set(key, value);
  }

  /** Adds what is not there yet, before there is an index. */
  insert(key: string, object: KubeObject): void {
    if (this.values.has(key)) return;
    this.keys.splice(lowerBound(this.keys, key), 0, key);
    this.values.set(key, object);
  }

  /** Keeps an object that was parsed of its line. */
  keep(key: string, object: KubeObject): void {
    this.values.set(key, object);
  }

  /** Where the keys under a prefix begin and end. */
  range(prefix: string): [from: number, to: number] {
    // No key under the prefix sorts after the second one.
    return [lowerBound(this.keys, prefix), lowerBound(this.keys, `${prefix}\u{10ffff}`)];
  }

  /** Puts `after` in the place of `before`; undefined: there is, or was, none. */
  replace(key: string, before: KubeObject | undefined, after: KubeObject | undefined): void {
    if (after) {
      if (!this.values.has(key)) this.keys.splice(lowerBound(this.keys, key), 0, key);
      this.values.set(key, after);
    } else if (this.values.delete(key)) this.keys.splice(lowerBound(this.keys, key), 1);
    for (const { indexer, keys } of this.indexes.values()) {
      for (const value of before ? indexer.values(before) : []) keys.get(value)?.delete(key);
      for (const value of after ? indexer.values(after) : []) addTo(keys, value, key);
    }
  }

  /** The keys of the objects that the indexer finds under `value`, in order; the first question builds the index. */
  keysBy(indexer: Indexer, value: string, read: (key: string) => KubeObject): string[] {
    let index = this.indexes.get(indexer.name);
    if (!index) {
      index = { indexer, keys: new Map() };
      for (const key of this.keys) for (const each of indexer.values(read(key))) addTo(index.keys, each, key);
      this.indexes.set(indexer.name, index);
    }
    const keys = index.keys.get(value);
    return keys ? [...keys].sort(compareStrings) : [];
  }
}

function addTo(keys: Index["keys"], value: string, key: string): void {
  const known = keys.get(value);
  if (known) known.add(key);
  else keys.set(value, new Set([key]));
}
