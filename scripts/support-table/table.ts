import { loadBehaviour } from "../../src/api/kinds/load.ts";
import { type KindInfo, kinds, resourceKey } from "../../src/api/registry.ts";
import { childrenOf } from "../../src/cli/find-command.ts";
import { COMMANDS, type CommandEntry } from "../../src/cli/root.ts";
import { controllers } from "../../src/controllers/controllers.ts";

/** The README's tables of what is simulated, read off the registry, the list of commands and the controllers. */
export async function supportTable(): Promise<string> {
  return `${verbTable()}\n\n${await kindTable()}`;
}

function verbTable(): string {
  const top = COMMANDS.filter((entry) => !entry.path.includes(" ") && entry.path !== "");
  const row = (entry: CommandEntry): [name: string, works: string] => {
    const below = childrenOf(entry.path).map((child) => `\`${child.path.slice(entry.path.length + 1)}\``);
    return [entry.path, below.length > 0 ? `yes: ${below.join(", ")}` : "yes"];
  };
  const lines = (own: boolean) =>
    top
      .filter((entry) => !!entry.own === own)
      .map(row)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, works]) => `| \`${name}\` | ${works} |`);
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

async function kindTable(): Promise<string> {
  const stored = kinds.filter((info) => info.verbs.includes("list") && !info.storage);
  const controlled = (key: string) =>
    controllers.some(({ watches, onlyReads }) => typeof watches !== "function" && !onlyReads && watches[0] === key);
  const level = async (info: KindInfo) =>
    (await loadBehaviour(info))
      ? controlled(resourceKey(info))
        ? "defaults, validation and a controller"
        : "defaults and validation"
      : "stored, listed and validated by schema";
  const groups = new Map<string, string[]>();
  for (const info of stored) {
    const name = await level(info);
    groups.set(name, [...(groups.get(name) ?? []), info.kind]);
  }
  return [
    "| what is simulated | kinds |",
    "|---|---|",
    ...["defaults, validation and a controller", "defaults and validation", "stored, listed and validated by schema"]
      .filter((name) => groups.has(name))
      .map((name) => `| ${name} | ${groups.get(name)!.join(", ")} |`),
  ].join("\n");
}
