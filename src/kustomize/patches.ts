import { goQuote } from "../api/encoding/go-quote.ts";
import { emitJson } from "../api/encoding/json-emit.ts";
import { isObject, type Json, type JsonObject } from "../api/json.ts";
import { applyJsonPatch } from "../api/patch/json-patch.ts";
import { PatchError } from "../api/patch/patch-error.ts";
import { internalAnnotations, NOTES } from "./annotations.ts";
import { gvkText, idText, NO_GVK } from "./ids.ts";
import { yamlToJson } from "./kustomization.ts";
import type { Loader } from "./loader.ts";
import { KustomizeError, within } from "./problem.ts";
import { readResources } from "./read-resources.ts";
import { patchResource } from "./res-map.ts";
import type { Resource } from "./resource.ts";
import type { SchemaSource } from "./schema/schema.ts";
import type { Transformer } from "./transform.ts";
import type { PatchArgs, SelectorArgs } from "./types.ts";
import { fromJson, toJson } from "./yaml/json.ts";

type Outcome<T> = { value: T } | { error: KustomizeError };

function attempt<T>(step: () => T): Outcome<T> {
  try {
    return { value: step() };
  } catch (error) {
    if (error instanceof KustomizeError) return { error };
    throw error;
  }
}

/** One of `patches`: a strategic merge patch or a list of operations. Throws KustomizeError. Models PatchTransformer. */
export function patchTransformer(args: PatchArgs, loader: Loader, schemas: SchemaSource, config: string): Transformer {
  const { source, text } = patchText(args, loader, config);
  const strategic = attempt(() => readResources(text));
  const operations = attempt(() => readOperations(text));
  if ("value" in strategic && "value" in operations && strategic.value.length > 0 && operations.value.length > 0)
    throw new KustomizeError(`illegally qualifies as both an SM and JSON patch: ${source}`);
  if ("value" in strategic) return strategicTransformer(strategic.value, args, source, schemas);
  if ("value" in operations) return operationTransformer(operations.value, args.target, source);
  throw new KustomizeError(`unable to parse SM or JSON patch from ${source}`);
}

function patchText(args: PatchArgs, loader: Loader, config: string): { source: string; text: string } {
  const inline = (args.patch ?? "").trim();
  const { path = "" } = args;
  if (inline === "" && path === "") throw new KustomizeError(`must specify one of patch and path in\n${config}`);
  if (inline !== "" && path !== "") throw new KustomizeError(`patch and path can't be set at the same time\n${config}`);
  if (inline !== "") return { source: `[patch: ${goQuote(inline)}]`, text: inline };
  const text = within(`failed to get the patch file from path(${path})`, () => loader.loadText(path));
  return { source: `[path: ${goQuote(path)}]`, text };
}

function strategicTransformer(
  patches: readonly Resource[],
  { target, options }: PatchArgs,
  source: string,
  schemas: SchemaSource,
): Transformer {
  for (const patch of patches) {
    if (options?.allowNameChange) patch.enable(NOTES.allowNameChange);
    if (options?.allowKindChange) patch.enable(NOTES.allowKindChange);
  }
  return (map) => {
    if (patches.length === 0) return;
    if (target === undefined) {
      for (const patch of patches) {
        const id = patch.originalId;
        const found = within(`no resource matches strategic merge patch ${goQuote(idText(id))}`, () => map.byId(id));
        patchResource(found, patch, schemas);
      }
      return;
    }
    if (patches.length > 1)
      throw new KustomizeError(
        `Multiple Strategic-Merge Patches in one \`patches\` entry is not allowed to set \`patches.target\` field: ${source}`,
      );
    const selected = within(`unable to find patch target ${goQuote(selectorText(target))} in \`resources\``, () =>
      map.select(target),
    );
    map.applyPatch(selected, patches[0]!, schemas);
  };
}

/** Models Selector.String. */
function selectorText(target: SelectorArgs): string {
  const gvk = { ...NO_GVK, ...target };
  const id = idText({ ...gvk, name: target.name ?? "", namespace: target.namespace ?? "" });
  return `${id.startsWith(gvkText(gvk)) ? id : ""}:a=${target.annotationSelector ?? ""}:l=${target.labelSelector ?? ""}`;
}

