import { goQuote } from "../../../api/encoding/go-quote.ts";
import { type CommandContext, CommandError, defineCommand } from "../../command.ts";
import { AggregateFailure } from "../../errors.ts";
import type { FlagValues } from "../../flags/values.ts";
import {
  type AllowlistEntry,
  API_VERSION,
  KIND,
  type OptionDefault,
  type Preference,
} from "../../kuberc/preference.ts";
import { kubercFile, parsePreference, savePreference } from "../../kuberc/store.ts";
import { absolute, openError } from "../../resources/files.ts";

const SECTIONS = ["defaults", "aliases", "credentialplugin"];
const POLICIES = ["AllowAll", "DenyAll", "Allowlist"];

/** Models kubectl pkg/cmd/kuberc/set.go. */
export default defineCommand<{ file: string; flags: FlagValues }>({
  complete: ({ flags }, context) => ({ file: kubercFile(flags, context), flags }),
  validate: ({ flags }) => validate(flags),
  async run({ file, flags }, context) {
    const preference = await load(file, context);
    const options = flags.list("option").map(optionOf);
    const section = flags.string("section");
    if (section === "defaults") setDefaults(preference, options, flags);
    else if (section === "aliases") setAlias(preference, options, flags);
    else setPolicy(preference, flags);
    savePreference(preference, file, context);
  },
});

function validate(flags: FlagValues): void {
  const fail = (why: string) => new CommandError(why);
  const section = flags.string("section");
  const has = (name: string) => flags.string(name) !== "";
  const some = (name: string) => flags.list(name).length > 0;
  if (!SECTIONS.includes(section))
    throw fail(`--section must be "defaults", "aliases", or "credentialplugin", got: ${section}`);
  if (section === "aliases" && !has("name")) throw fail("--name is required when --section=aliases");
  if (section === "defaults") {
    if (has("name")) throw fail("--name should not be specified when --section=defaults");
    if (some("prependarg") || some("appendarg"))
      throw fail("--prependarg and --appendarg are only valid for --section=aliases");
  }
  if (section !== "credentialplugin") {
    if (!has("command")) throw fail("--command is required when --section=aliases or --section=defaults");
    return;
  }
  const policy = flags.string("policy");
  if (policy === "") throw fail("--policy is required when --section=credentialplugin");
  if (!POLICIES.includes(policy))
    throw fail(` --policy must be  "AllowAll", "DenyAll", or "Allowlist", got: ${policy}`);
  const when = "--section=credentialplugin and --policy=Allowlist";
  if (policy === "Allowlist" && !some("allowlist-entry")) throw fail(`--allowlist-entry is required when ${when}`);
  if (policy !== "Allowlist" && some("allowlist-entry")) throw fail(`--allowlist-entry may only be used when ${when}`);
}

async function load(file: string, context: CommandContext): Promise<Preference> {
  const path = absolute(file, context);
  let text = "";
  if (context.files.exists(path)) {
    try {
      text = context.files.read(path).toString("utf8");
    } catch (error) {
      throw new CommandError(`error reading kuberc file: ${openError(file, error)}`);
    }
  }
  return text === "" ? { apiVersion: API_VERSION, kind: KIND } : ((await parsePreference(text)) ?? {});
}

function optionOf(text: string): OptionDefault {
  const equals = text.indexOf("=");
  if (equals < 0) throw new CommandError(`invalid option format ${goQuote(text)}, expected flag=value`);
  return { name: text.slice(0, equals).replace(/^-+/, ""), default: text.slice(equals + 1) };
}

/** The list when something is in it: else what was there stays. */
function given<T>(list: T[], before: T[] | undefined): { list?: T[] } {
  if (list.length > 0) return { list };
  return before === undefined ? {} : { list: before };
}

function setDefaults(preference: Preference, options: OptionDefault[], flags: FlagValues): void {
  const command = flags.string("command");
  const known = preference.defaults?.find((one) => one.command === command);
  if (known && !flags.bool("overwrite"))
    throw new CommandError(`defaults for command ${goQuote(command)} already exist, use --overwrite to replace`);
  const { list } = given(options, known?.options);
  const entry = { command, ...(list ? { options: list } : {}) };
  preference.defaults = put(preference.defaults, known, entry);
}

function setAlias(preference: Preference, options: OptionDefault[], flags: FlagValues): void {
  const name = flags.string("name");
  const known = preference.aliases?.find((one) => one.name === name);
  if (known && !flags.bool("overwrite"))
    throw new CommandError(`alias ${goQuote(name)} already exists, use --overwrite to replace`);
  const prepended = given(flags.list("prependarg"), known?.prependArgs).list;
  const appended = given(flags.list("appendarg"), known?.appendArgs).list;
  const { list } = given(options, known?.options);
  preference.aliases = put(preference.aliases, known, {
    name,
    command: flags.string("command"),
    ...(prepended ? { prependArgs: prepended } : {}),
    ...(appended ? { appendArgs: appended } : {}),
    ...(list ? { options: list } : {}),
  });
}

/** The list with an entry in the place of another, or at its end. */
function put<T>(list: readonly T[] = [], known: T | undefined, entry: T): T[] {
  return known === undefined ? [...list, entry] : list.map((one) => (one === known ? entry : one));
}

function setPolicy(preference: Preference, flags: FlagValues): void {
  const policy = flags.string("policy");
  if (policy === "Allowlist") preference.credentialPluginAllowlist = allowlist(flags.list("allowlist-entry"));
  preference.credentialPluginPolicy = policy;
}

function allowlist(texts: readonly string[]): AllowlistEntry[] {
  const errors: CommandError[] = [];
  const entries: AllowlistEntry[] = [];
  for (const pair of texts.flatMap((text) => text.split(","))) {
    const equals = pair.indexOf("=");
    const field = pair.slice(0, equals);
    const value = pair.slice(equals + 1);
    if (equals < 0) errors.push(new CommandError(`improperly formatted allowlist entry: ${goQuote(pair)}`));
    else if (field === "name")
      errors.push(new CommandError('allowlist entry field "name" is deprecated, use "command" instead'));
    else if (field !== "command")
      errors.push(new CommandError(`unrecognized allowlist entry field: ${goQuote(field)}`));
    else if (value.trim() === "") errors.push(new CommandError('empty value in allowlist entry for field "command"'));
    else entries.push({ command: value });
  }
  if (errors.length > 0) throw new AggregateFailure(errors);
  return entries;
}
