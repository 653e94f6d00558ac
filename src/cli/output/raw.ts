import { emitJson, type StructFields } from "../../api/encoding/json-emit.ts";
import { isObject, type Json, type JsonObject } from "../../api/json.ts";
import { structOf } from "../../api/schema/struct-fields.ts";
import type { CommandContext } from "../command.ts";

/**
 * What the server answers for a path, as it is: its own order of keys. Models kubectl pkg/rawhttp/raw.go; the two layouts are those of
 * apiserver pkg/endpoints/handlers/responsewriters (WriteRawJSON for `/version`).
 */
export async function printRaw(path: string, context: CommandContext): Promise<void> {
  await printAnswer(await context.client.raw(path), path, context);
}

/** What a server's answer is on the wire: in the order of its Go structs, a list's items without their kind. */
export async function printAnswer(
  answer: Json | string,
  path: string,
  { streams }: Pick<CommandContext, "streams">,
): Promise<void> {
  if (typeof answer === "string") streams.out.write(answer);
  else if (/^\/version\/?$/.test(path)) streams.out.write(goJson(answer, 2));
  else streams.out.write(`${await wireJson(answer)}\n`);
}

async function wireJson(answer: Json): Promise<string> {
  if (!isObject(answer) || typeof answer.kind !== "string") return goJson(answer);
  const { kind, apiVersion, ...rest } = answer;
  const type = { kind, apiVersion: String(apiVersion ?? "") };
  if (!kind.endsWith("List") || !Array.isArray(rest.items)) {
    const fields = await structOf(type);
    return fields ? emitJson(answer, "", fields) : goJson({ kind, ...(apiVersion && { apiVersion }), ...rest });
  }
  const fields = await structOf({ ...type, kind: kind.slice(0, -"List".length) });
  const items = rest.items.map((item) => itemJson(item as JsonObject, fields));
  return `{"kind":${goJson(kind)},"apiVersion":${goJson(type.apiVersion)},"metadata":${goJson(rest.metadata ?? {})},"items":[${items.join(",")}]}`;
}

function itemJson({ kind: _, apiVersion: __, ...rest }: JsonObject, fields: StructFields | null): string {
  return fields ? emitJson(rest, "", fields) : goJson(rest);
}

/** JSON as Go escapes it. */
function goJson(value: Json, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    /[<>&\u2028\u2029]/g,
    (rune) => `\\u${rune.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
