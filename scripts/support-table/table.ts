import { kinds, resourceKey } from "../../src/api/registry.ts";
import { childrenOf } from "../../src/cli/find-command.ts";
import { COMMANDS, type CommandEntry } from "../../src/cli/root.ts";
import { controllers } from "../../src/controllers/controllers.ts";

/** The README's tables of what is simulated, read off the registry, the list of commands and the controllers. */
export function supportTable(): string {
  return `${verbTable()}\n\n${kindTable()}`;
}

function verbTable(): string {
  const top = COMMANDS.filter((entry) => !entry.path.includes(" ") && entry.path !== "");
  const row = (entry: CommandEntry): [name: string, works: string, refused: string] => {
    const below = childrenOf(entry.path);
    const works = below.filter((child) => child.load || childrenOf(child.path).some((leaf) => leaf.load));
    const refused = below.filter((child) => !works.includes(child));
    const last = (child: CommandEntry) => `\`${child.path.slice(entry.path.length + 1)}\``;
    return [
      entry.path,
      entry.load || works.length
        ? works.length
          ? `yes: ${works.map(last).join(", ")}`
          : "yes"
        : "no, refused by name",
      refused.length && works.length ? refused.map(last).join(", ") : "",
    ];
  };
  const lines = (own: boolean) =>
    top
      .filter((entry) => !!entry.own === own)
      .map(row)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, works, refused]) => `| \`${name}\` | ${works}${refused ? `; refused by name: ${refused}` : ""} |`);
  return [
    "| kubectl verb | simulated |",
    "|---|---|",
    ...lines(false),
    "",
    "| kubemu's own | there |",
    "|---|---|",
    ...lines(true),
  ].join("\n");
}

function kindTable(): string {
  const stored = kinds.filter((info) => info.verbs.includes("list") && !info.storage);
  const controlled = (key: string) =>
    controllers.some(({ watches, onlyReads }) => typeof watches !== "function" && !onlyReads && watches[0] === key);
  const level = (info: (typeof stored)[number]) =>
    info.behaviour
      ? controlled(resourceKey(info))
        ? "defaults, validation and a controller"
        : "defaults and validation"
      : "stored, listed and validated by schema";
  const groups = new Map<string, string[]>();
  for (const info of stored) {
    const names = groups.get(level(info)) ?? [];
    groups.set(level(info), [...names, info.kind]);
  }
  return [
    "| what is simulated | kinds |",
    "|---|---|",
    ...["defaults, validation and a controller", "defaults and validation", "stored, listed and validated by schema"]
      .filter((name) => groups.has(name))
      .map((name) => `| ${name} | ${groups.get(name)!.join(", ")} |`),
  ].join("\n");
}
