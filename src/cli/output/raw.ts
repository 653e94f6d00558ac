import type { Json } from "../../api/json.ts";
import type { CommandContext } from "../command.ts";

/**
 * What the server answers for a path, as it is: its own order of keys. Models kubectl pkg/rawhttp/raw.go; the two layouts are those of
 * apiserver pkg/endpoints/handlers/responsewriters (WriteRawJSON for `/version`).
 */
export async function printRaw(path: string, context: CommandContext): Promise<void> {
  const answer = await context.client.raw(path);
  if (typeof answer === "string") context.streams.out.write(answer);
  else if (/^\/version\/?$/.test(path)) context.streams.out.write(goJson(answer, 2));
  else context.streams.out.write(`${goJson(answer)}\n`);
}

/** JSON as Go escapes it. */
function goJson(value: Json, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    /[<>&\u2028\u2029]/g,
    (rune) => `\\u${rune.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
