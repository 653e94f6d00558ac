import { expect, test } from "vitest";
import { updateManagedFields } from "../../../src/api/managed-fields/update.ts";
import type { KubeObject } from "../../../src/api/object.ts";
import { loadSchema } from "../../../src/api/schema/load.ts";

const schema = { group: "", version: "v1", kind: "Service" };

function service(name: string, ports: number[], owners: string[] = []): KubeObject {
  const owner = (uid: string) => ({ apiVersion: "v1", kind: "ConfigMap", name: uid, uid });
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, ...(owners.length ? { ownerReferences: owners.map(owner) } : {}) },
    spec: { ports: ports.map((port) => ({ port, protocol: "TCP" })) },
  } as unknown as KubeObject;
}

async function keysOf(next: KubeObject): Promise<{ ports: string[]; owners: string[] }> {
  const entries = updateManagedFields({
    manager: "test",
    apiVersion: "v1",
    subresource: "",
    now: 0,
    schema: await loadSchema(schema),
    resetFields: [],
    live: undefined,
    next,
  });
  type Fields = Record<string, Record<string, object>>;
  const fields = entries![0]!.fieldsV1 as unknown as { "f:spec": Fields; "f:metadata"?: Fields };
  return {
    ports: Object.keys(fields["f:spec"]["f:ports"]!),
    owners: Object.keys(fields["f:metadata"]?.["f:ownerReferences"] ?? {}),
  };
}

const port = (number: number) => `k:{"port":${number},"protocol":"TCP"}`;

// The fields of objects of one outline are worked out once; what their items are called is each one's own.
test("objects that differ in the names of items alone have their own fields", async () => {
  expect(await keysOf(service("a", [80]))).toEqual({ ports: [".", port(80)], owners: [] });
  expect(await keysOf(service("b", [81]))).toEqual({ ports: [".", port(81)], owners: [] });
  expect(await keysOf(service("c", [81, 82]))).toEqual({ ports: [".", port(81), port(82)], owners: [] });
  expect(await keysOf(service("d", [83, 84]))).toEqual({ ports: [".", port(83), port(84)], owners: [] });
  expect(await keysOf(service("e", [85], ["u"]))).toEqual({ ports: [".", port(85)], owners: [".", 'k:{"uid":"u"}'] });
  expect(await keysOf(service("f", [86], ["v"]))).toEqual({ ports: [".", port(86)], owners: [".", 'k:{"uid":"v"}'] });
  expect(await keysOf(service("g", [87, 88], ["w"]))).toEqual({
    ports: [".", port(87), port(88)],
    owners: [".", 'k:{"uid":"w"}'],
  });
  expect(await keysOf(service("h", [87, 88], ["x"]))).toEqual({
    ports: [".", port(87), port(88)],
    owners: [".", 'k:{"uid":"x"}'],
  });
  expect(await keysOf(service("i", [87, 89], ["x"]))).toEqual({
    ports: [".", port(87), port(89)],
    owners: [".", 'k:{"uid":"x"}'],
  });
});
