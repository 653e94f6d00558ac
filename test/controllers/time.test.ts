import { describe, expect, test } from "vitest";
import type { Pod } from "../../src/api/types/core.ts";
import type { EndpointSlice } from "../../src/api/types/discovery.ts";
import { TestCluster, web } from "../support/cluster.ts";

const service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web" },
  spec: { selector: { app: "web" }, ports: [{ port: 80 }] },
};

describe("pod-start=5s", () => {
  test("pods, deployment and endpoints at 0, 4 and 5 seconds", async () => {
    const cluster = new TestCluster();
    await cluster.setting("pod-start", "5s");
    await cluster.create(web());
    await cluster.create(service);
    const [pod] = await cluster.names("pods");
    const tables = async () => [
      await cluster.table("pods"),
      await cluster.table("deployments.apps"),
      (await cluster.table("endpoints")).filter((line) => !line.startsWith("kubernetes")),
    ];
    expect(await tables()).toEqual([
      [
        `NAME${" ".repeat(pod!.length - 1)}READY   STATUS              RESTARTS   AGE`,
        `${pod}   0/1     ContainerCreating   0          0s`,
      ],
      ["NAME   READY   UP-TO-DATE   AVAILABLE   AGE", "web    0/1     1            0           0s"],
      ["NAME         ENDPOINTS           AGE", "web          <none>              0s"],
    ]);
    await cluster.advance(4);
    expect((await tables())[0]![1]).toBe(`${pod}   0/1     ContainerCreating   0          4s`);
    await cluster.advance(1);
    expect(await tables()).toEqual([
      [
        `NAME${" ".repeat(pod!.length - 1)}READY   STATUS    RESTARTS   AGE`,
        `${pod}   1/1     Running   0          5s`,
      ],
      ["NAME   READY   UP-TO-DATE   AVAILABLE   AGE", "web    1/1     1            1           5s"],
      ["NAME         ENDPOINTS           AGE", "web          10.244.0.4:80       5s"],
    ]);
  });
});

// Source: apimachinery pkg/util/duration HumanDuration.
test.each([
  [0, "0s"],
  [119, "119s"],
  [120, "2m"],
  [600, "10m"],
  [3 * 3600, "3h"],
  [48 * 3600, "2d"],
  [8 * 86_400, "8d"],
  [730 * 86_400, "2y"],
])("after %i s the age is %s", async (seconds, age) => {
  const cluster = new TestCluster();
  await cluster.create(service);
  await cluster.advance(seconds);
  expect((await cluster.table("services"))[2]?.split(/ +/).at(-1)).toBe(age);
});

test("the state is the same whether or not somebody looked in between", async () => {
  const run = async (looks: number[]) => {
    const cluster = new TestCluster();
    await cluster.setting("pod-start", "5s");
    await cluster.create(web(3));
    await cluster.create({
      ...web(1),
      metadata: { name: "broken" },
      spec: {
        ...web(1).spec,
        selector: { matchLabels: { app: "b" } },
        template: {
          metadata: { labels: { app: "b" } },
          spec: { containers: [{ name: "c", image: "busybox", command: ["false"] }] },
        },
      },
    });
    await cluster.commit();
    const start = cluster.clock.now();
    for (const at of looks) {
      cluster.clock.set(start + at * 1000);
      await cluster.table("pods");
      await cluster.commit();
    }
    cluster.clock.set(start + 1000_000);
    await cluster.patch("deployments.apps", "web", { metadata: { labels: { done: "yes" } } });
    return await cluster.file();
  };
  const expected = await run([]);
  expect(await run([3, 5, 17, 100, 600])).toBe(expected);
});

test("a pod that crashes has a bounded past: two years take no longer than a day", async () => {
  const cluster = new TestCluster();
  await cluster.create({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "p" },
    spec: { containers: [{ name: "c", image: "busybox", command: ["false"] }] },
  });
  await cluster.advance(2 * 365 * 86_400);
  const [, line] = await cluster.table("pods");
  expect(line).toContain("CrashLoopBackOff");
}, 120_000);

// Sources: kubernetes v1.36 staging/src/k8s.io/endpointslice utils.go podToEndpoint; pkg/kubelet killContainer.
test("pod-stop: a pod that stops is terminating and still serving, and is told to stop once", async () => {
  const cluster = new TestCluster();
  await cluster.create(web(1));
  await cluster.create(service);
  await cluster.setting("pod-stop", "10s");
  const [name] = await cluster.names("pods");
  await cluster.delete("pods", name!);
  const conditions = async () => {
    const slice = (await cluster.list<EndpointSlice>("endpointslices.discovery.k8s.io")).find(
      ({ metadata }) => metadata.name !== "kubernetes",
    );
    return slice?.endpoints?.find((endpoint) => endpoint.targetRef?.name === name)?.conditions;
  };
  expect(await conditions()).toEqual({ ready: false, serving: true, terminating: true });
  expect((await cluster.table("pods")).find((line) => line.startsWith(name!))).toContain("Terminating");
  await cluster.advance(10);
  expect(await conditions()).toBeUndefined();
  expect((await cluster.events(name!)).filter((event) => event.includes("Killing"))).toEqual([
    "Normal Killing Stopping container nginx",
  ]);
});

test("the binding counts neither as an owner nor as a generation", async () => {
  const cluster = new TestCluster();
  await cluster.create(web());
  const [pod] = await cluster.list<Pod>("pods");
  expect(pod?.metadata.generation).toBe(1);
  expect(pod?.metadata.managedFields?.map(({ manager }) => manager)).toEqual(["kube-controller-manager", "kubelet"]);
});
