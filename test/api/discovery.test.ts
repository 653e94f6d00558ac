import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { discoveryDocument } from "../../src/api/discovery.ts";

// fixtures/reference/discovery.json: the documents of a kube-apiserver v1.36.2.
const documents = JSON.parse(readFileSync("fixtures/reference/discovery.json", "utf8")) as Record<string, unknown>;

test.each(Object.keys(documents))("%s is the server's document, keys in its order", (path) => {
  expect(JSON.stringify(discoveryDocument(path))).toBe(JSON.stringify(documents[path]));
});

test("one group, and what does not exist", () => {
  expect(discoveryDocument("/apis/autoscaling")).toEqual({
    kind: "APIGroup",
    apiVersion: "v1",
    name: "autoscaling",
    versions: [
      { groupVersion: "autoscaling/v2", version: "v2" },
      { groupVersion: "autoscaling/v1", version: "v1" },
    ],
    preferredVersion: { groupVersion: "autoscaling/v2", version: "v2" },
  });
  for (const path of ["/apis/nope", "/apis/apps/v2", "/api/v2", "/apis/apps/v1/deployments", "/version"])
    expect(discoveryDocument(path)).toBeUndefined();
});
