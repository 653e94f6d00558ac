import { expect, test } from "vitest";
import { kindByGvk, kinds } from "../../../src/api/registry.ts";
import { loadSchema } from "../../../src/api/schema/load.ts";
import { type KindSchema, type SchemaNode, targetOf } from "../../../src/api/schema/node.ts";

/** Every definition that can be reached is there. */
function missing(schema: KindSchema): string[] {
  const seen = new Set<string>();
  const lost: string[] = [];
  const visit = (node: SchemaNode): void => {
    if (node.$ref && !seen.has(node.$ref)) {
      seen.add(node.$ref);
      const target = schema.resolve(node.$ref);
      if (target) visit(target);
      else lost.push(node.$ref);
    }
    for (const child of Object.values(node.properties ?? {})) visit(child);
    if (node.items) visit(node.items);
    if (node.additionalProperties) visit(node.additionalProperties);
  };
  visit(schema.root);
  return lost;
}

test.each(kinds.flatMap((info) => info.versions.map((version) => [info.group, version, info.kind] as const)))(
  "%s %s %s has a schema, whole, and of that kind",
  async (group, version, kind) => {
    const schema = await loadSchema({ group, version, kind });
    expect(schema.root["x-kubernetes-group-version-kind"]).toContainEqual({ group, version, kind });
    expect(missing(schema)).toEqual([]);
  },
);

// The API server's OpenAPI document (1.36).
test("ports of a Service merge by port, and are a map by port and protocol", async () => {
  const schema = await loadSchema(kindByGvk("v1", "Service")!);
  const ports = targetOf(schema, schema.root.properties?.spec)?.properties?.ports;
  expect(ports).toEqual({
    type: "array",
    items: { $ref: "io.k8s.api.core.v1.ServicePort" },
    "x-kubernetes-list-map-keys": ["port", "protocol"],
    "x-kubernetes-list-type": "map",
    "x-kubernetes-patch-merge-key": "port",
    "x-kubernetes-patch-strategy": "merge",
  });
  expect(targetOf(schema, ports!.items)!.required).toEqual(["port"]);
});

test("no such kind", async () => {
  await expect(loadSchema({ group: "nope.k8s.io", version: "v1", kind: "Service" })).rejects.toThrow(
    "kubemu does not simulate Service in version nope.k8s.io/v1",
  );
});