function operationTransformer(operations: Json[], target: SelectorArgs | undefined, source: string): Transformer {
  return (map) => {
    if (target === undefined) throw new KustomizeError(`must specify a target for JSON patch ${source}`);
    for (const resource of map.select(target)) {
      resource.storePreviousId();
      applyOperations(resource, operations);
    }
  };
}

/** Models api/filters/patchjson6902; kustomize's own annotations stay. */
function applyOperations(resource: Resource, operations: Json[]): void {
  const notes = internalAnnotations(resource.node);
  const patched = withPatchErrors(() => applyJsonPatch(toJson(resource.node) as JsonObject, operations));
  if (!isObject(patched))
    throw new KustomizeError("json: cannot unmarshal array into Go value of type map[string]interface {}");
  resource.node = fromJson(patched);
  const { annotations } = resource;
  for (const [key, value] of notes) annotations.set(key, value);
  resource.annotations = annotations;
}

function withPatchErrors<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof PatchError) throw new KustomizeError(error.message);
    throw error;
  }
}

/** The operations of a text, JSON or YAML. Throws KustomizeError for what is no list of maps. Models jsonpatch.DecodePatch. */
function readOperations(text: string): Json[] {
  if (text === "") throw new KustomizeError("empty json patch operations");
  const value = text.startsWith("[") ? parseJson(text) : yamlToJson(text);
  if (value === null) return [];
  if (!Array.isArray(value))
    throw new KustomizeError(`json: cannot unmarshal ${shape(value)} into Go value of type jsonpatch.Patch`);
  for (const operation of value)
    if (operation !== null && !isObject(operation))
      throw new KustomizeError(`json: cannot unmarshal ${shape(operation)} into Go value of type jsonpatch.Operation`);
  return value.map((operation) => operation ?? {});
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // What begins with a bracket is nothing but JSON to kustomize.
    throw new KustomizeError("invalid character in patch");
  }
}

function shape(value: Json): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean") return "bool";
  return typeof value;
}

/** One of `patchesJson6902`. Throws KustomizeError. Models PatchJson6902Transformer. */
export function json6902Transformer({ target, path = "", patch = "" }: PatchArgs, loader: Loader): Transformer {
  if (!target?.name) throw new KustomizeError("must specify the target name");
  if (path === "" && patch === "") throw new KustomizeError("empty file path and empty jsonOp");
  if (path !== "" && patch !== "") throw new KustomizeError("must specify a file path or jsonOp, not both");
  const text = path === "" ? patch : loader.loadText(path);
  if (text === "") throw new KustomizeError(`patch file '${path}' empty seems to be empty`);
  const json = text.startsWith("[") ? text : emitJson(yamlToJson(text));
  const operations = within(`decoding ${json}`, () => readOperations(json));
  if (operations.length === 0) throw new KustomizeError(`patch appears to be empty; file=${path}, JsonOp=${json}`);
  return (map) => {
    for (const resource of map.select(target)) applyOperations(resource, operations);
  };
}

/** All of `patchesStrategicMerge`, texts or files. Throws KustomizeError. Models PatchStrategicMergeTransformer. */
export function strategicMergeTransformer(
  { paths = [], patches = "" }: { paths?: readonly string[]; patches?: string },
  loader: Loader,
  schemas: SchemaSource,
): Transformer {
  if (paths.length === 0 && patches === "") throw new KustomizeError("empty file path and empty patch content");
  const loaded = paths.flatMap((path) => {
    const inline = attempt(() => readResources(path));
    return "value" in inline ? inline.value : readResourceFile(path, loader);
  });
  if (patches !== "") loaded.push(...readResources(patches));
  if (loaded.length === 0)
    throw new KustomizeError(`patch appears to be empty; files=[${paths.join(" ")}], Patch=${patches}`);
  return (map) => {
    for (const patch of loaded) map.applyPatch([map.byId(patch.originalId)], patch, schemas);
  };
}

/** The objects of a file; what is no YAML is told with the file's name. Models resmap.Factory.FromFile and kusterr.Handler. */
export function readResourceFile(path: string, loader: Loader): Resource[] {
  const text = loader.loadText(path);
  try {
    return readResources(text);
  } catch (error) {
    if (error instanceof KustomizeError && error.kind === "malformed")
      throw new KustomizeError(`${error.message} in File: ${path}`, "malformed");
    throw error;
  }
}
