import { getKey, isObject, type JsonObject, setKey } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";

const SAME = "***";
const BEFORE = "*** (before)";
const AFTER = "*** (after)";

/** Hides the values of two states of a Secret, and shows which differ. Models the Masker of kubectl pkg/cmd/diff/diff.go. */
export function maskSecrets(
  from: KubeObject | undefined,
  to: KubeObject,
): { from: KubeObject | undefined; to: KubeObject } {
  const before = dataOf(from);
  const after = dataOf(to);
  return { from: from && masked(from, before, after, BEFORE), to: masked(to, after, before, AFTER) };
}

function dataOf(object: KubeObject | undefined): JsonObject | undefined {
  return isObject(object?.data) ? object.data : undefined;
}

function masked(object: KubeObject, own: JsonObject | undefined, other: JsonObject | undefined, changed: string) {
  if (!own) return object;
  const data = {};
  for (const key of Object.keys(own)) {
    const differs = other && Object.hasOwn(other, key) && getKey(other, key) !== getKey(own, key);
    setKey(data, key, differs ? changed : SAME);
  }
  return { ...object, data };
}
