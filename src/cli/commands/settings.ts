import { parseSetting, SETTINGS } from "../../api/settings.ts";
import { CommandError, defineCommand, UsageError } from "../command.ts";

interface SettingsOptions {
  changes: { name: string; value: string }[];
}

/** `kubemu settings` lists, `kubemu settings set NAME=VALUE …` changes how long things take. */
export default defineCommand<SettingsOptions>({
  complete({ args, path }) {
    const [verb = "list", ...rest] = args;
    if (verb === "list" && rest.length === 0) return { changes: [] };
    if (verb !== "set")
      throw new UsageError(path, `unknown command "${args.join(" ")}", must be list or set NAME=VALUE`);
    if (rest.length === 0) throw new UsageError(path, "at least one NAME=VALUE is required");
    return {
      changes: rest.map((word) => {
        const at = word.indexOf("=");
        if (at < 1) throw new UsageError(path, `invalid setting "${word}", expected NAME=VALUE`);
        return { name: word.slice(0, at), value: word.slice(at + 1) };
      }),
    };
  },
  validate({ changes }) {
    for (const { name, value } of changes) {
      if (!SETTINGS.some((setting) => setting.name === name))
        throw new CommandError(
          `unknown setting "${name}", must be one of: ${SETTINGS.map((setting) => setting.name).join(", ")}`,
        );
      if (parseSetting(value) === undefined)
        throw new CommandError(`invalid value "${value}" for setting ${name}: expected a duration such as 5s or 1m30s`);
    }
  },
  async run({ changes }, { admin, streams }) {
    for (const { name, value } of changes) {
      await admin.setSetting(name, value);
      streams.out.write(`setting ${name} set to ${value}\n`);
    }
    if (changes.length) return;
    const values = await admin.settings();
    const width = Math.max(...SETTINGS.map(({ name }) => name.length)) + 3;
    streams.out.write(`${"NAME".padEnd(width)}VALUE   WHAT IT IS\n`);
    for (const { name, text } of SETTINGS)
      streams.out.write(`${name.padEnd(width)}${values[name]!.padEnd(8)}${text}\n`);
  },
});
