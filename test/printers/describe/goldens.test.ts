import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseFieldSelector } from "../../../src/api/meta/field-selector.ts";
import { parseLabelSelector } from "../../../src/api/meta/label-selector.ts";
import type { KubeObject } from "../../../src/api/object.ts";
import { ApiError } from "../../../src/api/status.ts";
import { loadDescriber } from "../../../src/printers/describe/describers.ts";
import type { DescribePort } from "../../../src/printers/describe/port.ts";

interface Case {
  name: string;
  events: boolean;
  objects: KubeObject[];
}

const NOW = Date.parse("2026-05-01T12:00:00Z");

function read<T>(name: string): T {
  const path = new URL(`../../goldens/describe/${name}`, import.meta.url);
  return JSON.parse(readFileSync(path, "utf8"), (_key, value) => {
    if (typeof value !== "string" || !value.startsWith("ago:")) return value;
    return new Date(NOW - Number(value.slice(4)) * 1000).toISOString();
  }) as T;
}

function at(object: unknown, path: string): string {
  let value = object;
  for (const name of path.split(".")) value = (value as Record<string, unknown> | undefined)?.[name];
  return typeof value === "string" ? value : "";
}

/** `resourceslices.resource.k8s.io` of a kind and its apiVersion. */
function resourceOf({ kind, apiVersion }: KubeObject): string {
  const lower = kind.toLowerCase();
  const many = kind === "Endpoints" ? lower : lower.replace(/y$/, "ie").replace(/s$/, "se").concat("s");
  const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
  return group ? `${many}.${group}` : many;
}

function portOf({ events, objects }: Case): DescribePort {
  return {
    now: NOW,
    showEvents: events,
    zoneOffset: () => 0,
    async get(resource, namespace, name) {
      const found = objects.find(
        (one) =>
          resourceOf(one) === resource &&
          one.metadata.name === name &&
          (namespace === "" || one.metadata.namespace === namespace),
      );
      if (found) return found;
      const message = `${resource} "${name}" not found`;
      throw new ApiError({ reason: "NotFound", code: 404, message });
    },
    async list(resource, namespace, { labelSelector = "", fieldSelector = "" } = {}) {
      const labels = parseLabelSelector(labelSelector);
      const fields = parseFieldSelector(fieldSelector);
      return objects.filter(
        (one) =>
          resourceOf(one) === resource &&
          (namespace === "" || one.metadata.namespace === namespace) &&
          labels.matches(one.metadata.labels) &&
          fields.matches(Object.fromEntries(fields.requirements.map(({ field }) => [field, at(one, field)]))),
      );
    },
  };
}

const expected = new Map(
  read<{ name: string; output: string }[]>("golden.json").map(({ name, output }) => [name, output]),
);

// Expected: what kubectl v0.36.2 pkg/describe itself prints (test/goldens/describe/main.go).
describe("describe as kubectl's own describers", () => {
  test.each(read<Case[]>("cases.json").map((one) => [one.name, one] as const))("%s", async (name, one) => {
    const [object] = one.objects;
    const group = object!.apiVersion.includes("/") ? object!.apiVersion.split("/")[0]! : "";
    const { describe: describeObject } = await loadDescriber(group, object!.kind);
    expect(await describeObject(object!, portOf(one))).toBe(expected.get(name));
  });
});
