import type { CommandContext } from "../command.ts";
import { type FlagSpec, ownFlags } from "../flags/flag-spec.ts";
import { kubeconfigNames } from "./argument-words.ts";
import { type Completions, choicesOf, DIRECTIVE } from "./directive.ts";
import { containerNames, objectNames, startingWith } from "./live-words.ts";

const GET_FORMATS =
  "json yaml kyaml name go-template go-template-file template templatefile jsonpath jsonpath-as-json jsonpath-file custom-columns custom-columns-file wide";

/** Completes the value of a flag. Models the functions that kubectl's commands register (RegisterFlagCompletionFunc). */
export async function flagValues(
  path: string,
  spec: FlagSpec,
  args: readonly string[],
  typed: string,
  context: CommandContext,
): Promise<Completions> {
  if (spec.name === "filename")
    return { choices: choicesOf(["json", "yaml", "yml"]), directive: DIRECTIVE.filterExtensions };
  const words = await valuesOf(path, spec.name, args, typed, context);
  return words
    ? { choices: choicesOf(words), directive: DIRECTIVE.noFiles }
    : { choices: [], directive: DIRECTIVE.default };
}

async function valuesOf(
  path: string,
  name: string,
  args: readonly string[],
  typed: string,
  context: CommandContext,
): Promise<string[] | undefined> {
  if (name === "output" && path === "get") return startingWith(GET_FORMATS.split(" "), typed);
  if (name === "subresource" && path !== "auth can-i") return ["status", "scale", "resize"];
  if (name === "container" && path === "exec") return args.length > 0 ? containerNames(args[0]!, typed, context) : [];
  if (name === "clusterrole" && path === "create clusterrolebinding") return objectNames("clusterrole", typed, context);
  if (name === "namespace") return objectNames("namespace", typed, context);
  const ownWords = await (await import("./own-words.ts")).ownFlagValues(path, name, typed, context);
  if (ownWords) return ownWords;
  // A command's own flag of the name is another one than that of every command.
  if (path !== "" && ownFlags(path).some((own) => own.name === name)) return undefined;
  if (name === "context") return kubeconfigNames("contexts", typed, context);
  if (name === "cluster") return kubeconfigNames("clusters", typed, context);
  return name === "user" ? kubeconfigNames("users", typed, context) : undefined;
}
