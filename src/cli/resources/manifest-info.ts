import { goQuote } from "../../api/encoding/go-quote.ts";
import type { ManifestDocument } from "../../api/encoding/yaml-read.ts";
import { isObject, type JsonObject } from "../../api/json.ts";
import type { KubeList, KubeObject } from "../../api/object.ts";
import { kindByGvk } from "../../api/registry.ts";
import { CommandError } from "../command.ts";
import { messageOf, NoKindMatchError } from "../errors.ts";
import { listMapping, mappingForKind } from "./mapping.ts";
import type { ResourceInfo } from "./visitor.ts";

const STOP_VALIDATING = "if you choose to ignore these errors, turn validation off with --validate=false";

/** Throws CommandError when a manifest fails kubectl's own check. Models cli-runtime's ValidateSchema. */
export async function validateManifest(value: unknown, source: string): Promise<void> {
  const problem = await manifestProblem(value);
  if (problem === undefined) return;
  throw new CommandError(`error validating ${goQuote(source)}: error validating data: ${problem}; ${STOP_VALIDATING}`);
}

/**
 * What kubectl finds wrong with a manifest before it is sent: apiVersion and kind; and by the API's schema what no server checks, each item
 * of a `List` and what cannot be patched. Models kubectl pkg/validation/validation.go over cli-runtime's QueryParamVerifierV3.
 */
export async function manifestProblem(value: unknown): Promise<string | undefined> {
  const problems = kindProblems(value);
  if (problems.length === 0) problems.push(...(await fieldProblems(value as JsonObject)));
  const unique = [...new Set(problems)];
  return unique.length > 1 ? `[${unique.join(", ")}]` : unique[0];
}

async function fieldProblems(value: JsonObject): Promise<string[]> {
  const [apiVersion, kind] = [String(value.apiVersion), String(value.kind)];
  if (apiVersion === "v1" && kind === "List") return listProblems(value.items);
  if (kindByGvk(apiVersion, kind)?.verbs.includes("patch")) return [];
  return (await import("./client-schema.ts")).schemaProblems(value);
}

async function listProblems(items: unknown): Promise<string[]> {
  if (!Array.isArray(items)) return [NO_OBJECT];
  const { schemaProblems } = await import("./client-schema.ts");
  const problems: string[] = [];
  for (const item of items) {
    const own = kindProblems(item);
    problems.push(...(own.length > 0 ? own : await schemaProblems(item as JsonObject)));
  }
  return problems;
}

const NO_OBJECT = "invalid object to validate";

/** What is wrong with an object's apiVersion and kind. Models kubectl pkg/validation/validation.go (getObjectKind). */
function kindProblems(value: unknown): string[] {
  if (!isObject(value)) return [NO_OBJECT];
  const problems: string[] = [];
  for (const field of ["apiVersion", "kind"]) {
    const text = value[field];
    if (text === undefined || text === null) problems.push(`${field} not set`);
    else if (typeof text !== "string") problems.push(`${field} isn't string type`);
    else if (field === "apiVersion" && text.split("/").length > 2) {
      problems.push(`unexpected GroupVersion string: ${text}`);
    }
  }
  return problems;
}

/**
 * What a document of a manifest names. `local`: the server's kinds are not asked for. Throws CommandError.
 * Models cli-runtime pkg/resource/mapper.go (infoForData) over apimachinery's unstructured decoder.
 */
