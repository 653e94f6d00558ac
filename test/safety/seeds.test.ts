import { expect, test } from "vitest";
import { Kubectl } from "../support/kubectl.ts";

const STATE = "/state.json";

async function service(kubectl: Kubectl, name: string): Promise<{ clusterIP: string; nodePort: number }> {
  const out = await kubectl.ok(["get", "service", name, "-o", "jsonpath={.spec.clusterIP} {.spec.ports[0].nodePort}"]);
  const [clusterIP = "", nodePort] = out.split(" ");
  return { clusterIP, nodePort: Number(nodePort) };
}

// The dynamic values come from the upper band of a range: kubernetes pkg/registry/core/service/{ipallocator,portallocator}.
test("over 40 seeds the first node port takes 30 values and more, from the upper band; so does the address", async () => {
  const ports = new Set<number>();
  for (let seed = 0; seed < 40; seed++) {
    const kubectl = new Kubectl({ env: { KUBEMU_SEED: `seed-${seed}` } });
    await kubectl.ok("create service nodeport web --tcp=80");
    const { clusterIP, nodePort } = await service(kubectl, "web");
    expect(nodePort).toBeGreaterThanOrEqual(30086);
    expect(nodePort).toBeLessThanOrEqual(32767);
    ports.add(nodePort);
    const [a, b, c] = clusterIP.split(".").map(Number);
    expect([a, b! >= 96 && b! <= 111, b! > 96 || c! >= 1], clusterIP).toEqual([10, true, true]);
  }
  expect(ports.size).toBeGreaterThanOrEqual(30);
});

async function play(seed: string): Promise<Buffer> {
  const kubectl = new Kubectl({ env: { KUBEMU_SEED: seed } });
  await kubectl.ok("create deployment web --image=nginx --replicas=3");
  await kubectl.ok("create service nodeport web --tcp=80");
  await kubectl.ok("create service loadbalancer lb --tcp=80");
  return kubectl.files.read(STATE);
}

test("the same seed at the same time gives the same file, byte for byte; another one does not", async () => {
  expect((await play("a")).equals(await play("a"))).toBe(true);
  expect((await play("a")).equals(await play("b"))).toBe(false);
});

test("an unrelated command in between changes nothing of a later Service's address and port", async () => {
  const plain = new Kubectl();
  const busy = new Kubectl();
  await busy.ok("create deployment other --image=nginx");
  await busy.ok("create namespace elsewhere");
  await busy.ok("create service clusterip other --tcp=1");
  for (const kubectl of [plain, busy]) await kubectl.ok("create service nodeport web --tcp=80");
  expect(await service(busy, "web")).toEqual(await service(plain, "web"));
});

test("readers never write, and two readers agree", async () => {
  const kubectl = new Kubectl();
  await kubectl.ok("create deployment web --image=nginx");
  await kubectl.ok("create service loadbalancer web --tcp=80");
  const before = kubectl.files.read(STATE);
  kubectl.now += 600_000;
  kubectl.beforeFileCall = (call) => {
    if (!["read", "open", "stat", "exists", "isDirectory", "realpath", "list"].includes(call))
      throw new Error(`a reader called ${call}`);
  };
  for (const line of [
    "get all",
    "get services -o yaml",
    "get pods -o wide",
    "get events",
    "get endpointslices -A -o json",
  ]) {
    const { now } = kubectl;
    const first = await kubectl.ok(line);
    kubectl.now = now;
    expect(await kubectl.ok(line), line).toBe(first);
  }
  expect(kubectl.files.read(STATE)).toBe(before);
});

test("what a reader saw of the time that passed is what the next writer stores", async () => {
  const kubectl = new Kubectl({ profile: "cloud" });
  await kubectl.ok("create service loadbalancer web --tcp=80");
  kubectl.now += 60_000;
  const { now } = kubectl;
  const seen = await kubectl.ok("get service web -o yaml");
  kubectl.now = now;
  await kubectl.ok("create namespace later");
  kubectl.now = now;
  expect(await kubectl.ok("get service web -o yaml")).toBe(seen);
});
