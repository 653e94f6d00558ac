import { compareStrings } from "../api/json.ts";

/** `/services/default/web`, `/nodes/node-1`: where an object stands in the file. Names hold no slash. */
export function objectKey(resource: string, namespace: string, name: string): string {
  return namespace === "" ? `/${resource}/${name}` : `/${resource}/${namespace}/${name}`;
}

/** The namespace in an object's key; "" for none. */
export function namespaceOf(key: string): string {
  const [, , namespace = "", name] = key.split("/");
  return name === undefined ? "" : namespace;
}

/** The keys of one resource, of one namespace of it where one is given, begin so. */
export function keyPrefix(resource: string, namespace?: string): string {
  return namespace ? `/${resource}/${namespace}/` : `/${resource}/`;
}

/** The first index in a sorted list at which `key` could be inserted. */
export function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareStrings(keys[middle]!, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
