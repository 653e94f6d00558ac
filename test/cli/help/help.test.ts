import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { findCommand } from "../../../src/cli/find-command.ts";
import { flagSetOf, globalFlags, ownFlags } from "../../../src/cli/flags/flag-spec.ts";
import { parseArguments } from "../../../src/cli/flags/parse.ts";
import { flagText } from "../../../src/cli/help/flag-texts.ts";
import { pageOf } from "../../../src/cli/help/pages.ts";
import { TOPICS } from "../../../src/cli/help/topics.ts";
import { COMMANDS } from "../../../src/cli/root.ts";
import { runLine } from "../../support/terminal.ts";

describe("every command", () => {
  it("has a line about it, and examples where it does something itself", () => {
    const bare = COMMANDS.filter(({ path, group }) => {
      const page = pageOf(path);
      return page.about === "" || (page.examples.length === 0 && group === undefined && !path.startsWith("kuberc"));
    });
    expect(bare.map(({ path }) => path)).toEqual([]);
  });

  it("has a text for each flag", () => {
    const missing = ["", ...COMMANDS.map(({ path }) => path)].flatMap((path) =>
      (path === "" ? globalFlags() : ownFlags(path))
        .filter((spec) => !spec.hidden && flagText(path, spec.name) === "")
        .map((spec) => `${path} --${spec.name}`),
    );
    expect(missing).toEqual([]);
  });

  it("has examples that call it with flags that it has", () => {
    for (const { path, rawArguments } of COMMANDS) {
      if (rawArguments) continue;
      for (const example of pageOf(path).examples) {
        const words = shellWords(
          example
            .replace(/^.*?(kubectl|kubemu) /, "")
            .replace(/[>)"].*$/, (rest) => (rest.startsWith('"') ? rest : "")),
        );
        const found = findCommand(words);
        expect([example, found.entry.path]).toEqual([example, path]);
        expect(() => parseArguments(found.argv, flagSetOf(path)), example).not.toThrow();
      }
    }
  });

  it.each(COMMANDS.filter((entry) => !entry.rawArguments).map(({ path }) => path))(
    "%s -h lists its flags",
    async (path) => {
      const { stdout, stderr, status } = await runLine([...path.split(" "), "-h"]);
      expect([stderr, status]).toEqual(["", 0]);
      expect(stdout.split(" ").slice(0, 1)).toEqual(["Usage:"]);
      for (const spec of ownFlags(path)) expect(stdout.includes(`--${spec.name}`)).toBe(!spec.hidden);
    },
  );
});

/** The words of an example, quotes taken off. */
function shellWords(line: string): string[] {
  return [...line.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, "$1$2"),
  );
}

it("shows the help of a command", async () => {
  const { stdout } = await runLine(["api-versions", "--help"]);
  expect(stdout).toBe(`Usage: kubectl api-versions

List the API versions that the server serves.

Examples:
  kubectl api-versions

Flags that every command takes: 'kubectl options'.
`);
});

it("shows the help of the program for no command, and of a topic", async () => {
  const root = await runLine([]);
  expect([root.stderr, root.status]).toEqual(["", 0]);
  expect(root.stdout.split("\n")[0]).toBe("Usage: kubectl COMMAND [flags]");
  expect(await runLine(["help", "config", "use"])).toEqual(await runLine(["config", "use-context", "-h"]));
  expect(await runLine(["help", "nothing"])).toEqual({
    stdout: "",
    stderr: `Unknown help topic [\`nothing\`]\n${root.stdout}`,
    status: 0,
  });
});

describe("topics", () => {
  it.each(TOPICS)("kubemu help $name", async ({ name, text }) => {
    expect(await runLine(["help", name])).toEqual({ stdout: `${text}\n`, stderr: "", status: 0 });
    expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("are listed, and in the program's help", async () => {
    const { stdout } = await runLine(["help", "topics"]);
    expect(stdout.split("\n").slice(0, 3)).toEqual([
      "Topics ('kubemu help TOPIC'):",
      "  state         the state file: where the cluster lives",
      "  profiles      the clusters that people learn on, and what each lets you reach",
    ]);
    expect((await runLine([])).stdout).toContain(stdout);
  });

  it("name no command", () => {
    expect(TOPICS.filter(({ name }) => COMMANDS.some((entry) => entry.path === name))).toEqual([]);
  });
});

it("shows the help of a group on the stream that kubectl uses", async () => {
  const group = await runLine(["create", "service"]);
  expect([group.stdout, group.status]).toEqual(["", 1]);
  const rollout = await runLine(["rollout"]);
  expect([rollout.stderr, rollout.status]).toEqual(["", 1]);
});

it("tells the version of the package", async () => {
  const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../../package.json"), "utf8"));
  expect((await runLine([])).stdout.split("\n")[2]).toBe(
    `kubectl 1.36 with a simulated cluster in one file behind it: kubemu ${version}.`,
  );
});
