import { emitJson } from "../../api/encoding/json-emit.ts";
import type { CommandContext } from "../command.ts";

/** What the server answers for a path, as it is. Models kubectl pkg/rawhttp/raw.go. */
export async function printRaw(path: string, context: CommandContext): Promise<void> {
  const answer = await context.client.raw(path);
  context.streams.out.write(typeof answer === "string" ? answer : `${emitJson(answer)}\n`);
}
