import { describe, expect, test } from "vitest";
import type { Deployment, ReplicaSet } from "../../src/api/types/apps.ts";
import type { Pod } from "../../src/api/types/core.ts";
import { TestCluster, web } from "../support/cluster.ts";

const short = (lines: string[]) => lines.slice(1).map((line) => line.replace(/ +/g, " ").trim());
const image = (name: string) => ({
  spec: { template: { spec: { containers: [{ name: "nginx", image: name, ports: [{ containerPort: 80 }] }] } } },
});
const sizes = async (cluster: TestCluster) =>
  (await cluster.list<ReplicaSet>("replicasets.apps"))
    .sort((a, b) => revision(a) - revision(b))
    .map((set) => set.spec?.replicas);
const revision = (set: ReplicaSet) => Number(set.metadata.annotations?.["deployment.kubernetes.io/revision"]);

// Sources: kubernetes v1.36 pkg/controller/deployment (rolling.go, sync.go, progress.go, recreate.go, util/deployment_util.go).
describe("Deployment", () => {
  test("its status and conditions when all is well", async () => {
    const cluster = new TestCluster();
    await cluster.create(web(2));
    const { metadata, status } = await cluster.get<Deployment>("deployments.apps", "web");
    expect(metadata.annotations).toEqual({ "deployment.kubernetes.io/revision": "1" });
    const at = "2026-11-22T15:00:00Z";
    const [set] = await cluster.names("replicasets.apps");
    expect(status).toEqual({
      observedGeneration: 1,
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      terminatingReplicas: 0,
      conditions: [
        {
          type: "Available",
          status: "True",
          lastUpdateTime: at,
          lastTransitionTime: at,
          reason: "MinimumReplicasAvailable",
          message: "Deployment has minimum availability.",
        },
        {
          type: "Progressing",
          status: "True",
          lastUpdateTime: at,
          lastTransitionTime: at,
          reason: "NewReplicaSetAvailable",
          message: `ReplicaSet "${set}" has successfully progressed.`,
        },
      ],
    });
  });

  test("a rolling update goes in steps of maxSurge and maxUnavailable", async () => {
    const cluster = new TestCluster();
    await cluster.create(web(4));
    await cluster.setting("pod-start", "5s");
    await cluster.patch("deployments.apps", "web", image("nginx:1.27"));
    expect(await sizes(cluster)).toEqual([3, 2]);
    expect(short(await cluster.table("deployments.apps"))).toEqual(["web 3/4 2 3 0s"]);
    await cluster.advance(5);
    expect(await sizes(cluster)).toEqual([1, 4]);
    await cluster.advance(5);
    expect(await sizes(cluster)).toEqual([0, 4]);
    const [old, current] = (await cluster.list<ReplicaSet>("replicasets.apps")).sort(
      (a, b) => revision(a) - revision(b),
    );
    expect(await cluster.events("web")).toEqual([
      `Normal ScalingReplicaSet Scaled up replica set ${old?.metadata.name} from 0 to 4`,
      `Normal ScalingReplicaSet Scaled up replica set ${current?.metadata.name} from 0 to 1`,
      `Normal ScalingReplicaSet Scaled down replica set ${old?.metadata.name} from 4 to 3`,
      `Normal ScalingReplicaSet Scaled up replica set ${current?.metadata.name} from 1 to 2`,
      // Pods report ready one after the other, and each report is a step.
      `Normal ScalingReplicaSet Scaled down replica set ${old?.metadata.name} from 3 to 2`,
      `Normal ScalingReplicaSet Scaled up replica set ${current?.metadata.name} from 2 to 3`,
      `Normal ScalingReplicaSet Scaled down replica set ${old?.metadata.name} from 2 to 1`,
      `Normal ScalingReplicaSet Scaled up replica set ${current?.metadata.name} from 3 to 4`,
      `Normal ScalingReplicaSet Scaled down replica set ${old?.metadata.name} from 1 to 0`,
    ]);
  });

  test("an image that is not there stops the rollout, and the deadline says so", async () => {
    const cluster = new TestCluster();
    await cluster.create(web(4, { progressDeadlineSeconds: 60 }));
    await cluster.patch("deployments.apps", "web", image("gcr.io/google-samples/hello-app:nothere"));
    expect(await sizes(cluster)).toEqual([3, 2]);
    await cluster.advance(61);
    const { status } = await cluster.get<Deployment>("deployments.apps", "web");
    expect(status?.conditions?.map(({ type, status: is, reason }) => `${type}=${is} ${reason}`)).toEqual([
      "Available=True MinimumReplicasAvailable",
      "Progressing=False ProgressDeadlineExceeded",
    ]);
    await cluster.patch("deployments.apps", "web", image("nginx"));
    expect(await sizes(cluster)).toEqual([0, 4]);
    const [set] = (await cluster.list<ReplicaSet>("replicasets.apps")).filter((item) => item.spec?.replicas === 4);
    expect(set?.metadata.annotations?.["deployment.kubernetes.io/revision"]).toBe("3");
    expect(set?.metadata.annotations?.["deployment.kubernetes.io/revision-history"]).toBe("1");
  });

  test("paused it does not roll out; Recreate stops all before it starts", async () => {
    const cluster = new TestCluster();
    await cluster.create(web(3, { strategy: { type: "Recreate" } }));
    await cluster.patch("deployments.apps", "web", { spec: { paused: true } });
    await cluster.patch("deployments.apps", "web", image("nginx:1.27"));
    expect(await sizes(cluster)).toEqual([3]);
    await cluster.setting("pod-stop", "3s");
    await cluster.patch("deployments.apps", "web", { spec: { paused: false } });
    expect(await sizes(cluster)).toEqual([0]);
    await cluster.advance(3);
    expect(await sizes(cluster)).toEqual([0, 3]);
  });

  test("scaling in the middle of a rollout is shared out", async () => {
    const cluster = new TestCluster();
    await cluster.create(web(10, { strategy: { rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } } }));
    await cluster.patch("deployments.apps", "web", image("gcr.io/google-samples/hello-app:nothere"));
    expect(await sizes(cluster)).toEqual([8, 5]);
    // The example of the Kubernetes documentation: 8 + 5 become 11 + 7.
    await cluster.patch("deployments.apps", "web", { spec: { replicas: 15 } });
    expect(await sizes(cluster)).toEqual([11, 7]);
  });
});

// Source: kubernetes v1.36 pkg/controller/controller_ref_manager.go and replicaset.go.
test("a ReplicaSet lets go a pod whose label changes, and adopts one that fits", async () => {
  const cluster = new TestCluster();
  await cluster.create(web(1));
  const [name] = await cluster.names("pods");
  await cluster.patch("pods", name!, { metadata: { labels: { app: "other" } } });
  expect((await cluster.get<Pod>("pods", name!)).metadata.ownerReferences).toBeUndefined();
  expect((await cluster.names("pods")).length).toBe(2);
  await cluster.patch("pods", name!, { metadata: { labels: { app: "web" } } });
  expect((await cluster.names("pods")).length).toBe(1);
});
