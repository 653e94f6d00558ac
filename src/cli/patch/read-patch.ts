import { goQuote } from "../../api/encoding/go-quote.ts";
import { JsonSyntaxError, readJson } from "../../api/encoding/json-read.ts";
import { DecodeError, readYaml } from "../../api/encoding/yaml-read.ts";
import type { Json } from "../../api/json.ts";
import { badRequest } from "../../api/status.ts";
import { type CommandContext, CommandError } from "../command.ts";
import type { SentPatchType } from "../commands/patch.ts";
import type { FlagValues } from "../flags/values.ts";
import { absolute, openError } from "../resources/files.ts";

/** The patch of --patch or --patch-file as JSON text; what begins as JSON does is not looked at. Throws CommandError. */
export function readPatch(flags: FlagValues, context: Pick<CommandContext, "files" | "processes">): string {
  const path = flags.string("patch-file");
  let text = flags.string("patch");
  if (path !== "") {
    try {
      text = context.files.read(absolute(path, context)).toString("utf8");
    } catch (error) {
      throw new CommandError(`unable to read patch file: ${openError(path, error)}`);
    }
  }
  if (/^\s*\{/.test(text)) return text;
  try {
    const { json, text: converted } = readYaml(text);
    return json === null ? "null" : converted;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const why = error.message.replace(/^error converting YAML to JSON: /, "");
    throw new CommandError(`unable to parse ${goQuote(flags.string("patch"))}: ${why}`);
  }
}

/**
 * What the server reads of the text; its refusal of what is no JSON.
 * Models apiserver pkg/endpoints/handlers/patch.go (applyJSPatch, strategicPatchObject). @throws ApiError BadRequest
 */
export function patchBody(text: string, type: SentPatchType): { patch: Json; duplicates: string[] } {
  try {
    const { value, duplicates } = readJson(text);
    return { patch: value, duplicates };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw badRequest(type === "strategic" ? error.message : `error decoding patch: ${error.message}`);
  }
}
