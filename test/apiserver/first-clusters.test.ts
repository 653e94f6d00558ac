import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fileOf, makeFirstCluster } from "../../scripts/first-clusters/make.ts";
import { PROFILE_NAMES } from "../../src/api/profiles/profile.ts";
import { newCluster } from "../../src/apiserver/new-cluster.ts";
import type { Document } from "../../src/store/document.ts";

test.each(PROFILE_NAMES)(
  "what a new %s cluster holds is what the pipeline and the controllers make",
  async (profile) => {
    const file = new URL(`../../src/apiserver/first-clusters/${profile}.json`, import.meta.url);
    // When this fails: node scripts/first-clusters.mjs
    expect(fileOf(await makeFirstCluster(profile))).toBe(readFileSync(file, "utf8"));
  },
);

const NOW = Date.parse("2031-12-31T23:59:59.987Z");

const lines = (document: Document) => document.resources().flatMap((resource) => document.lines(`/${resource}/`));
const objects = (document: Document) => lines(document).map(({ value }) => document.parseAt(value));
const text = (document: Document) => JSON.stringify(objects(document));

test.each(PROFILE_NAMES)("a new %s cluster has times of its own, in whole seconds", async (profile) => {
  const document = await newCluster(profile, "s", NOW);
  document.check();
  expect(document.header).toMatchObject({
    seed: "s",
    time: Date.parse("2031-12-31T23:59:59Z"),
    // The events of 23:59:35 live for an hour, and go with those of the same minute.
    agenda: [[Date.parse("2032-01-01T01:00:00Z"), "event-expiry", String(Date.parse("2032-01-01T01:00:00Z"))]],
  });
  expect([...new Set(text(document).match(/20\d\d-\d\d-\d\dT[\d:.]*Z/g))]).toEqual([
    "2031-12-31T23:59:35Z",
    "2031-12-31T23:59:35.000000Z",
  ]);
  expect(text(document)).not.toContain("2020-02-02");
  const event = objects(document).find(({ kind }) => kind === "Event")!;
  const nanoseconds = BigInt(`0x${event.metadata.name!.split(".").pop()}`);
  expect(nanoseconds / 1_000_000n).toBe(BigInt(Date.parse("2031-12-31T23:59:35Z")));
});

test("keys stay in order, and each is found", async () => {
  for (const profile of PROFILE_NAMES) {
    const document = await newCluster(profile, "s", NOW);
    const keys = lines(document).map(({ key }) => key);
    expect(keys).toEqual(keys.toSorted());
    for (const { key, value } of lines(document)) expect(document.find(key)).toBe(value);
  }
});

test("ids are those of the seed: the same for the same one, none in common with another", async () => {
  const idsOf = async (seed: string) =>
    new Set(text(await newCluster("kind", seed, NOW)).match(/[\da-f]{8}-[\da-f-]{27}|\/\/[\da-f]{64}|"[\da-f]{32}"/g));
  const [a, again, b] = [await idsOf("a"), await idsOf("a"), await idsOf("b")];
  expect(again).toEqual(a);
  expect(b.size).toBe(a.size);
  expect([...a].filter((id) => b.has(id))).toEqual([]);
});
