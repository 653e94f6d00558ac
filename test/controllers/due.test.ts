import { expect, test } from "vitest";
import { isDue } from "../../src/controllers/due.ts";
import { Kubectl } from "../support/kubectl.ts";

test("what is due shows to who looks at it", () => {
  const expiry = [10, "event-expiry", "10"] as const;
  const pod = [20, "kubelet", "default/web"] as const;
  expect(isDue([], 30, undefined)).toBe(false);
  expect(isDue([[...expiry]], 9, undefined)).toBe(false);
  expect(isDue([[...expiry]], 10, undefined)).toBe(true);
  expect(isDue([[...expiry]], 10, "services")).toBe(false);
  expect(isDue([[...expiry]], 10, "events")).toBe(true);
  expect(isDue([[...expiry]], 10, "events.events.k8s.io")).toBe(true);
  expect(isDue([[...expiry], [...pod]], 19, "services")).toBe(false);
  expect(isDue([[...expiry], [...pod]], 20, "services")).toBe(true);
});

// kube-apiserver's --event-ttl is an hour.
test("events of more than an hour ago are gone for who lists or describes, and a later write finds all as it was", async () => {
  const kubectl = new Kubectl();
  await kubectl.run("create deployment web --image=nginx");
  kubectl.now += 2 * 3_600_000;
  expect((await kubectl.run("get deployments -o name")).stdout).toBe("deployment.apps/web\n");
  expect((await kubectl.run("get events")).stderr).toBe("No resources found in default namespace.\n");
  const described = await kubectl.run("describe deployment web");
  expect(described.stdout.endsWith("Events:          <none>\n")).toBe(true);
  await kubectl.run("scale deployment web --replicas=2");
  expect((await kubectl.run("get events -o name")).stdout.trim().split("\n").length).toBeGreaterThan(1);
  expect((await kubectl.run("get deployments -o name")).stdout).toBe("deployment.apps/web\n");
});

test("a watch whose clock jumps ends when nothing more can happen, whatever is due that it does not show", async () => {
  const kubectl = new Kubectl();
  await kubectl.run("create deployment web --image=nginx");
  const watched = await kubectl.run("get deployments -w -o name");
  expect(watched).toEqual({ stdout: "deployment.apps/web\n", stderr: "", status: 0 });
  kubectl.now += 2 * 3_600_000;
  expect(await kubectl.run("get deployments -w -o name")).toEqual(watched);
});
