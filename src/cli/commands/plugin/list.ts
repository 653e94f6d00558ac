import { goQuote } from "../../../api/encoding/go-quote.ts";
import { type CommandContext, CommandError, defineCommand, type Invocation } from "../../command.ts";
import { findCommand } from "../../find-command.ts";
import { isExecutable, listPlugins } from "../../plugins/find-plugins.ts";
import { commandLine } from "../../report-error.ts";

/** `plugin list`. Models kubectl pkg/cmd/plugin/plugin.go (PluginListOptions). */
export default defineCommand<Invocation>({
  complete: (invocation) => invocation,
  run({ flags }, context) {
    const { out, err } = context.streams;
    const plugins = listPlugins(context, (folder, reason) => {
      err.write(`Unable to read directory ${goQuote(folder)} from your PATH: open ${folder}: ${reason}. Skipping...\n`);
    });
    const failures: string[] = [];
    if (plugins.length > 0) out.write("The following compatible plugins are available:\n\n");
    else failures.push("error: unable to find any kubectl plugins in your PATH");
    const seen = new Map<string, string>();
    let count = 0;
    for (const path of plugins) {
      out.write(`${flags.bool("name-only") ? baseName(path) : path}\n`);
      for (const warning of warningsOf(path, seen, context)) {
        err.write(`  - ${warning}\n`);
        count++;
      }
    }
    if (count === 1) failures.push("error: one plugin warning was found");
    if (count > 1) failures.push(`error: ${count} plugin warnings were found`);
    if (failures.length > 0) throw new CommandError(failures.map((text) => `${text}\n`).join(""));
    return 0;
  },
});

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Models CommandOverrideVerifier. */
function warningsOf(path: string, seen: Map<string, string>, context: CommandContext): string[] {
  const name = baseName(path);
  const warnings: string[] = [];
  const executable = isExecutable(path, context);
  if (executable === false) warnings.push(`warning: ${path} identified as a kubectl plugin, but it is not executable`);
  if (executable === undefined)
    warnings.push(`error: unable to identify ${path} as an executable file: stat ${path}: no such file or directory`);
  const other = seen.get(name);
  if (other !== undefined) warnings.push(`warning: ${path} is overshadowed by a similarly named plugin: ${other}`);
  else seen.set(name, path);
  const command = commandOf(name);
  if (command !== undefined) warnings.push(`warning: ${name} overwrites existing command: ${goQuote(command)}`);
  return warnings;
}

function commandOf(name: string): string | undefined {
  try {
    return commandLine(findCommand(name.split("-").slice(1)).entry.path);
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}
