import { expect, test } from "vitest";
import type { Json } from "../../src/api/json.ts";
import type { KubeObject } from "../../src/api/object.ts";
import { bytesOf } from "../../src/store/bytes.ts";
import { checksum } from "../../src/store/checksum.ts";
import { Document } from "../../src/store/document.ts";
import { type SectionEntry, writeLayout } from "../../src/store/layout.ts";
import { allLines, header } from "../support/document.ts";

const thing = (name: string, more: object = {}): KubeObject => ({
  apiVersion: "v1",
  kind: "Thing",
  metadata: { name },
  ...more,
});
const parse = (text: string | Buffer) => Document.parse(bytesOf(Buffer.from(text)), "/state.json");
const keysOf = (document: Document, prefix = "/") =>
  (prefix === "/" ? allLines(document) : document.lines(prefix)).map(({ key }) => key);

function documentOf(objects: Record<string, KubeObject>): Document {
  return parse(Document.empty(header).render(header, new Map(Object.entries(objects))));
}

// Names that a path segment allows (apimachinery path.IsValidPathSegmentName), RBAC's among them.
const AWKWARD = [
  "a",
  'a": {b',
  'a\\"',
  "a\\",
  'a\\\\"b',
  "__proto__",
  "constructor",
  "ä",
  "\ud83d\ude00",
  "\uffee",
  "a b",
  "a\u2028b",
  "line\nbreak",
];

test("a document with no objects goes round", () => {
  const document = documentOf({});
  expect(document.header).toEqual(header);
  expect(keysOf(document)).toEqual([]);
  expect(document.find("/things/a")).toBeUndefined();
});

test("every name is found again, and what is not there is not", () => {
  const objects = Object.fromEntries(AWKWARD.map((name) => [`/things/${name}`, thing(name)]));
  const document = documentOf(objects);
  for (const name of AWKWARD) expect(document.parseAt(document.find(`/things/${name}`)!)).toEqual(thing(name));
  for (const name of ["", "0", "aa", "zz", "\u{10ffff}", '"']) expect(document.find(`/things/${name}`)).toBeUndefined();
  expect(keysOf(document).length).toBe(AWKWARD.length);
});

test("lines stand in the order of code points, as Go sorts strings", () => {
  const document = documentOf({
    "/things/\ud83d\ude00": thing("x"),
    "/things/\uffee": thing("y"),
    "/things/z": thing("z"),
  });
  expect(keysOf(document)).toEqual(["/things/z", "/things/\uffee", "/things/\ud83d\ude00"]);
});

