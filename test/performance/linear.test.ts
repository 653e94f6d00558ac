import { afterEach, expect, test, vi } from "vitest";
import { Objects } from "../../src/store/objects.ts";
import { Section } from "../../src/store/section.ts";
import { Kubectl } from "../support/kubectl.ts";

/** What a command did, counted: no clock is asked, so that a busy machine gives the same answer. */
interface Work {
  /** Objects parsed from the state file. */
  parsed: number;
  /** Objects handed out by lists and indexes: a scan of all for each one shows here. */
  listed: number;
  /** Objects looked up by name. */
  looked: number;
  written: number;
}

afterEach(() => vi.restoreAllMocks());

async function workOf(kubectl: Kubectl, line: string): Promise<Work> {
  const work: Work = { parsed: 0, listed: 0, looked: 0, written: 0 };
  const count = <T, K extends keyof T & string>(
    target: T,
    method: K,
    field: keyof Work,
    much: (out: unknown) => number,
  ) => {
    const original = target[method] as (...args: unknown[]) => unknown;
    vi.spyOn(target as Record<string, (...args: unknown[]) => unknown>, method).mockImplementation(function (
      this: unknown,
      ...args: unknown[]
    ) {
      const out = original.apply(this, args);
      work[field] += much(out);
      return out;
    });
  };
  const one = () => 1;
  const length = (out: unknown) => (out as unknown[]).length;
  count(Section.prototype, "parseAt", "parsed", one);
  count(Objects.prototype, "list", "listed", length);
  count(Objects.prototype, "listBy", "listed", length);
  count(Objects.prototype, "get", "looked", one);
  count(Objects.prototype, "put", "written", one);
  const ran = await kubectl.run(line);
  vi.restoreAllMocks();
  expect([ran.status, ran.stderr]).toEqual([0, ""]);
  return work;
}

function manifest(count: number): string {
  const service = (i: number) =>
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: svc-${i}\nspec:\n  type: NodePort\n  selector:\n    app: a${i}\n  ports:\n  - port: 80\n`;
  return Array.from({ length: count }, (_, i) => service(i)).join("---\n");
}

const SIZES = [50, 100, 200] as const;

/** The steps of work from one size to the next; each size is twice the one before, so that a step is to be twice the one before, too. */
async function steps(line: string, prepare: readonly string[]): Promise<[first: Work, second: Work]> {
  const works: Work[] = [];
  for (const size of SIZES) {
    const kubectl = new Kubectl({ files: { "many.yaml": manifest(size) } });
    for (const before of prepare) await kubectl.run(before);
    works.push(await workOf(kubectl, line));
  }
  const difference = (a: Work, b: Work): Work => ({
    parsed: b.parsed - a.parsed,
    listed: b.listed - a.listed,
    looked: b.looked - a.looked,
    written: b.written - a.written,
  });
  return [difference(works[0]!, works[1]!), difference(works[1]!, works[2]!)];
}

// Twice as many objects make twice as much work: were each to look at all others, it would be four times as much.
test.each<[line: string, prepare: string[]]>([
  ["apply -f many.yaml", []],
  ["apply -f many.yaml", ["apply -f many.yaml"]],
  ["create -f many.yaml", []],
  ["delete -f many.yaml", ["create -f many.yaml"]],
  ["delete services --all", ["create -f many.yaml"]],
  ["get services", ["create -f many.yaml"]],
  ["get services -o yaml", ["create -f many.yaml"]],
  ["label services --all a=b", ["create -f many.yaml"]],
])("the work of `%s` grows with the number of Services (%#)", async (line, prepare) => {
  const [first, second] = await steps(line, prepare);
  for (const field of ["parsed", "listed", "looked", "written"] as const)
    expect(second[field], field).toBeLessThanOrEqual(first[field] * 2.2 + 5);
});

// A list of Services reads their rows, one that selects parses the Services, and one of them is found without the others.
test("what is not asked for is not parsed", async () => {
  const kubectl = new Kubectl({ files: { "many.yaml": manifest(100) } });
  await kubectl.run("create -f many.yaml");
  expect((await workOf(kubectl, "get services")).parsed).toBe(0);
  // Namespaces stand in the keys; kube-dns has labels, too.
  expect((await workOf(kubectl, "get services -A")).parsed).toBe(0);
  expect((await workOf(kubectl, "get services -A --show-labels")).parsed).toBe(102);
  expect((await workOf(kubectl, "get services -l app!=x")).parsed).toBe(101);
  // The object, and its managedFields.
  expect((await workOf(kubectl, "get service svc-7")).parsed).toBe(2);
  expect((await workOf(kubectl, "get pods --ignore-not-found")).parsed).toBe(0);
});
