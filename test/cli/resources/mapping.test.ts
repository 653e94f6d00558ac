import { expect, it } from "vitest";
import { listMapping, printedResource } from "../../../src/cli/resources/mapping.ts";

it("a list's kind is mapped to a resource that no server has, in the group and versions of what it holds", () => {
  const mapping = listMapping("apps/v1", "DeploymentList")!;
  const { group, version, versions, kind, resource, singular, namespaced, verbs } = mapping.info;
  expect({ group, version, versions, kind, resource, singular, namespaced }).toEqual({
    group: "apps",
    version: "v1",
    versions: ["v1"],
    kind: "DeploymentList",
    resource: "deploymentlists",
    singular: "deployment",
    namespaced: false,
  });
  expect(verbs).toContain("list");
  expect(printedResource(mapping)).toBe("apps/v1, Resource=deploymentlists");
  expect(mapping.resource).toBe("deploymentlists.apps");
});

it("what ends in List without a kind before it, or is no list, has none", () => {
  expect(listMapping("v1", "FooList")).toBeUndefined();
  expect(listMapping("v1", "Service")).toBeUndefined();
});