test("a key __proto__ inside an object is data like any other", () => {
  const object = JSON.parse(
    '{"apiVersion":"v1","kind":"Thing","metadata":{"name":"a"},"data":{"__proto__":"x","constructor":"y"}}',
  );
  const document = documentOf({ "/things/a": object });
  const read = document.parseAt(document.find("/things/a")!);
  expect(JSON.stringify(read)).toBe(JSON.stringify(object));
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test("render copies unchanged lines, replaces, adds and removes", () => {
  const first = documentOf({ "/a/1": thing("1"), "/b/2": thing("2"), "/c/3": thing("3") });
  const second = parse(
    first.render(
      { ...header, resourceVersion: 8 },
      new Map<string, KubeObject | null>([
        ["/b/2", thing("2", { spec: 1 })],
        ["/a/0", thing("0")],
        ["/c/3", null],
        ["/d/4", thing("4")],
        ["/never/there", null],
      ]),
    ),
  );
  expect(keysOf(second)).toEqual(["/a/0", "/a/1", "/b/2", "/d/4"]);
  expect(second.parseAt(second.find("/b/2")!)).toEqual(thing("2", { spec: 1 }));
  expect(second.header.resourceVersion).toBe(8);
});

test("every object of a document can be removed", () => {
  const full = documentOf({ "/a/1": thing("1"), "/b/2": thing("2") });
  const empty = full.render(
    header,
    new Map([
      ["/a/1", null],
      ["/b/2", null],
    ]),
  );
  expect(empty).toEqual(Document.empty(header).render(header, new Map()));
});

test("the file is JSON that a person can read, one object a line", () => {
  const text = Document.empty(header)
    .render(header, new Map([["/things/a", thing("a")]]))
    .toString();
  expect(JSON.parse(text).objects).toEqual({ "/things/a": thing("a") });
  expect(text.split("\n").filter((line) => line.startsWith('"/'))).toEqual([
    '"/things/a": {"apiVersion":"v1","kind":"Thing","metadata":{"name":"a"}}',
  ]);
});

test("a prefix ends at its own lines", () => {
  const document = documentOf({
    "/pods/a/x": thing("x"),
    "/pods/ab/y": thing("y"),
    "/podsets/a/z": thing("z"),
    "/nodes/n": thing("n"),
  });
  expect(keysOf(document, "/pods/a/")).toEqual(["/pods/a/x"]);
  expect(keysOf(document, "/pods/")).toEqual(["/pods/a/x", "/pods/ab/y"]);
  expect(document.resources()).toEqual(["nodes", "pods", "podsets"]);
  expect(document.linesWith("/pods/", '"name":"y"')).toEqual(["/pods/ab/y"]);
  expect(document.linesWith("/pods/", '"name":"z"')).toEqual([]);
});

const owned = (name: string, spec: number): KubeObject => {
  const object = thing(name, { spec });
  object.metadata.managedFields = [{ manager: "kubectl", operation: "Update" }];
  return object;
};

test("managedFields stand apart and come back with their object", () => {
  const first = documentOf({ "/things/a": owned("a", 1), "/things/b": thing("b"), "/things/c": owned("c", 1) });
  const changes = new Map([
    ["/things/a", null],
    ["/things/b", owned("b", 2)],
    ["/things/c", thing("c", { spec: 2 })],
  ]);
  const bytes = first.render(header, changes);
  expect(JSON.parse(bytes.toString()).objects).toEqual({
    "/things/b": thing("b", { spec: 2 }),
    "/things/c": thing("c", { spec: 2 }),
    "managedFields/things/b": [{ manager: "kubectl", operation: "Update" }],
  });
  const second = parse(bytes);
  expect(second.resources()).toEqual(["things"]);
  const [b, c] = second.places("/things/");
  expect(JSON.stringify(second.parseAt(b!))).toBe(JSON.stringify(owned("b", 2)));
  expect(second.parseBriefly(b!)).toEqual(thing("b", { spec: 2 }));
  expect(second.parseAt(c!)).toEqual(thing("c", { spec: 2 }));
  expect(second.keyAt(c!)).toBe("/things/c");
});

test("a file of format 1, whose objects hold their managedFields, is read", () => {
  const line = `"/things/a": ${JSON.stringify(owned("a", 1))}`;
  const entry: SectionEntry = ["things", line.length, checksum(Buffer.from(line))];
  const document = parse(writeLayout({ ...header, formatVersion: 1 }, [entry], [Buffer.from(line)]));
  expect(document.header).toEqual(header);
  expect(document.parseAt(document.find("/things/a")!)).toEqual(owned("a", 1));
  const written = parse(document.render(document.header, new Map([["/things/a", owned("a", 2)]])));
  expect(written.parseBriefly(written.find("/things/a")!)).toEqual(thing("a", { spec: 2 }));
});

const rowOf = new Map([["things", ({ metadata, spec }: KubeObject) => [metadata.name!, (spec ?? null) as Json]]]);
const change = (document: Document, changes: [key: string, object: KubeObject | null][]) =>
  parse(document.render(header, new Map(changes), rowOf));
const rowsOf = (document: Document, prefix = "/things/") => {
  const rows = document.rows(prefix);
  return Array.from({ length: rows?.count ?? 0 }, (_, i) => [rows!.keyAt(i), ...rows!.row(i)]);
};

test("rows are stored beside the objects, and follow their changes", () => {
  const first = change(Document.empty(header), [
    ["/things/n/b", thing("b", { spec: 1 })],
    ["/things/n/a", thing("a")],
    ["/things/m/a", thing("a", { spec: 'x"\n' })],
    ["/others/a", thing("a")],
  ]);
  expect(rowsOf(first)).toEqual([
    ["/things/m/a", "a", 'x"\n'],
    ["/things/n/a", "a", null],
    ["/things/n/b", "b", 1],
  ]);
  expect(rowsOf(first, "/things/m/")).toEqual([["/things/m/a", "a", 'x"\n']]);
  for (const before of ["/things/a/", "/things/mm/", "/things/z/"]) expect(rowsOf(first, before)).toEqual([]);
  expect(first.rows("/others/")).toBeUndefined();
  expect(first.resources()).toEqual(["others", "things"]);
  const second = change(first, [
    ["/things/n/a", null],
    ["/things/n/b", thing("b", { spec: 2 })],
    ["/things/n/c", thing("c", { spec: 3 })],
  ]);
  expect(rowsOf(second, "/things/n/")).toEqual([
    ["/things/n/b", "b", 2],
    ["/things/n/c", "c", 3],
  ]);
  const empty = change(second, [
    ["/things/m/a", null],
    ["/things/n/b", null],
    ["/things/n/c", null],
  ]);
  expect(empty.rows("/things/")).toBeUndefined();
  expect(rowsOf(change(empty, [["/things/n/d", thing("d", { spec: 4 })]]))).toEqual([["/things/n/d", "d", 4]]);
});

test("a file without rows gets those of all objects with the next change to the resource", () => {
  const document = documentOf({ "/things/n/a": thing("a", { spec: 1 }), "/things/n/b": thing("b", { spec: 2 }) });
  expect(parse(document.render(header, new Map([["/others/a", thing("a")]]))).rows("/things/")).toBeUndefined();
  expect(rowsOf(change(document, [["/things/n/b", thing("b", { spec: 3 })]]))).toEqual([
    ["/things/n/a", "a", 1],
    ["/things/n/b", "b", 3],
  ]);
});

test("rows of another number are not read, and those that nobody makes anew go", () => {
  const entries = [
    ["things", '"/things/n/a": {"metadata":{"name":"a"},"spec":1}'],
    ["rows-0/things", '"rows-0/things/n/a": ["old"]'],
  ].map(([name, line]) => ({ name: name!, body: Buffer.from(line!) }));
  const sections = entries.map(({ name, body }): SectionEntry => [name, body.length, checksum(body)]);
  const document = parse(
    writeLayout(
      header,
      sections,
      entries.map(({ body }) => body),
    ),
  );
  expect(document.rows("/things/")).toBeUndefined();
  expect(document.resources()).toEqual(["things"]);
  const written = document.render(header, new Map([["/things/n/b", thing("b", { spec: 2 })]]), rowOf);
  expect(written.includes("rows-0")).toBe(false);
  expect(rowsOf(parse(written))).toEqual([
    ["/things/n/a", "a", 1],
    ["/things/n/b", "b", 2],
  ]);
  const current = change(document, [["/things/n/b", thing("b")]]);
  expect(parse(current.render(header, new Map([["/things/n/b", null]]))).rows("/things/")).toBeUndefined();
});

test("no more of a file is read than its head, its end, and what is asked for", () => {
  const bytes = Document.empty(header).render(
    header,
    new Map([..."abc"].map((name) => [`/${name}s/${name}`, thing(name, { spec: "x".repeat(100_000) })])),
  );
  const read: [number, number][] = [];
  const slice = (from: number, to: number) => {
    read.push([from, Math.min(to, bytes.length)]);
    return bytes.subarray(from, to);
  };
  const document = Document.parse({ length: bytes.length, slice }, "/state.json");
  document.parseAt(document.find("/bs/b")!);
  const length = read.reduce((sum, [from, to]) => sum + to - from, 0);
  expect(length).toBeLessThan(100_000 + 64 * 1024 + 500);
});

const WHOLE = Document.empty(header)
  .render(header, new Map([["/things/a", thing("a", { data: "ä" })]]))
  .toString();
const HOW = "it was left as it is. Put back a copy, or start anew with: kubemu reset";

test("what is no whole state file is refused by name", () => {
  const refusal = (text: string) => {
    try {
      parse(text).check();
      return "read";
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(refusal("")).toBe(`the state file /state.json is empty; ${HOW}`);
  for (const text of ["{}", "null", "hello", '{"kind":"Cluster"}'])
    expect(refusal(text)).toBe(`the state file /state.json is damaged: it is no whole state file; ${HOW}`);
  expect(refusal(WHOLE.replace("Thing", "Think"))).toBe(
    `the state file /state.json is damaged: its checksum does not fit; ${HOW}`,
  );
  expect(refusal(WHOLE.replace('"formatVersion": 3', '"formatVersion": 4'))).toBe(
    "the state file /state.json has format 4, and this kubemu reads up to 3; it was left as it is. " +
      "Use a newer kubemu, another file (KUBEMU_STATE), or start anew with: kubemu reset",
  );
});

test("any byte flipped or cut off is noticed", () => {
  const bytes = Buffer.from(WHOLE);
  const survives = (damaged: Buffer) => {
    try {
      Document.parse(bytesOf(damaged), "/state.json").check();
      return true;
    } catch (error) {
      expect((error as { status?: { reason?: string } }).status?.reason).toBe("Unusable");
      return false;
    }
  };
  expect(survives(bytes)).toBe(true);
  const accepted: string[] = [];
  for (let at = 0; at < bytes.length; at++) {
    for (const mask of [0x01, 0x02, 0x20, 0x80, 0xff]) {
      const damaged = Buffer.from(bytes);
      damaged[at] = damaged[at]! ^ mask;
      if (survives(damaged)) accepted.push(`${at} ^ ${mask}`);
    }
    if (survives(bytes.subarray(0, at))) accepted.push(`cut at ${at}`);
    if (survives(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]))) accepted.push(`without ${at}`);
  }
  expect(accepted).toEqual([]);
});
