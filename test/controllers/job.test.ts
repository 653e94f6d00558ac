import { describe, expect, test } from "vitest";
import type { Job } from "../../src/api/types/batch.ts";
import type { Pod } from "../../src/api/types/core.ts";
import { TestCluster } from "../support/cluster.ts";

function once(command: string[], more: Record<string, unknown> = {}, restartPolicy = "Never") {
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "once" },
    spec: { template: { spec: { restartPolicy, containers: [{ name: "c", image: "busybox", command }] } }, ...more },
  };
}

const conditionsOf = async (cluster: TestCluster) =>
  (await cluster.get<Job>("jobs.batch", "once")).status?.conditions?.map(
    ({ type, status, reason, message }) => `${type}=${status} ${reason}: ${message}`,
  );

// Sources: kubernetes v1.36 pkg/controller/job (job_controller.go, backoff_utils.go, indexed_job_utils.go, pod_failure_policy.go).
describe("Job", () => {
  test("one pod that succeeds completes it", async () => {
    const cluster = new TestCluster();
    await cluster.create(once(["true"]));
    await cluster.advance(10);
    const [pod] = await cluster.list<Pod>("pods");
    expect(pod?.status?.phase).toBe("Succeeded");
    expect(pod?.metadata.finalizers).toBeUndefined();
    expect(pod?.metadata.labels).toEqual({
      "batch.kubernetes.io/controller-uid": (await cluster.get("jobs.batch", "once")).metadata.uid,
      "batch.kubernetes.io/job-name": "once",
      "controller-uid": (await cluster.get("jobs.batch", "once")).metadata.uid,
      "job-name": "once",
    });
    expect(await conditionsOf(cluster)).toEqual([
      "SuccessCriteriaMet=True CompletionsReached: Reached expected number of succeeded pods",
      "Complete=True CompletionsReached: Reached expected number of succeeded pods",
    ]);
    const { status } = await cluster.get<Job>("jobs.batch", "once");
    expect([status?.succeeded, status?.ready, status?.terminating, status?.uncountedTerminatedPods]).toEqual([
      1,
      0,
      0,
      {},
    ]);
    expect(await cluster.events("once")).toEqual([
      `Normal SuccessfulCreate Created pod: ${pod?.metadata.name}`,
      "Normal Completed Job completed",
    ]);
  });

  test("failed pods are tried again after 10 s, 20 s …, until the limit", async () => {
    const cluster = new TestCluster();
    await cluster.create(once(["false"], { backoffLimit: 2 }));
    const count = async () => (await cluster.names("pods")).length;
    await cluster.advance(5);
    expect(await count()).toBe(1);
    await cluster.advance(10);
    expect(await count()).toBe(2);
    await cluster.advance(30);
    expect(await count()).toBe(3);
    expect(await conditionsOf(cluster)).toEqual([
      "FailureTarget=True BackoffLimitExceeded: Job has reached the specified backoff limit",
      "Failed=True BackoffLimitExceeded: Job has reached the specified backoff limit",
    ]);
    expect((await cluster.events("once")).at(-1)).toBe(
      "Warning BackoffLimitExceeded Job has reached the specified backoff limit",
    );
    expect((await cluster.get<Job>("jobs.batch", "once")).status?.failed).toBe(3);
  });

  test("parallelism bounds how many run at once", async () => {
    const cluster = new TestCluster();
    await cluster.setting("pod-start", "5s");
    await cluster.create(once(["true"], { completions: 5, parallelism: 2 }));
    expect((await cluster.names("pods")).length).toBe(2);
    await cluster.advance(60);
    const { status } = await cluster.get<Job>("jobs.batch", "once");
    expect([status?.succeeded, (await cluster.names("pods")).length]).toEqual([5, 5]);
  });

  test("activeDeadlineSeconds ends it, and its pods", async () => {
    const cluster = new TestCluster();
    await cluster.create(once(["sleep", "1d"], { activeDeadlineSeconds: 30 }));
    await cluster.advance(29);
    expect(await conditionsOf(cluster)).toBeUndefined();
    await cluster.advance(1);
    expect(await conditionsOf(cluster)).toEqual([
      "FailureTarget=True DeadlineExceeded: Job was active longer than specified deadline",
      "Failed=True DeadlineExceeded: Job was active longer than specified deadline",
    ]);
    expect(await cluster.names("pods")).toEqual([]);
    expect((await cluster.get<Job>("jobs.batch", "once")).status?.failed).toBe(1);
  });

  test("suspended it has no pods; resumed it starts anew", async () => {
    const cluster = new TestCluster();
    await cluster.create(once(["sleep", "1d"], { suspend: true }));
    expect(await cluster.names("pods")).toEqual([]);
    expect(await conditionsOf(cluster)).toEqual(["Suspended=True JobSuspended: Job suspended"]);
    expect((await cluster.get<Job>("jobs.batch", "once")).status?.startTime).toBeUndefined();
    await cluster.advance(60);
    await cluster.patch("jobs.batch", "once", { spec: { suspend: false } });
    expect(await conditionsOf(cluster)).toEqual(["Suspended=False JobResumed: Job resumed"]);
    expect((await cluster.get<Job>("jobs.batch", "once")).status?.startTime).toBe("2026-11-22T15:01:00Z");
    expect((await cluster.events("once")).filter((event) => event.includes("Job "))).toEqual([
      "Normal Suspended Job suspended",
      "Normal Resumed Job resumed",
    ]);
  });

  test("Indexed: each index has its name, label, annotation and variable", async () => {
    const cluster = new TestCluster();
    await cluster.create(once(["true"], { completionMode: "Indexed", completions: 4, parallelism: 4 }));
    await cluster.advance(10);
    const pods = await cluster.list<Pod>("pods");
    expect(pods.map((pod) => pod.metadata.generateName)).toEqual(["once-0-", "once-1-", "once-2-", "once-3-"]);
    expect(pods[2]?.spec?.hostname).toBe("once-2");
    expect(pods[2]?.spec?.containers[0]?.env).toEqual([
      {
        name: "JOB_COMPLETION_INDEX",
        valueFrom: {
          fieldRef: { apiVersion: "v1", fieldPath: "metadata.labels['batch.kubernetes.io/job-completion-index']" },
        },
      },
    ]);
    expect((await cluster.get<Job>("jobs.batch", "once")).status?.completedIndexes).toBe("0-3");
  });

  test("a failure policy ends it at once", async () => {
    const cluster = new TestCluster();
    const rules = [{ action: "FailJob", onExitCodes: { operator: "In", values: [42] } }];
    await cluster.create(once(["sh", "-c", "exit 42"], { podFailurePolicy: { rules } }));
    await cluster.advance(10);
    const [pod] = await cluster.names("pods");
    expect((await conditionsOf(cluster))?.[0]).toBe(
      `FailureTarget=True PodFailurePolicy: Container c for pod default/${pod} failed with exit code 42 matching FailJob rule at index 0`,
    );
  });

  test("ttlSecondsAfterFinished deletes it with its pods", async () => {
    const cluster = new TestCluster();
    await cluster.create(once(["true"], { ttlSecondsAfterFinished: 100 }));
    await cluster.advance(99);
    expect(await cluster.names("jobs.batch")).toEqual(["once"]);
    await cluster.advance(10);
    expect([await cluster.names("jobs.batch"), await cluster.names("pods")]).toEqual([[], []]);
  });

  test("deleting it takes the pods along", async () => {
    const cluster = new TestCluster();
    await cluster.create(once(["sleep", "1d"]));
    await cluster.delete("jobs.batch", "once", { propagationPolicy: "Background" });
    expect(await cluster.names("pods")).toEqual([]);
  });
});
