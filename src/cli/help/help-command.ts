import type { Streams } from "../../platform/platform.ts";
import { CommandError } from "../command.ts";
import { findCommand } from "../find-command.ts";
import { renderHelp } from "./render.ts";
import { topicList, topicNamed } from "./topics.ts";

/** `kubectl help [command … | TOPIC]`; an unknown one is named on stderr, and the program's help follows. Models cobra's help command. */
export async function printHelpTopic(topic: readonly string[], streams: Streams): Promise<number> {
  const words = topic.filter((word) => !word.startsWith("-"));
  const text = words.length === 1 ? (topicNamed(words[0]!)?.text ?? (words[0] === "topics" ? topicList() : "")) : "";
  if (text !== "") {
    streams.out.write(`${text}\n`);
    return 0;
  }
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
