import { posix } from "node:path";
import { goQuote } from "../api/encoding/go-quote.ts";
import { encodeBase64, strictText } from "../api/encoding/text.ts";
import { compareStrings } from "../api/json.ts";
import { NOTES, setMetadataEntry, textMap } from "./annotations.ts";
import type { Loader } from "./loader.ts";
import { KustomizeError, within } from "./problem.ts";
import { Resource } from "./resource.ts";
import type { GeneratorArgs, GeneratorOptions } from "./types.ts";
import { getOrCreate, setField } from "./yaml/fields.ts";
import { makeNode, type Node, scalar, text } from "./yaml/node.ts";

/** The ConfigMap or Secret that a generator makes. Throws KustomizeError. Models api/internal/generators and resource.Factory. */
export function generate(kind: "ConfigMap" | "Secret", args: GeneratorArgs, loader: Loader): Resource {
  const node = makeNode("map", "!!map");
  node.content = [scalar("apiVersion"), text("v1"), scalar("kind"), text(kind)];
  if (!args.name) throw new KustomizeError("a configmap must have a name");
  const metadata = getOrCreate(node, "metadata", "map");
  setField(metadata, "name", text(args.name));
  if (args.namespace) setField(metadata, "namespace", text(args.namespace));
  if (kind === "Secret") setField(node, "type", text(args.type || "Opaque"));
  const data = readData(args, loader);
  // A Secret has `data` even if there is nothing in it.
  if (kind === "Secret") getOrCreate(node, "data", "map");
  for (const key of [...data.keys()].sort(compareStrings)) addEntry(node, kind, key, data.get(key)!);
  addOptions(node, args.options);
  return marked(node, args);
}

function addEntry(node: Node, kind: string, key: string, value: Uint8Array): void {
  const valid = kind === "ConfigMap" ? strictText(value) : undefined;
  const field = kind === "Secret" || valid !== undefined ? "data" : "binaryData";
  setField(getOrCreate(node, field, "map"), key, text(valid ?? lines(encodeBase64(value))));
}

/** Long base64 is broken into lines of 70. Models encodeBase64 of kyaml yaml/datamap.go. */
function lines(base64: string): string {
  if (base64.length < 70) return base64;
  return base64.replace(/.{1,70}/g, "$&\n");
}

function addOptions(node: Node, options: GeneratorOptions | undefined): void {
  if (options === undefined) return;
  for (const name of ["labels", "annotations"] as const) {
    const map = textMap(options[name]);
    for (const key of [...map.keys()].sort(compareStrings)) setMetadataEntry(node, name, key, map.get(key)!);
  }
  if (options.immutable) setField(node, "immutable", makeNode("scalar", "!!bool", "true"));
}

function marked(node: Node, { options, behavior = "" }: GeneratorArgs): Resource {
  const resource = new Resource(node);
  if (!options?.disableNameSuffixHash) resource.enable(NOTES.needsHash);
  resource.behavior = ["replace", "merge", "create"].includes(behavior)
    ? (behavior as "replace" | "merge" | "create")
    : "unspecified";
  return resource;
}

/** What the options of all generators add to those of one. Models MergeGlobalOptionsIntoLocal. */
export function mergeOptions(
  own: GeneratorOptions | undefined,
  all: GeneratorOptions | undefined,
): GeneratorOptions | undefined {
  if (all === undefined) return own;
  const merged: GeneratorOptions = { ...own };
  for (const name of ["labels", "annotations"] as const)
    if (own?.[name] !== undefined || all[name] !== undefined)
      merged[name] = Object.fromEntries([...textMap(all[name]), ...textMap(own?.[name])]);
  if (all.disableNameSuffixHash) merged.disableNameSuffixHash = true;
  if (all.immutable) merged.immutable = true;
  return merged;
}

type Entry = [key: string, value: Uint8Array];

/** Models kv.Load and makeValidatedDataMap. */
function readData(
  { name, envs = [], literals = [], files = [] }: GeneratorArgs,
  loader: Loader,
): Map<string, Uint8Array> {
  const entries = within("loading KV pairs", () => [
    ...within(`env source files: ${goTexts(envs)}`, () => envs.flatMap((path) => envEntries(loader.load(path)))),
    ...within(`literal sources ${goTexts(literals)}`, () => literals.map(literalEntry)),
    ...within(`file sources: ${goTexts(files)}`, () => files.map((source) => fileEntry(source, loader))),
  ]);
  const data = new Map<string, Uint8Array>();
  for (const [key, value] of entries) {
    if (data.has(key)) throw new KustomizeError(`configmap ${name} illegally repeats the key \`${key}\``);
    data.set(key, value);
  }
  return data;
}

/** Texts as Go's `%v` prints a list of them. */
export function goTexts(texts: readonly string[]): string {
  return `[${texts.join(" ")}]`;
}

/** What Go's unicode.IsSpace holds for a blank, at the start of a line. */
const BLANKS = /^[\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
/** Go's scanner gives up at a longer line, silently. */
const LONGEST_LINE = 65_536;

function envEntries(content: Buffer): Entry[] {
  const entries: Entry[] = [];
  let number = 0;
  for (let at = 0; at < content.length; number++) {
    const end = content.indexOf(10, at);
    const stop = end < 0 ? content.length : end;
    if (stop - at >= LONGEST_LINE) break;
    const line = content.subarray(at, stop > at && content[stop - 1] === 13 ? stop - 1 : stop);
    at = stop + 1;
    const read = strictText(line);
    if (read === undefined)
      throw new KustomizeError(`line ${goBytes(line)} has invalid utf8 bytes : ${line.toString("latin1")}`);
    const pair = (number === 0 ? read.replace(/^\ufeff/, "") : read).replace(BLANKS, "");
    if (pair === "" || pair.startsWith("#")) continue;
    const equals = pair.indexOf("=");
    const key = equals < 0 ? pair : pair.slice(0, equals);
    if (key !== "") entries.push([key, Buffer.from(equals < 0 ? "" : pair.slice(equals + 1))]);
  }
  return entries;
}

function goBytes(bytes: Uint8Array): string {
  return `[${[...bytes].join(" ")}]`;
}

function literalEntry(source: string): Entry {
  const equals = source.indexOf("=");
  if (equals <= 0) throw new KustomizeError(`invalid literal source ${source}, expected key=value`);
  const value = source.slice(equals + 1);
  const quoted = value.length >= 2 && value[0] === value.at(-1) && /["']/.test(value[0]!);
  return [source.slice(0, equals), Buffer.from(quoted ? value.slice(1, -1) : value)];
}

function fileEntry(source: string, loader: Loader): Entry {
  const [key, path] = parseFileSource(source);
  return [key, loader.load(path)];
}

function parseFileSource(source: string): [key: string, path: string] {
  const parts = source.split("=");
  const [key = "", path = ""] = parts;
  if (parts.length === 1) return [posix.basename(source), source];
  if (parts.length > 2) throw new KustomizeError(`source ${goQuote(source)} key name or file path contains '='`);
  if (key === "")
    throw new KustomizeError(`missing key name for file path ${goQuote(path)} in source ${goQuote(source)}`);
  if (path === "")
    throw new KustomizeError(`missing file path for key name ${goQuote(key)} in source ${goQuote(source)}`);
  return [key, path];
}