export async function infoOf(
  document: ManifestDocument,
  source: string,
  { local, typed }: { local?: boolean; typed?: boolean },
): Promise<ResourceInfo> {
  const undecodable = (why: string) => new CommandError(`unable to decode ${goQuote(source)}: ${why}`);
  let value: unknown = document.json;
  if (!isObject(value))
    throw undecodable(`json: cannot unmarshal ${jsonType(value)} into Go value of type unstructured.detector`);
  const { kind, apiVersion } = value;
  if (kind === undefined || kind === null || kind === "") {
    throw undecodable(`Object 'Kind' is missing in '${document.text.trim()}'`);
  }
  if (typed) checkRegistered(value, document.text.trim(), undecodable);
  const problem = await metadataProblem(value);
  if (problem !== undefined) throw undecodable(problem);
  const isList = Object.hasOwn(value, "items");
  if (isList) {
    try {
      value = decodedList(value);
    } catch (error) {
      throw undecodable(messageOf(error));
    }
  }
  const object = value as KubeObject | KubeList;
  const metadata = (isObject(object.metadata) ? object.metadata : {}) as JsonObject;
  const text = (name: string) => (typeof metadata[name] === "string" ? (metadata[name] as string) : "");
  const info: ResourceInfo = {
    namespace: text("namespace"),
    name: text("name"),
    source,
    resourceVersion: text("resourceVersion"),
    subresource: "",
    object,
    duplicates: document.duplicates,
  };
  if (local) return info;
  const lists = listMapping(String(apiVersion ?? ""), String(kind));
  if (lists) {
    if (!isList) info.mapping = lists;
    return info;
  }
  try {
    info.mapping = mappingForKind(String(apiVersion ?? ""), String(kind));
  } catch (error) {
    if (!(error instanceof NoKindMatchError)) throw error;
    throw new CommandError(
      `resource mapping not found for name: ${goQuote(info.name)} namespace: ${goQuote(info.namespace)} from ${goQuote(source)}: ${error.message}\nensure CRDs are installed first`,
    );
  }
  return info;
}

/** Models apimachinery pkg/runtime/serializer/json over client-go's scheme, which is named by the line that makes it. */
function checkRegistered(
  { apiVersion, kind }: JsonObject,
  text: string,
  undecodable: (why: string) => CommandError,
): void {
  if (!isText(apiVersion)) throw undecodable(`Object 'apiVersion' is missing in '${text}'`);
  const [version, name] = [String(apiVersion), String(kind)];
  if (kindByGvk(version, name) || listMapping(version, name)) return;
  throw undecodable(
    `no kind ${goQuote(name)} is registered for version ${goQuote(version)} in scheme "pkg/runtime/scheme.go:111"`,
  );
}

/** Models decodeToList of apimachinery's unstructured decoder: items that say nothing of their kind have that of the list. */
function decodedList(list: JsonObject): JsonObject {
  const { items } = list;
  if (items !== null && !Array.isArray(items))
    throw new CommandError(
      `json: cannot unmarshal ${jsonType(items)} into Go struct field decodeList.items of type []json.RawMessage`,
    );
  const kind = String(list.kind).replace(/List$/, "");
  const decoded = (items ?? []).map((item: unknown) => {
    if (item !== null && !isObject(item))
      throw new CommandError(`json: cannot unmarshal ${jsonType(item)} into Go value of type map[string]interface {}`);
    const object = item ?? {};
    if (isText(object.kind) || isText(object.apiVersion)) return object;
    return { ...object, kind, apiVersion: list.apiVersion };
  });
  return { ...list, items: decoded as JsonObject[] };
}

const isText = (value: unknown) => typeof value === "string" && value !== "";

/** What of the metadata Go's ObjectMeta cannot hold. Models cli-runtime pkg/resource/metadata_decoder.go. */
async function metadataProblem({ metadata }: JsonObject): Promise<string | undefined> {
  if (metadata === undefined || metadata === null) return undefined;
  const { loadGoType } = await import("../../api/schema/go-types.ts");
  const { readGoValue } = await import("../../api/schema/go-read.ts");
  const { ParseError } = await import("../../api/meta/parse-error.ts");
  const type = (await loadGoType({ group: "meta", version: "v1", kind: "ObjectMeta" }))!;
  const field = { name: "metadata", type: () => type, omitEmpty: true, omitZero: false, embedded: "" };
  const name = "metadataOnlyObject";
  try {
    readGoValue(
      { metadata },
      { kind: "struct", name, text: `resource.${name}`, fields: new Map([["metadata", field]]) },
    );
    return undefined;
  } catch (error) {
    if (error instanceof ParseError) return error.message;
    throw error;
  }
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean") return "bool";
  return typeof value;
}
