import { Command, Option } from "commander";
import { childrenOf } from "../find-command.ts";
import { type FlagSpec, globalFlags, ownFlags } from "../flags/flag-spec.ts";
import { commandLine } from "../report-error.ts";
import { flagText } from "./flag-texts.ts";
import { pageOf } from "./pages.ts";
import { topicList } from "./topics.ts";

/** The help of a command, as `-h` prints it; "" is the program. */
export async function renderHelp(path: string): Promise<string> {
  const page = pageOf(path);
  const command = build(path);
  command.description(page.about);
  for (const child of childrenOf(path)) {
    const below = build(child.path);
    below.summary(pageOf(child.path).about.split("\n")[0] ?? "");
    if (path === "" && child.own) below.helpGroup("kubemu's own:");
    for (const alias of child.aliases ?? []) below.alias(alias);
    command.addCommand(below);
  }
  if (path === "options") for (const spec of globalFlags()) command.addOption(optionOf(path, spec));
  for (const spec of ownFlags(path)) if (!spec.hidden) command.addOption(optionOf(path, spec));
  const examples = page.examples.map((example) => `  ${example}`);
  if (examples.length > 0) command.addHelpText("after", `\nExamples:\n${examples.join("\n")}`);
  if (path === "") command.addHelpText("after", `\n${topicList()}`);
  if (path !== "options")
    command.addHelpText("after", `\nFlags that every command takes: '${commandLine("options")}'.`);
  return textOf(command);
}

function build(path: string): Command {
  return new Command(commandLine(path).split(" ").at(-1)!)
    .usage(pageOf(path).usage)
    .helpOption(false)
    .helpCommand(false)
    .configureHelp({
      helpWidth: 80,
      minWidthToWrap: 30,
      commandUsage: () => `${commandLine(path)} ${pageOf(path).usage}`.trimEnd(),
      subcommandTerm: (child) => [child.name(), ...child.aliases()].join(", "),
    });
}

function textOf(command: Command): string {
  let text = "";
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text;
}

const VALUE: Readonly<Record<FlagSpec["type"], string>> = {
  bool: "",
  string: " <text>",
  int: " <number>",
  int32: " <number>",
  duration: " <duration>",
  csv: " <list>",
  array: " <text>",
  map: " <key=value,...>",
  pairs: " <key=value>",
};

/** One flag as commander shows it: `-n, --namespace <text>  what it does (default: …)`. */
function optionOf(path: string, spec: FlagSpec): Option {
  const short = spec.shorthand === "" ? "" : `-${spec.shorthand}, `;
  const value = spec.noOptDefault === "" ? VALUE[spec.type] : spec.type === "bool" ? "" : `[=${spec.noOptDefault}]`;
  const defaults = ["", "[]", "false", "0s"].includes(spec.defaultValue) ? "" : ` (default: ${spec.defaultValue})`;
  const option = new Option(`${short}--${spec.name}`, `${flagText(path, spec.name)}${defaults}`);
  option.flags = `${short}--${spec.name}${value}`;
  return option;
}
