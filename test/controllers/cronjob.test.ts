import { describe, expect, test } from "vitest";
import type { CronJob } from "../../src/api/types/batch.ts";
import { scheduleOf } from "../../src/controllers/cronjob/next-run.ts";
import { TestCluster } from "../support/cluster.ts";

function tick(schedule: string, more: Record<string, unknown> = {}, command = ["date"]) {
  return {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "tick" },
    spec: {
      schedule,
      jobTemplate: {
        spec: {
          template: { spec: { restartPolicy: "Never", containers: [{ name: "c", image: "busybox", command }] } },
        },
      },
      ...more,
    },
  };
}

const at = (text: string) => Date.parse(text);
const next = (schedule: string, from: string, zone?: string) =>
  new Date(scheduleOf(schedule, zone).next(at(from))!).toISOString().slice(0, 16);

// Source: robfig/cron v3 spec.go and its tests.
test.each([
  ["*/5 * * * *", "2026-11-22T15:00:00Z", "2026-11-22T15:05"],
  ["0 * * * *", "2026-11-22T15:00:00Z", "2026-11-22T16:00"],
  ["30 3 * * *", "2026-11-22T15:00:00Z", "2026-11-23T03:30"],
  ["0 0 29 2 *", "2026-11-22T15:00:00Z", "2028-02-29T00:00"],
  ["0 0 1,15 * 3", "2026-11-22T15:00:00Z", "2026-11-25T00:00"],
  ["0 0 * * mon-fri", "2026-11-22T15:00:00Z", "2026-11-23T00:00"],
  ["@monthly", "2026-12-22T15:00:00Z", "2027-01-01T00:00"],
  ["@every 90m", "2026-11-22T15:00:00Z", "2026-11-22T16:30"],
])("%s after %s is %s", (schedule, from, expected) => expect(next(schedule, from)).toBe(expected));

test("a time zone with daylight saving", () => {
  expect(next("30 9 * * *", "2026-10-24T15:00:00Z", "Europe/Berlin")).toBe("2026-10-25T08:30");
  expect(next("30 9 * * *", "2026-03-28T15:00:00Z", "Europe/Berlin")).toBe("2026-03-29T07:30");
});

// Sources: kubernetes v1.36 pkg/controller/cronjob (cronjob_controllerv2.go, utils.go).
describe("CronJob", () => {
  test("its Jobs are named by the minutes since 1970", async () => {
    const cluster = new TestCluster();
    await cluster.create(tick("*/5 * * * *"));
    await cluster.advance(299);
    expect(await cluster.names("jobs.batch")).toEqual([]);
    await cluster.advance(1);
    const name = `tick-${at("2026-11-22T15:05:00Z") / 60_000}`;
    expect(await cluster.names("jobs.batch")).toEqual([name]);
    await cluster.advance(30);
    const { status } = await cluster.get<CronJob>("cronjobs.batch", "tick");
    expect(status?.lastScheduleTime).toBe("2026-11-22T15:05:00Z");
    expect(status?.active).toBeUndefined();
    expect(await cluster.events("tick")).toEqual([
      `Normal SuccessfulCreate Created job ${name}`,
      `Normal SawCompletedJob Saw completed job: ${name}, condition: Complete`,
    ]);
    expect((await cluster.get("jobs.batch", name)).metadata.annotations).toEqual({
      "batch.kubernetes.io/cronjob-scheduled-timestamp": "2026-11-22T15:05:00Z",
    });
  });

  test("history keeps three Jobs that succeeded and one that failed", async () => {
    const cluster = new TestCluster();
    await cluster.create(tick("* * * * *"));
    await cluster.advance(600);
    const minute = at("2026-11-22T15:10:00Z") / 60_000;
    await cluster.advance(30);
    expect(await cluster.names("jobs.batch")).toEqual([`tick-${minute - 2}`, `tick-${minute - 1}`, `tick-${minute}`]);
  });

  test("after two years the last runs are there, and it does not take for ever", async () => {
    const cluster = new TestCluster();
    await cluster.create(tick("* * * * *"));
    await cluster.advance(2 * 365 * 86_400 + 30);
    const minute = Math.floor(cluster.clock.now() / 60_000);
    expect(await cluster.names("jobs.batch")).toEqual([`tick-${minute - 2}`, `tick-${minute - 1}`, `tick-${minute}`]);
  });

  test("Forbid starts none while one runs; Replace takes its place; Allow runs both", async () => {
    for (const [policy, count] of [
      ["Forbid", 1],
      ["Replace", 1],
      ["Allow", 2],
    ] as const) {
      const cluster = new TestCluster();
      await cluster.create(tick("* * * * *", { concurrencyPolicy: policy }, ["sleep", "1d"]));
      await cluster.advance(125);
      expect([policy, (await cluster.names("jobs.batch")).length]).toEqual([policy, count]);
      const told = (await cluster.events("tick")).map((event) => event.split(" ")[1]);
      expect(told.includes("JobAlreadyActive")).toBe(policy === "Forbid");
    }
  });

  test("suspended it starts nothing", async () => {
    const cluster = new TestCluster();
    await cluster.create(tick("* * * * *", { suspend: true }));
    await cluster.advance(600);
    expect(await cluster.names("jobs.batch")).toEqual([]);
  });
});
