import { quoteJson } from "../../encoding/json-emit.ts";
import { getKey, isObject, type Json, setKey, sortedKeys } from "../../json.ts";
import { unifiedDiff } from "../../meta/unified-diff.ts";
import type { PodSpec, PodTemplateSpec } from "../../types/core.ts";
import { LAYOUT } from "./spec-layout.ts";

/**
 * What the server shows of a change that a pod does not allow: a diff of its internal specification as JSON, with the names and the
 * order of the Go structures. Models k8s.io/apimachinery pkg/util/diff.
 */
export function describePodSpecChange(before: PodSpec, after: PodSpec): string {
  return unifiedDiff(dump(before), dump(after));
}

/** The same of another structure of the layout: `PersistentVolumeClaimSpec`. */
export function describeSpecChange(before: object, after: object, type: string): string {
  return unifiedDiff(dump(before, type), dump(after, type));
}

function dump(spec: object, type = "PodSpec"): string {
  const root = spec as unknown as Json;
  return print(convert(root, type, root), "");
}

/** A template as Go prints the internal one in `Invalid value: …`. */
export function internalTemplate({ metadata = {}, spec }: PodTemplateSpec): Json {
  const root = (spec ?? {}) as Json;
  const out: Record<string, Json> = {};
  for (const name of ["name", "generateName", "namespace", "labels", "annotations"] as const)
    if (metadata[name] !== undefined && Object.keys(metadata[name]).length > 0) out[name] = json(plain(metadata[name]));
  return { ...out, Spec: internalPodSpec(root as unknown as PodSpec) };
}

/** A pod's specification as Go prints the internal one in `Invalid value: …`. */
export function internalPodSpec(spec: PodSpec): Json {
  const root = spec as unknown as Json;
  return json(convert(root, "PodSpec", root));
}

/** The same of another structure of the layout: `SecurityContext`. */
export function internalStructure(value: object, type: string): Json {
  return json(convert(value, type, value as Json));
}

function json(value: Shown): Json {
  if (Array.isArray(value)) return value.map(json);
  if (typeof value !== "object" || value === null) return value;
  const out = {};
  for (const [name, item] of (value as { fields: Field[] }).fields) setKey(out, name, json(item));
  return out;
}

type Field = [name: string, value: Shown];
type Shown = Json | { fields: Field[] } | Shown[];

/** The value as the internal type has it: zero values and null where the document has nothing. */
function convert(value: unknown, type: string, root: Json): Shown {
  if (type.startsWith("?")) return value === undefined || value === null ? null : convert(value, type.slice(1), root);
  if (type.startsWith("["))
    return Array.isArray(value) ? value.map((item) => convert(item, type.slice(1), root)) : null;
  if (type.startsWith("{")) {
    if (!isObject(value)) return null;
    return { fields: sortedKeys(value).map((key): Field => [key, convert(getKey(value, key), type.slice(1), root)]) };
  }
  if (type === "s") return typeof value === "string" ? value : "";
  if (type === "n") return typeof value === "number" ? value : 0;
  if (type === "b") return value === true;
  if (type === "v") return value === undefined ? "0" : plain(value as Json);
  const fields = (LAYOUT[type] ?? "").split(" ").filter((text) => text !== "");
  return {
    fields: fields.map((text): Field => {
      const colon = text.indexOf(":");
      const [name = "", json = name.charAt(0).toLowerCase() + name.slice(1)] = text.slice(0, colon).split("=");
      const from = json.startsWith("^") ? root : value;
      const key = json.replace("^", "");
      return [name, convert(isObject(from) ? getKey(from, key) : undefined, text.slice(colon + 1), root)];
    }),
  };
}

// Types of the API machinery are printed as in documents.
function plain(value: Json | undefined): Shown {
  if (Array.isArray(value)) return value.map(plain);
  if (isObject(value)) return { fields: documentKeys(value).map((key): Field => [key, plain(value[key])]) };
  return value ?? null;
}

/** The fields of nearly all of them are in the order of their names; not those of a label selector. */
function documentKeys(value: object): string[] {
  const keys = sortedKeys(value);
  return keys.includes("matchLabels") ? ["matchLabels", ...keys.filter((key) => key !== "matchLabels")] : keys;
}

/** encoding/json's MarshalIndent with one blank a level. */
function print(value: Shown, indent: string): string {
  const deeper = `${indent} `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => deeper + print(item, deeper)).join(",\n")}\n${indent}]`;
  }
  if (typeof value === "object" && value !== null) {
    const { fields } = value as { fields: Field[] };
    if (fields.length === 0) return "{}";
    const lines = fields.map(([name, item]) => `${deeper}${quoteJson(name)}: ${print(item, deeper)}`);
    return `{\n${lines.join(",\n")}\n${indent}}`;
  }
  return typeof value === "string" ? quoteJson(value) : String(value);
}
