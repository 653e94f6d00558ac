import { DecodeError, readYaml } from "../api/encoding/yaml-read.ts";
import { equal, type Json, type JsonObject } from "../api/json.ts";
import { ParseError } from "../api/meta/parse-error.ts";
import { readGoValue } from "../api/schema/go-read.ts";
import { loadGoType } from "../api/schema/go-types.ts";
import { type Gvk, NO_GVK } from "./ids.ts";
import { KustomizeError } from "./problem.ts";
import type { Kustomization } from "./types.ts";

const GROUP = { group: "kustomize.config.k8s.io", version: "v1" };

/**
 * Reads JSON into one of kustomize's types as Go does: a field of another type or of no name is an error in Go's words, null is nothing. Throws KustomizeError.
 */
export async function readTyped<T>(value: Json, kind: string): Promise<T> {
  const type = await loadGoType({ ...GROUP, kind });
  try {
    return readGoValue(value as JsonObject, type!, { plain: true }).value as T;
  } catch (error) {
    if (error instanceof ParseError) throw new KustomizeError(error.message);
    throw error;
  }
}

/** The JSON of a YAML text as sigs.k8s.io/yaml makes it. Throws KustomizeError (`yaml: line 2: …`). */
export function yamlToJson(text: string): Json {
  try {
    return readYaml(text).json;
  } catch (error) {
    if (error instanceof DecodeError)
      throw new KustomizeError(error.message.replace("error converting YAML to JSON: ", ""));
    throw error;
  }
}

/** What kustomize prints on stderr for a field that is going away. Models CheckDeprecatedFields. */
function deprecationWarnings(kustomization: Kustomization): string[] {
  const fix = "Run 'kustomize edit fix' to update your Kustomization automatically.";
  const replaced: [keyof Kustomization, string, string][] = [
    ["bases", "resources", fix],
    ["commonLabels", "labels", fix],
    ["imageTags", "images", fix],
    ["patchesJson6902", "patches", fix],
    ["patchesStrategicMerge", "patches", fix],
    ["vars", "replacements", `[EXPERIMENTAL] ${fix}`],
  ];
  return replaced
    .filter(([field]) => kustomization[field] !== undefined)
    .map(([field, instead, how]) => `# Warning: '${field}' is deprecated. Please use '${instead}' instead. ${how}`);
}

/**
 * A kustomization file with what is deprecated put in its place. `warnings` are for stderr. Throws KustomizeError. Models KustTarget.Load.
 * @param folder where it lies, for messages
 */
export async function readKustomization(
  text: string,
  folder: string,
  warn: (line: string) => void,
): Promise<Kustomization> {
  const json = readJson(text);
  let read: Kustomization;
  try {
    read = json === null ? {} : await readTyped<Kustomization>(json, "Kustomization");
  } catch (error) {
    if (error instanceof KustomizeError) throw new KustomizeError(`invalid Kustomization: ${error.message}`);
    throw error;
  }
  const given = withoutUndefined(read);
  for (const warning of deprecationWarnings(given)) warn(warning);
  const kustomization = fixed(given);
  const { kind: _kind, apiVersion: _apiVersion, ...rest } = kustomization;
  if (equal(rest, {})) throw new KustomizeError("kustomization.yaml is empty");
  const problems = fieldProblems(kustomization);
  if (problems.length > 0)
    throw new KustomizeError(`Failed to read kustomization file under ${folder}:\n${problems.join("\n")}`);
  return kustomization;
}

function readJson(text: string): Json {
  try {
    return yamlToJson(text);
  } catch (error) {
    if (error instanceof KustomizeError) throw new KustomizeError(`invalid Kustomization: ${error.message}`);
    throw error;
  }
}

/** What a text has set to its zero value is as if it were not there. */
function withoutUndefined(kustomization: Kustomization): Kustomization {
  const entries = Object.entries(kustomization).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(entries);
}

/** Models FixKustomization. */
function fixed(kustomization: Kustomization): Kustomization {
  const { bases, imageTags, ...result } = kustomization;
  result.kind ??= "Kustomization";
  result.apiVersion ??=
    result.kind === "Component" ? "kustomize.config.k8s.io/v1alpha1" : "kustomize.config.k8s.io/v1beta1";
  if (bases?.length) result.resources = [...(result.resources ?? []), ...bases];
  if (imageTags?.length) result.images = [...(result.images ?? []), ...imageTags];
  for (const field of ["configMapGenerator", "secretGenerator"] as const)
    for (const args of result[field] ?? []) {
      if (args.env) args.envs = [...(args.envs ?? []), args.env];
      delete args.env;
    }
  return result;
}

/** Models EnforceFields. */
function fieldProblems({ kind, apiVersion }: Kustomization): string[] {
  const problems: string[] = [];
  if (kind !== "Kustomization" && kind !== "Component") problems.push("kind should be Kustomization or Component");
  const version = kind === "Component" ? "kustomize.config.k8s.io/v1alpha1" : "kustomize.config.k8s.io/v1beta1";
  if (apiVersion !== version) problems.push(`apiVersion for ${kind} should be ${version}`);
  return problems;
}

/** The group, version and kind of something that was read, "" for what it does not say. */
export function gvkGiven(given: Partial<Gvk> | undefined): Gvk {
  return {
    group: given?.group ?? NO_GVK.group,
    version: given?.version ?? NO_GVK.version,
    kind: given?.kind ?? NO_GVK.kind,
  };
}
