import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { bytesOf } from "../../src/store/bytes.ts";
import { Document } from "../../src/store/document.ts";
import { allLines } from "../support/document.ts";
import { Kubectl, type Ran } from "../support/kubectl.ts";
import { inParallel, NIGHTLY, run, temporaryFolder } from "../support/processes.ts";
import { Fuzz } from "./fuzz.ts";

const INPUTS = NIGHTLY ? 20_000 : 1_000;
const PROCESSES = NIGHTLY ? 500 : 20;

/** What a run must never do, whatever it was given. */
function complaint({ stdout, stderr, status }: Ran): string | undefined {
  const text = stdout + stderr;
  if (text.includes("a mistake of its own")) return "a mistake of its own";
  if (/^ {4}at .*:\d+:\d+\)?$/m.test(text)) return "a stack trace";
  // curl's and dig's statuses go up to 96, those of a shell to 255.
  if (!Number.isInteger(status) || status < 0 || status > 255) return `status ${status}`;
  return undefined;
}

/** The cluster's objects; throws when the file is damaged. */
function objectsOf(kubectl: Kubectl): string {
  const text = Document.parse(bytesOf(kubectl.files.read("/state.json")), "/state.json");
  return allLines(text)
    .map(({ key, value }) => `${key} ${JSON.stringify(text.parseAt(value))}`)
    .join("\n");
}

const limit = <T>(promise: Promise<T>, what: string) => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`hangs: ${what}`)), 20_000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

async function cluster(): Promise<Kubectl> {
  const kubectl = new Kubectl();
  await kubectl.ok("create deployment web --image=nginx");
  await kubectl.ok("create service nodeport web --tcp=80");
  return kubectl;
}

test(`${INPUTS} made-up command lines and manifests in one process`, async () => {
  const found = new Map<string, string>();
  const report = (what: string, input: string) => {
    if (!found.has(what)) found.set(what, input);
  };
  let kubectl = await cluster();
  for (let seed = 0; seed < INPUTS; seed++) {
    const fuzz = new Fuzz(seed);
    if (seed % 200 === 199) kubectl = await cluster();
    const manifest = fuzz.manifest();
    const one = fuzz.chance(40);
    const argv = one ? [fuzz.of(["create", "apply", "replace"]), "-f", "-"] : fuzz.argv();
    const input = JSON.stringify({ seed, argv, manifest });
    const before = one ? objectsOf(kubectl) : "";
    const ran = await limit(kubectl.run(argv, manifest), input);
    const wrong = complaint(ran);
    if (wrong) report(`${wrong}: ${ran.stderr.split("\n").slice(1, 4).join(" | ")}`, input);
    const isList = manifest.includes('"List"') || manifest.includes('"items"');
    if (one && ran.status !== 0 && !isList && objectsOf(kubectl) !== before)
      report("a failed request changed the state", input);
    if (seed % 50 === 0) objectsOf(kubectl);
  }
  expect([...found].slice(0, 20)).toEqual([]);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
}, 1_800_000);

test(`${PROCESSES} of them as whole processes`, async () => {
  const folder = temporaryFolder();
  try {
    const env = { KUBEMU_STATE: `${folder}/state.json`, KUBEMU_NOW: "2026-11-22T15:00:00Z" };
    await run(["create", "deployment", "web", "--image=nginx"], env);
    const wrong = await inParallel(
      2,
      Array.from({ length: PROCESSES }, (_, i) => async () => {
        const fuzz = new Fuzz(1_000_000 + i);
        const argv = fuzz.argv().map((word) => word.replaceAll("\0", ""));
        if (argv[0] === "port-forward" || argv[0] === "proxy") return [];
        const ran = await limit(run(argv, env, fuzz.manifest()), JSON.stringify(argv));
        const what = complaint(ran);
        return what ? [{ argv, what, stderr: ran.stderr }] : [];
      }),
    );
    expect(wrong.flat()).toEqual([]);
    expect((await run(["get", "services"], env)).status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 1_800_000);

// What the fuzzer found, and what a server of the same version says to it (cli-runtime pkg/resource mapper.go).
test.each([
  [
    "[null]",
    `unable to get type info from the object "*unstructured.Unstructured": Object 'Kind' is missing in 'object has no kind field '\n`,
  ],
  [
    '["a"]',
    `error: unable to decode "STDIN": json: cannot unmarshal string into Go value of type map[string]interface {}\n`,
  ],
])("a list of %s is refused in one line", async (items, stderr) => {
  const kubectl = await cluster();
  const manifest = `{"apiVersion":"v1","kind":"List","metadata":{},"items":${items}}`;
  expect(await kubectl.run("create -f - --validate=false", manifest)).toEqual({ stdout: "", stderr, status: 1 });
});

test("aliases that multiply are refused, deep and large documents are carried", async () => {
  const kubectl = await cluster();
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghij".replace(/./g, (it) => `${it}: &${it} [${`*${String.fromCharCode(it.charCodeAt(0) - 1)},`.repeat(9)}]\n`)}`;
  const began = performance.now();
  expect((await kubectl.run("create -f -", bomb)).status).toBe(1);
  expect(performance.now() - began).toBeLessThan(10_000);
  const deep = `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"deep"},"x":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
  expect(complaint(await kubectl.run("create -f -", deep))).toBeUndefined();
  const large = `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"large"},"data":{"x":"${"y".repeat(500_000)}"}}`;
  expect(await kubectl.run("create -f -", large)).toEqual({
    stdout: "configmap/large created\n",
    stderr: "",
    status: 0,
  });
}, 60_000);
