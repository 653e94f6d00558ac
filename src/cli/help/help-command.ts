import type { Streams } from "../../platform/platform.ts";
import { CommandError } from "../command.ts";
import { findCommand } from "../find-command.ts";
import { renderHelp } from "./render.ts";

/** `kubectl help [command …]`; an unknown one is named on stderr, and the program's help follows. Models cobra's help command. */
export async function printHelpTopic(topic: readonly string[], streams: Streams): Promise<number> {
  const words = topic.filter((word) => !word.startsWith("-"));
  try {
    const { entry } = findCommand(words);
    streams.out.write(await renderHelp(entry.path));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    streams.err.write(`Unknown help topic [${words.map((word) => `\`${word}\``).join(" ")}]\n`);
    streams.err.write(await renderHelp(""));
  }
  return 0;
}
