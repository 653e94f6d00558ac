import { expect, test } from "vitest";
import type { Service } from "../../src/api/types/core.ts";
import { TestCluster } from "../support/cluster.ts";

const lb = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "lb" },
  spec: { type: "LoadBalancer", ports: [{ port: 80 }] },
};
const ingress = async (cluster: TestCluster) =>
  (await cluster.get<Service>("services", "lb")).status?.loadBalancer?.ingress;

// Source: the table of profiles in shared design.md.
test.each([
  ["docker-desktop", [{ hostname: "localhost" }]],
  ["bare", undefined],
  ["kind", undefined],
  ["linux", [{ ip: "192.168.1.10", ipMode: "VIP" }]],
])("%s gives a load balancer %j at once", async (profile, expected) => {
  const cluster = new TestCluster({ profile });
  await cluster.create(lb);
  expect(await ingress(cluster)).toEqual(expected);
});

test("cloud: a name 5 s after the Service becomes a load balancer, and none when it no longer is", async () => {
  const cluster = new TestCluster({ profile: "cloud" });
  await cluster.create({ ...lb, spec: { ...lb.spec, type: "ClusterIP" } });
  await cluster.advance(60);
  await cluster.patch("services", "lb", { spec: { type: "LoadBalancer" } });
  await cluster.advance(4);
  expect(await ingress(cluster)).toBeUndefined();
  await cluster.advance(1);
  expect((await ingress(cluster))?.[0]?.hostname?.endsWith(".us-east-1.elb.amazonaws.com")).toBe(true);
  await cluster.patch("services", "lb", { spec: { type: "ClusterIP" } });
  expect(await ingress(cluster)).toBeUndefined();
});

test("bare: what somebody sets stays", async () => {
  const cluster = new TestCluster({ profile: "bare" });
  await cluster.create(lb);
  await cluster.patch("services", "lb", { status: { loadBalancer: { ingress: [{ ip: "203.0.113.7" }] } } }, "status");
  await cluster.advance(3600);
  expect(await ingress(cluster)).toEqual([{ ip: "203.0.113.7", ipMode: "VIP" }]);
});
