import { describe, expect, test } from "vitest";
import type { Pod } from "../../src/api/types/core.ts";
import { TestCluster } from "../support/cluster.ts";

function agent(more: Record<string, unknown> = {}, spec: Record<string, unknown> = {}) {
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "agent" },
    spec: {
      selector: { matchLabels: { app: "agent" } },
      template: {
        metadata: { labels: { app: "agent" } },
        spec: { containers: [{ name: "a", image: "nginx" }], ...spec },
      },
      ...more,
    },
  };
}

const nodesOf = async (cluster: TestCluster) =>
  (await cluster.list<Pod>("pods")).map((pod) => pod.spec?.nodeName).sort();

// Sources: kubernetes v1.36 pkg/controller/daemon (daemon_controller.go, update.go, util/daemonset_util.go).
describe("DaemonSet", () => {
  test("one pod a node; a taint that is not tolerated keeps it away", async () => {
    const cluster = new TestCluster({ profile: "kind" });
    await cluster.create(agent());
    expect(await nodesOf(cluster)).toEqual(["kind-worker", "kind-worker2"]);
    expect((await cluster.get("daemonsets.apps", "agent")).status).toEqual({
      currentNumberScheduled: 2,
      numberMisscheduled: 0,
      desiredNumberScheduled: 2,
      numberReady: 2,
      observedGeneration: 1,
      updatedNumberScheduled: 2,
      numberAvailable: 2,
    });
  });

  test("a toleration brings the control plane in; nodeSelector keeps nodes out", async () => {
    const cluster = new TestCluster({ profile: "kind" });
    const tolerations = [{ key: "node-role.kubernetes.io/control-plane", operator: "Exists" }];
    await cluster.create(agent({}, { tolerations }));
    expect(await nodesOf(cluster)).toEqual(["kind-control-plane", "kind-worker", "kind-worker2"]);
    await cluster.patch("daemonsets.apps", "agent", {
      spec: { template: { spec: { nodeSelector: { disk: "ssd" } } } },
    });
    expect(await nodesOf(cluster)).toEqual([]);
    await cluster.patch("nodes", "kind-worker", { metadata: { labels: { disk: "ssd" } } }, "", "");
    expect(await nodesOf(cluster)).toEqual(["kind-worker"]);
  });

  test("its pods carry the node as an affinity and the daemon tolerations", async () => {
    const cluster = new TestCluster();
    await cluster.create(agent());
    const [pod] = await cluster.list<Pod>("pods");
    expect(pod?.spec?.affinity).toEqual({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "In", values: ["docker-desktop"] }] }],
        },
      },
    });
    expect(pod?.spec?.tolerations?.map(({ key, effect }) => `${key}:${effect}`)).toEqual([
      "node.kubernetes.io/not-ready:NoExecute",
      "node.kubernetes.io/unreachable:NoExecute",
      "node.kubernetes.io/disk-pressure:NoSchedule",
      "node.kubernetes.io/memory-pressure:NoSchedule",
      "node.kubernetes.io/pid-pressure:NoSchedule",
      "node.kubernetes.io/unschedulable:NoSchedule",
    ]);
    expect(pod?.metadata.labels?.["pod-template-generation"]).toBe("1");
  });

  test("a new template replaces one pod at a time", async () => {
    const cluster = new TestCluster({ profile: "cloud" });
    await cluster.create(agent());
    await cluster.setting("pod-start", "5s");
    await cluster.patch("daemonsets.apps", "agent", { spec: { template: { metadata: { labels: { v: "2" } } } } });
    const ready = async () => (await cluster.table("daemonsets.apps"))[1]?.replace(/ +/g, " ");
    expect(await ready()).toBe("agent 3 3 2 1 2 <none> 0s");
    await cluster.advance(5);
    expect(await ready()).toBe("agent 3 3 2 2 2 <none> 5s");
    await cluster.advance(10);
    expect(await ready()).toBe("agent 3 3 3 3 3 <none> 15s");
  });

  test("its events name the pods", async () => {
    const cluster = new TestCluster();
    await cluster.create(agent());
    const [name] = await cluster.names("pods");
    expect(await cluster.events("agent")).toEqual([`Normal SuccessfulCreate Created pod: ${name}`]);
  });
});
