import { type FlagSpec, globalFlags, ownFlags, parseSpecs } from "../flags/flag-spec.ts";
import type { FlagValues } from "../flags/values.ts";
import { flagText } from "../help/flag-texts.ts";
import { type Completions, DIRECTIVE } from "./directive.ts";

const LISTS = ["csv", "array", "pairs", "map"];

/**
 * The flags that begin with what is typed: the required ones that are missing, else those of every command, then the command's own;
 * one that is given is left out unless it may be repeated. Models cobra's getCompletions and getFlagNameCompletions.
 */
export function flagNames(path: string, typed: string, flags: FlagValues): Completions {
  const choices = requiredFlags(path, typed, flags);
  if (choices.length === 0) {
    const own = path === "" ? globalFlags() : ownFlags(path);
    const help = parseSpecs("help/h:bool");
    const inherited = path === "" ? [] : globalFlags().filter(({ name }) => !own.some((spec) => spec.name === name));
    for (const specs of [inherited, [...own, ...help]]) {
      specs.sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const spec of specs)
        if (!flags.changed(spec.name) || LISTS.includes(spec.type)) choices.push(...namesOf(path, spec, typed));
    }
  }
  return { choices, directive: DIRECTIVE.noFiles };
}

/** Required flags that are not given: they are offered in the place of arguments too. */
export function requiredFlags(path: string, typed: string, flags: FlagValues): Completions["choices"] {
  if (path === "") return [];
  return ownFlags(path)
    .filter((spec) => spec.required && !flags.changed(spec.name))
    .flatMap((spec) => namesOf(path, spec, typed));
}

function namesOf(path: string, spec: FlagSpec, typed: string): Completions["choices"] {
  if (spec.hidden) return [];
  const about = flagText(path, spec.name);
  const names = [`--${spec.name}`, ...(spec.shorthand === "" ? [] : [`-${spec.shorthand}`])];
  return names.filter((word) => word.startsWith(typed)).map((word) => ({ word, about }));
}
