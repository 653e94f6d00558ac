import { expect, test } from "vitest";
import { Kubectl } from "./kubectl.ts";

test("each line is a process of its own on one cluster in memory", async () => {
  const kubectl = new Kubectl();
  expect(await kubectl.ok("create namespace a")).toBe("namespace/a created\n");
  expect(await kubectl.run("create namespace a")).toEqual({
    stdout: "",
    stderr: 'Error from server (AlreadyExists): namespaces "a" already exists\n',
    status: 1,
  });
});
