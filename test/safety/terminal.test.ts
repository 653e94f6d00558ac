import { expect, test } from "vitest";
import { Kubectl } from "../support/kubectl.ts";

const RED = "\u001b[31mred\u001b[0m\u009b1m";

async function cluster(): Promise<Kubectl> {
  const kubectl = new Kubectl();
  await kubectl.ok(["create", "configmap", "esc", `--from-literal=a=${RED}`]);
  await kubectl.ok(["annotate", "configmap", "esc", `a=${RED}`]);
  return kubectl;
}

const COMMANDS = [
  "get configmap esc -o jsonpath={.data.a}",
  "get configmap esc -o go-template={{.data.a}}",
  "get configmap esc -o custom-columns=A:.data.a",
  "get configmap esc -o yaml",
  "get configmap esc -o json",
  "get configmap esc -o kyaml",
  "describe configmap esc",
  "annotate configmap esc --list",
  "label configmap esc x=y -o jsonpath={.data.a}",
  'patch configmap esc -p {"data":{"b":"c"}} -o go-template={{.data.a}}',
];

test.each(COMMANDS)("%s sends no control sequence to a terminal", async (line) => {
  const kubectl = await cluster();
  kubectl.terminal = true;
  const text = await kubectl.ok(line);
  expect(text).toContain("red");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(text.match(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g)).toBeNull();
});

test("a pipe gets the field as it is", async () => {
  expect(await (await cluster()).ok(COMMANDS[0]!)).toBe(RED);
});

test("on a terminal the sequence can be seen", async () => {
  const kubectl = await cluster();
  kubectl.terminal = true;
  expect(await kubectl.ok(COMMANDS[0]!)).toBe("^[[31mred^[[0mM-^[1m");
});
