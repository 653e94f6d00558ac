import { ProgramExit } from "../errors.ts";
import { findPlugin, type PluginContext } from "./find-plugins.ts";

/**
 * Runs the plugin that a command line calls; its exit status, or undefined where there is none. It has this process's streams and
 * environment. Throws ProgramExit for a flag before the plugin's name. Models kubectl pkg/cmd/plugin.go.
 */
export function runPlugin(argv: readonly string[], atLeast: number, context: PluginContext): number | undefined {
  const [first = ""] = argv;
  if (first.startsWith("-")) throw new ProgramExit(`Error: flags cannot be placed before plugin name: ${first}`, 1);
  const plugin = findPlugin(argv, atLeast, context);
  return plugin && context.processes.run(plugin.path, plugin.args).status;
}
