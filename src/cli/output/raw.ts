import { isObject, type Json } from "../../api/json.ts";
import type { CommandContext } from "../command.ts";

/**
 * What the server answers for a path, as it is: its own order of keys. Models kubectl pkg/rawhttp/raw.go; the two layouts are those of
 * apiserver pkg/endpoints/handlers/responsewriters (WriteRawJSON for `/version`).
 */
export async function printRaw(path: string, context: CommandContext): Promise<void> {
  const answer = await context.client.raw(path);
  if (typeof answer === "string") context.streams.out.write(answer);
  else if (/^\/version\/?$/.test(path)) context.streams.out.write(goJson(answer, 2));
  else context.streams.out.write(`${goJson(asTyped(answer))}\n`);
}

/** As the server's Go types write themselves: the kind first, and not again in the items of a list. */
function asTyped(answer: Json): Json {
  if (!isObject(answer) || typeof answer.kind !== "string" || typeof answer.apiVersion !== "string") return answer;
  const { kind, apiVersion, items, ...rest } = answer;
  if (!Array.isArray(items)) return { kind, apiVersion, ...rest, ...(items === undefined ? {} : { items }) };
  return { kind, apiVersion, ...rest, items: items.map(untyped) };
}

function untyped(item: Json): Json {
  if (!isObject(item)) return item;
  const { kind: _, apiVersion: __, ...rest } = item;
  return rest;
}

/** JSON as Go escapes it. */
function goJson(value: Json, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    /[<>&\u2028\u2029]/g,
    (rune) => `\\u${rune.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
