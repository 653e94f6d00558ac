import { CommandError } from "../command.ts";
import { replaceAliases } from "./mapping.ts";

export interface NamedResource {
  resource: string;
  name: string;
}

/** What the words after a verb name. */
export interface ResourceArguments {
  /** `svc/web deploy/web`. */
  tuples: NamedResource[];
  /** `svc,deploy`, categories put in full. */
  types: string[];
  /** The words after the types. */
  names: string[];
}

/**
 * Reads `svc`, `svc,deploy`, `svc a b`, `svc,deploy a`, `svc/a deploy/b`. Throws CommandError.
 * Models cli-runtime pkg/resource/builder.go (ResourceTypeOrNameArgs, normalizeMultipleResourcesArgs, splitResourceTypeName).
 */
export function readArguments(words: readonly string[]): ResourceArguments {
  const args = normalize(words);
  const slashes = args.filter((arg) => arg.includes("/")).length;
  if (slashes > 0) {
    if (slashes !== args.length) {
      throw new CommandError(
        "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
      );
    }
    return { tuples: args.map(splitName), types: [], names: [] };
  }
  const [first, ...names] = args;
  return { tuples: [], types: first === undefined ? [] : splitTypes(replaceAliases(first)), names };
}

function normalize(words: readonly string[]): string[] {
  const [first, ...names] = words;
  if (first === undefined || names.length === 0) return [...words];
  const types = splitTypes(first);
  return types.length > 1 ? types.flatMap((type) => names.map((name) => `${type}/${name}`)) : [...words];
}

/** The parts between commas, each once. */
function splitTypes(text: string): string[] {
  return [...new Set(text.split(","))];
}

/** `svc/web` in its two parts. */
export function splitName(text: string): NamedResource {
  const parts = text.split("/");
  if (parts.length !== 2) throw new CommandError("arguments in resource/name form may not have more than one slash");
  const [resource = "", name = ""] = parts;
  if (resource === "" || name === "" || splitTypes(resource).length !== 1) {
    throw new CommandError("arguments in resource/name form must have a single resource and name");
  }
  return { resource, name };
}
