import { expect, test } from "vitest";
import type { JsonObject } from "../../../src/api/json.ts";
import { recordedWarnings } from "../../../src/apiserver/warnings.ts";
import { TestCluster } from "../../support/cluster.ts";

const MERGE = "application/merge-patch+json";
const APPLY = "application/apply-patch+yaml";
const MAPS = "/api/v1/namespaces/default/configmaps";

/** Asks on a new cluster that has the ConfigMap `a`. */
async function ask(method: string, path: string, body: object, type = "application/json") {
  const cluster = new TestCluster();
  const { client, http } = await cluster.session();
  await client.create("configmaps", "default", map({ name: "a" }));
  client.takeWarnings();
  const { pathname, searchParams } = new URL(path, "http://server");
  const headers = { "content-type": type };
  const answer = await http({ method, path: pathname, query: searchParams, headers, body: JSON.stringify(body) });
  const { code, message, metadata } = JSON.parse(answer.body as string);
  return { code: code ?? answer.status, message, metadata, warnings: answer.headers.warning };
}

const map = (metadata: JsonObject) => ({ apiVersion: "v1", kind: "ConfigMap", metadata });
const owner = (uid: string): JsonObject => ({ apiVersion: "v1", kind: "Pod", name: "p", uid });

const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

// All as a real server 1.36.2 answers.
test.each([
  [
    "a name in a message is quoted as Go does",
    ["POST", MAPS, map({ name: "a\nb" })],
    422,
    `ConfigMap "a\\nb" is invalid: metadata.name: Invalid value: "a\\nb": ${SUBDOMAIN}`,
  ],
  [
    "a version of a new object",
    ["POST", MAPS, map({ name: "b", resourceVersion: "5" })],
    500,
    "resourceVersion should not be set on objects to be created",
  ],
  ["that is 0", ["POST", MAPS, map({ name: "b", resourceVersion: "0" })], 201, undefined],
  ["that is no number", ["POST", MAPS, map({ name: "b", resourceVersion: "x" })], 201, undefined],
  ["in a dry run", ["POST", `${MAPS}?dryRun=All`, map({ name: "b", resourceVersion: "5" })], 201, undefined],
  [
    "a patch takes the name away",
    ["PATCH", `${MAPS}/a`, { metadata: null }, MERGE],
    400,
    "the name of the object (a based on URL) was undeterminable: name must be provided",
  ],
  [
    "a time that is none",
    ["PATCH", `${MAPS}/a?fieldManager=m`, map({ name: "a", deletionTimestamp: "no" }), APPLY],
    500,
    'failed to convert new object (/a; /v1, Kind=ConfigMap) to proper version: unable to convert unstructured object to /v1, Kind=ConfigMap: parsing time "no" as "2006-01-02T15:04:05Z07:00": cannot parse "no" as "2006"',
  ],
] as const)("%s", async (_, [method, path, body, type], code, message) => {
  const answer = await ask(method, path, body, type);
  expect({ code: answer.code, message: answer.message }).toEqual({ code, message });
});

test.each([
  ["POST", MAPS, map({ name: "b", ownerReferences: [owner("u"), owner("u"), owner("v")] }), undefined, ""],
  ["PUT", `${MAPS}/a`, map({ name: "a", ownerReferences: [owner("u"), owner("u"), owner("v")] }), undefined, ""],
  [
    "PATCH",
    `${MAPS}/a`,
    { metadata: { ownerReferences: [owner("u"), owner("u"), owner("v")] } },
    MERGE,
    " after mutating admission happens",
  ],
])("%s: an owner named twice stays once, with a warning", async (method, path, body, type, when) => {
  const { metadata, warnings } = await ask(method, path, body, type);
  expect(metadata.ownerReferences).toEqual([owner("u"), owner("v")]);
  expect(warnings).toEqual([
    `299 - ".metadata.ownerReferences contains duplicate entries${when}; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: u"`,
  ]);
});

// Models the recorder of apiserver pkg/endpoints/filters/warning.go.
test("warnings: each once, none with a control character, cut short where they are too many", () => {
  expect(recordedWarnings(["a", "b", "a", "", "c\nd"])).toEqual(["a", "b"]);
  const long = (first: string) => first + "x".repeat(999);
  const five = [1, 2, 3, 4, 5].map((i) => long(String(i)));
  expect(recordedWarnings(five.slice(0, 4))).toEqual(five.slice(0, 4));
  expect(recordedWarnings(five)).toEqual(five.map((text) => text.slice(0, 256)));
  const forty = Array.from({ length: 40 }, (_, i) => long(String.fromCodePoint(65 + i)));
  expect(recordedWarnings(forty)).toEqual(forty.slice(0, 16).map((text) => text.slice(0, 256)));
});
