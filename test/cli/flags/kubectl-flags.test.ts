import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type FlagSpec, globalFlags, ownFlags } from "../../../src/cli/flags/flag-spec.ts";
import { COMMANDS } from "../../../src/cli/root.ts";

interface Reference {
  global: ReferenceFlag[];
  commands: Record<string, { flags: ReferenceFlag[] }>;
}
interface ReferenceFlag {
  flag: string;
  type: string;
  default: string;
  short?: string;
}

const reference = JSON.parse(
  readFileSync(new URL("../../../fixtures/reference/kubectl-flags.json", import.meta.url), "utf8"),
) as Reference;

const KINDS: Readonly<Record<FlagSpec["type"], string>> = {
  bool: "bool",
  string: "string",
  int: "int",
  int32: "int",
  duration: "duration",
  csv: "list",
  array: "list",
  map: "list",
  pairs: "list",
};

const described = (spec: FlagSpec) => ({ flag: `--${spec.name}`, default: spec.defaultValue, short: spec.shorthand });
const wanted = (flag: ReferenceFlag) => ({
  flag: flag.flag,
  default: flag.default,
  short: (flag.short ?? "").replace("-", ""),
});

// What kubectl v1.36.2 says of its flags: fixtures/reference/kubectl-flags.json.
describe("flags of kubectl", () => {
  it.each(Object.keys(reference.commands))("%s", (path) => {
    const specs = ownFlags(path).filter((spec) => !spec.hidden);
    const flags = reference.commands[path]!.flags.filter((flag) => flag.flag !== "--help");
    expect(specs.map(described)).toEqual(flags.map(wanted).sort((a, b) => (a.flag < b.flag ? -1 : 1)));
    for (const flag of flags) {
      const spec = specs.find((one) => `--${one.name}` === flag.flag)!;
      // The reference was read off help texts, which show some lists as strings.
      if (flag.type !== "string") expect([flag.flag, KINDS[spec.type]]).toEqual([flag.flag, flag.type]);
    }
    expect(COMMANDS.some((entry) => entry.path === path)).toBe(true);
  });

  it("of every command", () => {
    expect(globalFlags().map(described)).toEqual(
      reference.global.map(wanted).sort((a, b) => (a.flag < b.flag ? -1 : 1)),
    );
  });
});
