import { readdirSync, readFileSync, rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inParallel, NIGHTLY, run, temporaryFolder } from "../support/processes.ts";

let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => rmSync(folder, { recursive: true }));

interface StoredService {
  kind: string;
  metadata: { name: string };
  spec: { clusterIP: string; ports: { nodePort?: number }[] };
}

/** All objects of a state file, read without kubemu. */
function objectsOf(path: string): StoredService[] {
  return Object.values(JSON.parse(readFileSync(path, "utf8")).objects as Record<string, StoredService>);
}

function expectDistinct(values: readonly unknown[]): void {
  expect(values.length).toBe(new Set(values).size);
}

test("50 parallel `expose` on one file that is not there yet: 50 Services, no address or port twice", async () => {
  const state = `${folder}/fifty/state.json`;
  const env = { KUBEMU_STATE: state };
  const manifest =
    "apiVersion: v1\nkind: Service\nmetadata: {name: base}\nspec: {ports: [{port: 80}], selector: {a: b}}\n";
  const first = run(["create", "-f", "-"], env, manifest);
  await first;
  const ran = await inParallel(
    50,
    Array.from(
      { length: 50 },
      (_, i) => () => run(["expose", "service/base", "--name", `web-${i}`, "--port=80", "--type=NodePort"], env),
    ),
  );
  ran.forEach((it, i) => {
    expect(it).toEqual({ stdout: `service/web-${i} exposed\n`, stderr: "", status: 0 });
  });
  const services = objectsOf(state).filter((it) => it.kind === "Service" && it.metadata.name.startsWith("web-"));
  expect(services.length).toBe(50);
  expectDistinct(services.map((it) => it.spec.clusterIP));
  expectDistinct(services.map((it) => it.spec.ports[0]!.nodePort));
  expect(readdirSync(`${folder}/fifty`)).toEqual(["state.json"]);
}, 300_000);

test("200 parallel commands of all kinds on one file (nightly; 40 otherwise)", async () => {
  const state = `${folder}/mixed.json`;
  const env = { KUBEMU_STATE: state, KUBEMU_LOCK_TIMEOUT: "300" };
  const kinds: ((i: number) => string[])[] = [
    (i) => ["create", "service", "nodeport", `np-${i}`, "--tcp=80"],
    (i) => ["create", "service", "loadbalancer", `lb-${i}`, "--tcp=80"],
    (i) => ["create", "deployment", `web-${i}`, "--image=nginx", "--replicas=2"],
    (i) => ["create", "namespace", `ns-${i}`],
    () => ["get", "services", "-A"],
    () => ["get", "pods", "-o", "wide"],
    () => ["get", "all", "-o", "yaml"],
    () => ["curl", "-s", "-o", "/dev/null", "localhost:1"],
  ];
  const count = NIGHTLY ? 200 : 40;
  const ran = await inParallel(
    count,
    Array.from({ length: count }, (_, i) => () => run(kinds[i % kinds.length]!(i), env)),
  );
  ran.forEach((it, i) => {
    const argv = kinds[i % kinds.length]!(i).join(" ");
    // Who lists pods first finds none.
    if (argv !== "get pods -o wide") expect(it.stderr, argv).toBe("");
    // Nothing listens on port 1: curl's own status.
    expect(it.status, argv).toBe(argv.startsWith("curl") ? 7 : 0);
  });
  const services = objectsOf(state).filter(
    (it) => it.kind === "Service" && it.spec.ports.some((port) => port.nodePort),
  );
  expect(services.length).toBe(Math.ceil(count / 8) * 2);
  expectDistinct(services.map((it) => it.spec.clusterIP));
  expectDistinct(services.flatMap((it) => it.spec.ports.map((port) => port.nodePort)));
  const pods = await run(["get", "pods", "--no-headers"], env);
  expect(pods.stdout.trimEnd().split("\n").length).toBe(Math.ceil(count / 8) * 2);
}, 600_000);

test("200 state files at once (nightly; 24 otherwise): each has its own cluster", async () => {
  const count = NIGHTLY ? 200 : 24;
  const ran = await inParallel(
    count,
    Array.from(
      { length: count },
      (_, i) => () =>
        run(["create", "service", "nodeport", `only-${i}`, "--tcp=80"], { KUBEMU_STATE: `${folder}/many/${i}.json` }),
    ),
  );
  ran.forEach((it, i) => {
    expect(it).toEqual({ stdout: `service/only-${i} created\n`, stderr: "", status: 0 });
  });
  for (let i = 0; i < count; i++) {
    const names = objectsOf(`${folder}/many/${i}.json`).flatMap((it) =>
      it.kind === "Service" ? it.metadata.name : [],
    );
    expect(names.filter((name) => name.startsWith("only-"))).toEqual([`only-${i}`]);
  }
}, 600_000);
