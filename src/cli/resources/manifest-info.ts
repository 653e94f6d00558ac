import { goQuote } from "../../api/encoding/go-quote.ts";
import type { ManifestDocument } from "../../api/encoding/yaml-read.ts";
import { isObject, type JsonObject } from "../../api/json.ts";
import type { KubeList, KubeObject } from "../../api/object.ts";
import { kindByGvk } from "../../api/registry.ts";
import { CommandError } from "../command.ts";
import { messageOf, NoKindMatchError } from "../errors.ts";
import { listMapping, mappingForKind } from "./mapping.ts";
import { decodeUnstructured, isText } from "./unstructured.ts";
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
  const refuse = (problem: string | undefined) => {
    if (problem !== undefined) throw undecodable(problem);
  };
  const text = document.text.trim();
  const value = document.json as JsonObject;
  let object: KubeObject | KubeList | undefined;
  if (typed) {
    const { decodeTyped, typedProblem } = await import("../../api/schema/decode-document.ts");
    refuse(await typedProblem(text));
    if (!listMapping(String(value.apiVersion), String(value.kind))) object = await decodeTyped(text);
  }
  try {
    object ??= decodeUnstructured(value, text);
  } catch (error) {
    throw undecodable(messageOf(error));
  }
  const { kind, apiVersion } = value;
  if (!typed) refuse(await metadataProblem(value, text));
  const isList = Object.hasOwn(object, "items");
  const metadata = (isObject(object.metadata) ? object.metadata : {}) as JsonObject;
  const named = (name: string) => (typeof metadata[name] === "string" ? (metadata[name] as string) : "");
  const info: ResourceInfo = {
    namespace: named("namespace"),
    name: named("name"),
    source,
    resourceVersion: named("resourceVersion"),
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

/** Most files have nothing that could be wrong there. */
async function metadataProblem(value: JsonObject, text: string): Promise<string | undefined> {
  const { apiVersion, metadata } = value;
  if ((metadata === undefined || metadata === null) && (apiVersion === undefined || isText(apiVersion)))
    return undefined;
  return (await import("../../api/schema/decode-document.ts")).metadataProblem(text);
}
