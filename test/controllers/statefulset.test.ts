import { describe, expect, test } from "vitest";
import type { Pod } from "../../src/api/types/core.ts";
import { TestCluster } from "../support/cluster.ts";

function db(more: Record<string, unknown> = {}) {
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "db" },
    spec: {
      serviceName: "db",
      replicas: 3,
      selector: { matchLabels: { app: "db" } },
      template: { metadata: { labels: { app: "db" } }, spec: { containers: [{ name: "pg", image: "nginx" }] } },
      ...more,
    },
  };
}

// Sources: kubernetes v1.36 pkg/controller/statefulset (stateful_set_control.go, stateful_set_utils.go, stateful_pod_control.go).
describe("StatefulSet", () => {
  test("pods have ordinal names, labels, hostname and subdomain", async () => {
    const cluster = new TestCluster();
    await cluster.create(db());
    expect(await cluster.names("pods")).toEqual(["db-0", "db-1", "db-2"]);
    const [revision] = await cluster.names("controllerrevisions.apps");
    const pod = await cluster.get<Pod>("pods", "db-1");
    expect(pod.metadata.labels).toEqual({
      app: "db",
      "apps.kubernetes.io/pod-index": "1",
      "controller-revision-hash": revision,
      "statefulset.kubernetes.io/pod-name": "db-1",
    });
    expect([pod.metadata.generateName, pod.spec?.hostname, pod.spec?.subdomain]).toEqual(["db-", "db-1", "db"]);
    expect((await cluster.get("statefulsets.apps", "db")).status).toEqual({
      observedGeneration: 1,
      replicas: 3,
      readyReplicas: 3,
      currentReplicas: 3,
      updatedReplicas: 3,
      currentRevision: revision,
      updateRevision: revision,
      collisionCount: 0,
      availableReplicas: 3,
    });
    expect(await cluster.events("db")).toEqual([
      "Normal SuccessfulCreate Create Pod db-0 in StatefulSet db successful",
      "Normal SuccessfulCreate Create Pod db-1 in StatefulSet db successful",
      "Normal SuccessfulCreate Create Pod db-2 in StatefulSet db successful",
    ]);
  });

  test("OrderedReady: the next pod comes when the one before is ready; Parallel makes all at once", async () => {
    const cluster = new TestCluster();
    await cluster.setting("pod-start", "5s");
    await cluster.create(db());
    const ages = async () => (await cluster.table("pods")).slice(1).map((line) => line.replace(/ +/g, " "));
    expect(await ages()).toEqual(["db-0 0/1 ContainerCreating 0 0s"]);
    await cluster.advance(5);
    expect(await ages()).toEqual(["db-0 1/1 Running 0 5s", "db-1 0/1 ContainerCreating 0 0s"]);
    await cluster.advance(10);
    expect(await ages()).toEqual(["db-0 1/1 Running 0 15s", "db-1 1/1 Running 0 10s", "db-2 1/1 Running 0 5s"]);
    await cluster.delete("statefulsets.apps", "db");
    await cluster.create(db({ podManagementPolicy: "Parallel" }));
    expect(await ages()).toEqual([
      "db-0 0/1 ContainerCreating 0 0s",
      "db-1 0/1 ContainerCreating 0 0s",
      "db-2 0/1 ContainerCreating 0 0s",
    ]);
  });

  test("scaling down takes the largest number first", async () => {
    const cluster = new TestCluster();
    await cluster.create(db());
    await cluster.patch("statefulsets.apps", "db", { spec: { replicas: 1 } });
    expect(await cluster.names("pods")).toEqual(["db-0"]);
    expect((await cluster.events("db")).filter((event) => event.includes("Delete"))).toEqual([
      "Normal SuccessfulDelete Delete Pod db-2 in StatefulSet db successful",
      "Normal SuccessfulDelete Delete Pod db-1 in StatefulSet db successful",
    ]);
  });

  test("an update goes down to the partition, and on when the partition moves", async () => {
    const cluster = new TestCluster();
    await cluster.create(db({ updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 2 } } }));
    const [before] = await cluster.names("controllerrevisions.apps");
    const template = { metadata: { labels: { v: "2" } } };
    await cluster.patch("statefulsets.apps", "db", { spec: { template } });
    const revisions = async () =>
      (await cluster.list("pods")).map((pod) => pod.metadata.labels?.["controller-revision-hash"] === before);
    expect(await revisions()).toEqual([true, true, false]);
    await cluster.delete("pods", "db-0");
    expect(await revisions()).toEqual([true, true, false]);
    await cluster.patch("statefulsets.apps", "db", { spec: { updateStrategy: { rollingUpdate: { partition: 0 } } } });
    expect(await revisions()).toEqual([false, false, false]);
    const { status } = await cluster.get<{ status: { currentRevision: string } } & Pod>("statefulsets.apps", "db");
    expect(status.currentRevision).not.toBe(before);
  });

  test("a rollback takes the old revision up again under a new number", async () => {
    const cluster = new TestCluster();
    await cluster.create(db({ replicas: 1 }));
    await cluster.patch("statefulsets.apps", "db", { spec: { template: { metadata: { labels: { v: "2" } } } } });
    await cluster.patch("statefulsets.apps", "db", { spec: { template: { metadata: { labels: { v: null } } } } });
    const numbers = (await cluster.list<Pod & { revision: number }>("controllerrevisions.apps")).map((r) => r.revision);
    expect(numbers.sort()).toEqual([2, 3]);
  });

  test("volumeClaimTemplates make one claim a pod", async () => {
    const cluster = new TestCluster();
    const claim = {
      metadata: { name: "data" },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
    };
    await cluster.create(db({ replicas: 1, volumeClaimTemplates: [claim] }));
    expect(await cluster.names("persistentvolumeclaims")).toEqual(["data-db-0"]);
    expect((await cluster.events("db"))[0]).toBe(
      "Normal SuccessfulCreate Create Claim data-db-0 Pod db-0 in StatefulSet db success",
    );
    const pod = await cluster.get<Pod>("pods", "db-0");
    expect(pod.spec?.volumes?.[0]).toEqual({ name: "data", persistentVolumeClaim: { claimName: "data-db-0" } });
  });
});
