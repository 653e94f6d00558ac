import { expect, test } from "vitest";
import { Kubectl } from "../support/kubectl.ts";

const RED = "\u001b[31mred\u001b[0m\u009b1m";

async function cluster(): Promise<Kubectl> {
  const kubectl = new Kubectl();
  await kubectl.ok(["create", "configmap", "esc", `--from-literal=a=${RED}`]);
  await kubectl.ok(["annotate", "configmap", "esc", `a=${RED}`]);
  const event = {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name: "e", namespace: "default" },
    involvedObject: { kind: "ConfigMap", name: "esc", namespace: "default" },
    message: RED,
    reason: RED,
    type: "Normal",
  };
  await kubectl.ok("create -f -", JSON.stringify(event));
  await kubectl.ok(["create", "deployment", "web", "--image=nginx"]);
  await kubectl.ok(["set", "env", "deployment/web", `A=${RED}`]);
  await kubectl.ok(["annotate", "deployment", "web", `kubernetes.io/change-cause=${RED}`]);
  await kubectl.ok(["config", "set-context", RED, `--namespace=${RED}`]);
  await kubectl.ok(["config", "set-cluster", RED]);
  await kubectl.ok(["config", "set-credentials", RED, "--username=a"]);
  await kubectl.ok(["outside", "add", "red.example", "192.0.2.9", "--http", RED]);
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
  "get events",
  "get events -o wide",
  "get events -o custom-columns=A:.message",
  "events",
  "set env deployment/web --list",
  "describe deployment web",
  "rollout history deployment/web",
  "config get-contexts",
  "config get-clusters",
  "config get-users",
  "config view",
  "outside list",
  "export",
  'patch configmap esc -p {"data":{"b":"c"}} -o go-template={{.data.a}}',
];

test.each(COMMANDS)("%s sends no control sequence to a terminal", async (line) => {
  const kubectl = await cluster();
  kubectl.terminal = true;
  const text = await kubectl.ok(line);
  expect(text).toContain("red");
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
