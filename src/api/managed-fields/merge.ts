import { clone, getKey, isObject, type Json, type JsonObject, setKey } from "../json.ts";
import { type IndexedItem, indexed } from "./list-items.ts";
import { fitting, type ListType, type MapType, type MergeType } from "./merge-type.ts";

type Side = Json | undefined;

/**
 * Lays an applied configuration over a live value: where both have a leaf, the configuration's stays; nothing is removed; lists have the order of the
 * configuration with the live items between. Models structured-merge-diff typed/merge.go. Throws ItemError.
 */
export function merge(live: Side, config: Side, type: MergeType): Side {
  const shape = config === undefined ? fitting(type, live) : fitting(type, config);
  if (shape.map) return mergeMap(live, config, shape.map);
  if (shape.scalar === undefined && shape.list) return mergeList(live, config, shape.list);
  return keep(live, config);
}

function keep(live: Side, config: Side): Side {
  return clone(config === undefined ? live : config);
}

function mergeMap(live: Side, config: Side, type: MapType): Side {
  const left = isObject(live) ? live : {};
  const right = isObject(config) ? config : {};
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  if (type.atomic || keys.size === 0) return keep(live, config);
  const out: JsonObject = {};
  for (const key of keys) {
    const value = merge(getKey(left, key) as Side, getKey(right, key) as Side, type.member(key) ?? {});
    if (value !== undefined) setKey(out, key, value);
  }
  return Object.keys(out).length ? out : undefined;
}

function mergeList(live: Side, config: Side, type: ListType): Side {
  const left = Array.isArray(live) ? live : [];
  const right = Array.isArray(config) ? config : [];
  if (type.atomic || (!left.length && !right.length)) return keep(live, config);
  const lefts = indexed(type, left);
  const rights = indexed(type, right);
  const liveById = byId(lefts);
  const configById = byId(rights);
  const shared = rights.filter(({ id }) => liveById.has(id)).map(({ id }) => id);
  let nextShared = shared.shift();
  const merged = new Set<string>();
  const out: Json[] = [];
  const push = (l: Side, r: Side) => {
    const value = merge(l, r, type.item());
    if (value !== undefined) out.push(value);
  };

  for (let i = 0, j = 0; i < lefts.length || j < rights.length; ) {
    const l = lefts[i];
    const r = rights[j];
    if (l !== undefined && r !== undefined) {
      if (l.id === r.id) {
        merged.add(l.id);
        push(liveById.get(l.id), configById.get(l.id));
        i++;
        j++;
        nextShared = shared.shift();
        continue;
      }
      // In both, but its turn comes later.
      if (configById.has(l.id) && nextShared !== undefined && nextShared !== l.id) {
        i++;
        continue;
      }
    }
    if (l !== undefined) {
      if (!configById.has(l.id)) {
        push(l.item, undefined);
        i++;
        continue;
      }
      if (merged.has(l.id)) i++;
    }
    if (r !== undefined) {
      merged.add(r.id);
      push(liveById.get(r.id), configById.get(r.id));
      j++;
      if (nextShared === r.id) nextShared = shared.shift();
    }
  }
  return out.length ? out : undefined;
}

/** Items that occur more than once are not merged: null stands for them. */
function byId(items: IndexedItem[]): Map<string, Json> {
  const out = new Map<string, Json>();
  for (const { id, item } of items) out.set(id, out.has(id) ? null : item);
  return out;
}
