import { isObject, type Json, type JsonObject } from "../../api/json.ts";
import type { KubeList, KubeObject } from "../../api/object.ts";
import { jsonShape } from "../../api/patch/go-values.ts";
import { CommandError } from "../command.ts";

/**
 * What a document is to kubectl that has no type of it: an object, or with a member `items` a list. `text` is the document, for the messages. Throws
 * CommandError. Models unstructuredJSONScheme of apimachinery pkg/apis/meta/v1/unstructured/helpers.go.
 */
export function decodeUnstructured(value: Json, text: string): KubeObject | KubeList {
  if (!isObject(value)) throw mismatch(value, "value of type unstructured.detector");
  const decoded = Object.hasOwn(value, "items") ? decodedList(value) : value;
  // A version that cannot be one takes the kind with it.
  const parts = isText(value.apiVersion) ? value.apiVersion.split("/").length : 0;
  if (!isText(value.kind) || parts > 2) throw new CommandError(`Object 'Kind' is missing in '${text}'`);
  return decoded as unknown as KubeObject | KubeList;
}

/** Items that say nothing of their kind have that of the list. Models decodeToList. */
function decodedList(list: JsonObject): JsonObject {
  const { items } = list;
  if (items !== null && !Array.isArray(items)) {
    throw mismatch(items, "struct field decodeList.items of type []json.RawMessage");
  }
  const kind = isText(list.kind) ? list.kind.replace(/List$/, "") : "";
  const apiVersion = isText(list.apiVersion) ? list.apiVersion : "";
  const decoded = (items ?? []).map((item) => {
    if (item !== null && !isObject(item)) throw mismatch(item, "value of type map[string]interface {}");
    const object = item ?? {};
    return isText(object.kind) || isText(object.apiVersion) ? object : { ...object, kind, apiVersion };
  });
  return { ...list, items: decoded };
}

function mismatch(value: Json | undefined, target: string): CommandError {
  return new CommandError(`json: cannot unmarshal ${jsonShape(value)} into Go ${target}`);
}

export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
