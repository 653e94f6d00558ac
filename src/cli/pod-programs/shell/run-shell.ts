import { notSimulated } from "../../../api/status.ts";
import type { CommandContext } from "../../command.ts";
import type { OpenPlace, ProgramStreams } from "../run-program.ts";

export function isScript(argv: readonly string[]): boolean {
  return argv.some((word) => !/^-(i|l|il|li)$/.test(word));
}

export async function runInteractive(name: string, _open: OpenPlace, _context: CommandContext): Promise<number> {
  throw notSimulated(`the program ${name}`);
}

export async function runInShell(
  name: string,
  _argv: readonly string[],
  _open: OpenPlace,
  _streams: ProgramStreams,
): Promise<number> {
  throw notSimulated(`the program ${name}`);
}
