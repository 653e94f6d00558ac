import { listPlugins, lookUp, type PluginContext } from "../plugins/find-plugins.ts";
import { type Completions, choicesOf, DIRECTIVE } from "./directive.ts";

/** The first words of the plugins on PATH. Models kubectl pkg/cmd/plugin/plugin_completion.go (registerPluginCommands). */
export function pluginWords(context: PluginContext): Completions["choices"] {
  const names = listPlugins(context, () => {}).map((path) => wordsOf(path)[0]!);
  return [...new Set(names)].map((word) => ({ word, about: `The plugin ${word}, found on PATH.` }));
}

/** `kubectl-foo_bar-baz` is called as `foo-bar baz`. */
function wordsOf(path: string): string[] {
  const [, ...words] = path.slice(path.lastIndexOf("/") + 1).split("-");
  return words.map((word) => word.replaceAll("_", "-"));
}

/**
 * Completes the arguments of a plugin by asking the program `kubectl_complete-<plugin>`; undefined when the words call no plugin.
 * Models pluginCompletion.
 */
export function completePlugin(
  before: readonly string[],
  last: string,
  context: PluginContext,
): Completions | undefined {
  const plugins = listPlugins(context, () => {}).map(wordsOf);
  const called = plugins
    .filter((words) => words.every((word, at) => before[at] === word))
    .sort((a, b) => b.length - a.length)[0];
  if (!called) return undefined;
  const args = [...before.slice(called.length), last];
  const below =
    args.length > 1
      ? []
      : plugins
          .filter((words) => words.length > called.length && called.every((word, at) => words[at] === word))
          .map((words) => words[called.length]!)
          .filter((word) => word.startsWith(last));
  const program = lookUp(`kubectl_complete-${called.map((word) => word.replaceAll("-", "_")).join("-")}`, context);
  if (program === undefined)
    return { choices: choicesOf(below), directive: below.length > 0 ? DIRECTIVE.noFiles : DIRECTIVE.default };
  const { status, stdout } = context.processes.run(program, args, { capture: true });
  const lines = status === 0 ? stdout.split("\n").filter((line) => line !== "") : [];
  const directive = /^:([0-9]+)$/.exec(lines.at(-1) ?? "")?.[1];
  if (directive !== undefined) lines.pop();
  const choices = lines.map((line) => {
    const [word = "", about] = line.split("\t");
    return about === undefined ? { word } : { word, about };
  });
  return { choices: [...choicesOf(below), ...choices], directive: Number(directive ?? DIRECTIVE.default) };
}
