import fc from "fast-check";
import { expect, test } from "vitest";
import { byLabel, byNodePort, byOwner, type Indexer } from "../../src/api/indexes.ts";
import { compareStrings } from "../../src/api/json.ts";
import type { KubeObject } from "../../src/api/object.ts";
import { bytesOf } from "../../src/store/bytes.ts";
import { Document } from "../../src/store/document.ts";
import { Objects } from "../../src/store/objects.ts";
import { header } from "../support/document.ts";

const cluster = { profile: "docker-desktop", seed: "test", settings: {} };

function service(namespace: string, name: string, label: string, nodePort: number, owner: string): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name,
      namespace,
      labels: { app: label },
      ownerReferences: [{ apiVersion: "v1", kind: "Thing", name: "x", uid: owner }],
    },
    spec: { ports: [{ port: 80, nodePort }] },
  };
}

function objectsOf(list: readonly KubeObject[]): Objects {
  const changes = new Map(
    list.map((object) => [`/services/${object.metadata.namespace}/${object.metadata.name}`, object] as const),
  );
  const text = Document.empty(header).render(header, changes);
  return new Objects(Document.parse(bytesOf(Buffer.from(text)), "/state.json"), cluster, 1_000);
}

const nameOf = (object: KubeObject) => object.metadata.name;
const name = fc.constantFrom("a", "b", "ab", "__proto__", "constructor", 'q"uote', "10", "9");
const namespace = fc.constantFrom("default", "x", "__proto__");
const anyService = fc
  .tuple(
    namespace,
    name,
    fc.constantFrom("web", "db"),
    fc.integer({ min: 30000, max: 30003 }),
    fc.constantFrom("u1", "u2"),
  )
  .map((parts) => service(...parts));
const step = fc.oneof(
  fc.record({ put: anyService }),
  fc.record({ remove: fc.tuple(namespace, name) }),
  fc.constant({ list: true as const }),
  fc.constant({ ask: true as const }),
);

const INDEXES: [Indexer, string[]][] = [
  [byLabel, ["app=web", "app=db", "app=none"]],
  [byNodePort, ["30000", "30001", "30003", "1"]],
  [byOwner, ["u1", "u2"]],
];

function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace}/${object.metadata.name}`;
}

/** What the objects say must be what a plain map says, by whatever way they are asked. */
function checkAgainst(objects: Objects, model: Map<string, KubeObject>): void {
  const expected = [...model.entries()].sort(([a], [b]) => compareStrings(a, b)).map(([, object]) => object);
  expect(objects.list("services")).toEqual(expected);
  expect(objects.list("services", "default")).toEqual(expected.filter((it) => it.metadata.namespace === "default"));
  for (const [indexer, values] of INDEXES)
    for (const value of values)
      expect(objects.listBy("services", indexer, value)).toEqual(
        expected.filter((object) => indexer.values(object).includes(value)),
      );
  for (const object of expected)
    expect(objects.get("services", object.metadata.namespace!, object.metadata.name!)).toEqual(object);
}

test("any sequence of writes, and taking back any part of it, agrees with a plain map", () => {
  fc.assert(
    fc.property(fc.array(anyService), fc.array(step), fc.array(step), (before, kept, takenBack) => {
      const start = new Map(before.map((object) => [keyOf(object), object]));
      const objects = objectsOf([...start.values()]);
      const model = new Map(start);
      const apply = (steps: typeof kept) => {
        for (const it of steps) {
          if ("put" in it) {
            objects.put("services", it.put);
            model.set(keyOf(it.put), it.put);
          } else if ("remove" in it) {
            objects.remove("services", ...it.remove);
            model.delete(it.remove.join("/"));
          } else if ("list" in it) objects.list("services");
          else for (const [indexer, values] of INDEXES) objects.listBy("services", indexer, values[0]!);
        }
      };
      apply(kept);
      const saved = new Map(model);
      const mark = objects.mark();
      apply(takenBack);
      checkAgainst(objects, model);
      objects.rollback(mark);
      checkAgainst(objects, saved);
    }),
    { numRuns: 300 },
  );
});

test("searching the text and asking the index answer alike", () => {
  fc.assert(
    fc.property(fc.array(anyService), (list) => {
      for (const [indexer, values] of INDEXES)
        for (const value of values) {
          const searched = objectsOf(list).listBy("services", indexer, value);
          const indexed = objectsOf(list);
          indexed.list("services");
          expect(searched).toEqual(indexed.listBy("services", indexer, value));
        }
    }),
    { numRuns: 100 },
  );
});

test("rollback forgets changes, so that nothing of them is stored", () => {
  const objects = objectsOf([service("default", "a", "web", 30000, "u1")]);
  const mark = objects.mark();
  objects.put("services", service("default", "b", "web", 30001, "u1"));
  objects.remove("services", "default", "a");
  objects.rollback(mark);
  expect(objects.changes.size).toBe(0);
  expect(objects.resources()).toEqual(["services"]);
});

test("supplied objects stand behind the lines, and stay away when they were removed", () => {
  const role = (name: string, label: string): KubeObject => ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name, labels: { label } },
  });
  const labels = (objects: Objects) => objects.list("roles").map((one) => one.metadata.labels!.label);
  const stored = Document.empty(header);
  const objects = new Objects(stored, cluster, 0);
  expect(objects.list("roles")).toEqual([]);
  objects.supply("roles", [role("b", "given"), role("a", "given")]);
  expect(objects.places("roles").count).toBe(2);
  expect(objects.list("roles").map((one) => one.metadata.name)).toEqual(["a", "b"]);
  const mark = objects.mark();
  objects.remove("roles", "", "a");
  expect(objects.get("roles", "", "a")).toBeUndefined();
  objects.rollback(mark);
  expect(labels(objects)).toEqual(["given", "given"]);
  objects.remove("roles", "", "a");
  objects.put("roles", role("b", "changed"));
  const written = Document.parse(stored.render(header, objects.changes), "state.json");
  const later = new Objects(written, cluster, 0);
  later.supply("roles", [role("a", "given"), role("b", "given"), role("c", "given")]);
  expect(labels(later)).toEqual(["changed", "given"]);
  later.put("roles", role("a", "new"));
  expect(labels(later)).toEqual(["new", "changed", "given"]);
  const named = (label: string) =>
    new Array(6).fill(later).map((each) => each.listBy("roles", byLabel, `label=${label}`).map(nameOf).join());
  // By text first, by an index later.
  expect(named("given")).toEqual(new Array(6).fill("c"));
  later.remove("roles", "", "c");
  expect(named("given")).toEqual(new Array(6).fill(""));
});
