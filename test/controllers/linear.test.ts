import { expect, test } from "vitest";
import type { Indexer } from "../../src/api/indexes.ts";
import { Objects } from "../../src/store/objects.ts";
import { TestCluster, web } from "../support/cluster.ts";

/** How many objects the controllers are handed while `count` pods behind as many Services come to be. */
async function objectsRead(count: number): Promise<number> {
  const cluster = new TestCluster();
  for (let i = 0; i < count; i++)
    await cluster.create({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: `s${i}` },
      spec: {
        type: "ExternalName",
        externalName: "x.example.com",
        selector: { service: `s${i}` },
        ports: [{ port: 80 }],
      },
    });
  const { list, listBy } = Objects.prototype;
  let read = 0;
  Objects.prototype.list = function <T>(this: Objects, ...args: [string, string?]) {
    const found = list.apply(this, args);
    read += found.length;
    return found as T[];
  } as typeof list;
  Objects.prototype.listBy = function <T>(this: Objects, ...args: [string, Indexer, string]) {
    const found = listBy.apply(this, args);
    read += found.length;
    return found as T[];
  } as typeof listBy;
  try {
    await cluster.create(web(1));
  } finally {
    Objects.prototype.list = list;
    Objects.prototype.listBy = listBy;
  }
  return read;
}

test("what one Deployment costs does not depend on how many Services there are", async () => {
  expect(await objectsRead(200)).toBe(await objectsRead(20));
});
