import type { Json } from "../../api/json.ts";
import { goJson, wireJson } from "../../api/schema/wire-json.ts";
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
