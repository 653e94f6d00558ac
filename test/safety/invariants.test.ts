import fc from "fast-check";
import { expect, test } from "vitest";
import { table } from "../../src/api/kinds/service/columns.ts";
import { storedRow } from "../../src/api/kinds/stored-rows.ts";
import type { Service } from "../../src/api/types/core.ts";
import { bytesOf } from "../../src/store/bytes.ts";
import { Document } from "../../src/store/document.ts";
import { allLines } from "../support/document.ts";
import { Kubectl } from "../support/kubectl.ts";
import { NIGHTLY } from "../support/processes.ts";

interface Meta {
  name: string;
  namespace: string;
  uid: string;
  resourceVersion: string;
  labels?: Record<string, string>;
  deletionTimestamp?: string;
  ownerReferences?: { uid: string; kind: string }[];
}
interface Stored {
  kind: string;
  metadata: Meta;
  spec: Record<string, unknown>;
  status?: Record<string, unknown>;
  [field: string]: unknown;
}

const file = (kubectl: Kubectl) => kubectl.files.read("/state.json");

function objectsOf(kubectl: Kubectl): Map<string, Stored> {
  const document = Document.parse(bytesOf(file(kubectl)), "/state.json");
  const objects = allLines(document).map(({ key, value }) => [key, document.parseAt(value)] as const);
  return new Map(
    objects.filter(([, value]) => (value as Partial<Stored>)?.metadata?.resourceVersion),
  ) as unknown as Map<string, Stored>;
}

/** What is stored of the Services for tables says what they say. */
function checkRows(kubectl: Kubectl): void {
  const document = Document.parse(bytesOf(file(kubectl)), "/state.json");
  const stored = document.rows("/services/");
  const rows = stored && Array.from({ length: stored.count }, (_, i) => [stored.keyAt(i), stored.row(i)]);
  const lines = document.lines("/services/");
  const expected = lines.map(({ key, value }) => [key, storedRow(table as never, document.parseAt(value) as Service)]);
  expect(rows ?? []).toEqual(expected);
}

function twice(values: readonly string[]): string[] {
  return values.filter((value, i) => values.indexOf(value) !== i);
}

/** What must hold of any cluster, whatever was done to it; the problems. */
function broken(objects: readonly Stored[]): string[] {
  const problems: string[] = [];
  const services = objects.filter(({ kind }) => kind === "Service");
  const pods = objects.filter(({ kind }) => kind === "Pod");
  const addresses = services.flatMap(({ spec }) => (spec.clusterIPs as string[] | undefined) ?? []);
  problems.push(...twice(addresses.filter((ip) => ip !== "None")).map((ip) => `two Services with ${ip}`));
  const ports = services.flatMap(({ spec }) => (spec.ports as { nodePort?: number; protocol: string }[]) ?? []);
  const nodePorts = ports.filter((port) => port.nodePort).map((port) => `${port.nodePort}/${port.protocol}`);
  problems.push(...twice(nodePorts).map((port) => `two Services with node port ${port}`));
  const podIPs = pods.filter(({ status }) => status?.phase === "Running").map(({ status }) => String(status?.podIP));
  problems.push(...twice(podIPs).map((ip) => `two pods with ${ip}`));
  problems.push(...twice(objects.map(({ metadata }) => metadata.uid)).map((uid) => `two objects with uid ${uid}`));
  const uids = new Set(objects.map(({ metadata }) => metadata.uid));
  for (const { kind, metadata } of objects)
    for (const owner of metadata.ownerReferences ?? [])
      if (!uids.has(owner.uid)) problems.push(`${kind} ${metadata.name} is owned by a ${owner.kind} that is gone`);
  for (const service of services) problems.push(...endpointProblems(service, pods, objects));
  return problems;
}

/** The ready addresses of a Service's slices are those of the ready pods that its selector matches. */
function endpointProblems({ metadata, spec }: Stored, pods: readonly Stored[], objects: readonly Stored[]): string[] {
  const selector = Object.entries((spec.selector as Record<string, string> | undefined) ?? {});
  if (selector.length === 0 || spec.type === "ExternalName") return [];
  const ready = pods
    .filter((pod) => pod.metadata.namespace === metadata.namespace && !pod.metadata.deletionTimestamp)
    .filter((pod) => selector.every(([key, value]) => pod.metadata.labels?.[key] === value))
    .filter(({ status }) => {
      const conditions = (status?.conditions ?? []) as { type: string; status: string }[];
      return conditions.some(({ type, status }) => type === "Ready" && status === "True");
    })
    .map(({ status }) => String(status?.podIP))
    .sort();
  const slices = objects.filter(
    (one) =>
      one.kind === "EndpointSlice" &&
      one.metadata.namespace === metadata.namespace &&
      one.metadata.labels?.["kubernetes.io/service-name"] === metadata.name &&
      one.metadata.labels["endpointslice.kubernetes.io/managed-by"] === "endpointslice-controller.k8s.io",
  );
  const found = slices
    .flatMap((slice) => (slice.endpoints ?? []) as { addresses: string[]; conditions: { ready: boolean } }[])
    .filter(({ conditions }) => conditions.ready)
    .flatMap(({ addresses }) => addresses)
    .sort();
  return JSON.stringify(found) === JSON.stringify(ready)
    ? []
    : [`Service ${metadata.name} has endpoints ${found}, and the ready pods are ${ready}`];
}

const name = fc.constantFrom("a", "b", "c");
const port = fc.constantFrom("80", "8080", "0");
const type = fc.constantFrom("ClusterIP", "NodePort", "LoadBalancer", "ExternalName");
const line = (...parts: (string | fc.Arbitrary<string>)[]) =>
  fc
    .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part)))
    .map((words) => words.join(""));
const COMMAND = fc.oneof(
  { weight: 4, arbitrary: line("create deployment ", name, " --image=nginx --replicas=", fc.constantFrom("1", "3")) },
  { weight: 4, arbitrary: line("expose deployment ", name, " --port=", port, " --type=", type) },
  {
    weight: 2,
    arbitrary: line("create service nodeport ", name, " --tcp=80 --node-port=", fc.constantFrom("30080", "0")),
  },
  line("create service clusterip ", name, " --tcp=80 --clusterip=", fc.constantFrom("10.96.0.50", "None", "")),
  line("patch service ", name, ' -p {"spec":{"type":"', type, '","externalName":"x.example.com"}}'),
  line("patch service ", name, ' -p {"spec":{"selector":{"app":"', name, '"}}}'),
  line("scale deployment ", name, " --replicas=", fc.constantFrom("0", "2", "5")),
  line("set image deployment/", name, " nginx=nginx:", fc.constantFrom("1.28", "1.29", "nothere")),
  line("rollout undo deployment/", name),
  line("rollout restart deployment/", name),
  line("delete service ", name),
  line("delete deployment ", name, " --cascade=", fc.constantFrom("background", "foreground", "orphan")),
  line("delete pods -l app=", name, fc.constantFrom("", " --force", " --wait=false")),
  line("label pods -l app=", name, " --overwrite app=", name),
  line("run ", name, " --image=nginx --labels=app=", name, " --restart=", fc.constantFrom("Always", "Never")),
  line("delete pod ", name),
  line("create job ", name, " --image=busybox -- true"),
  line("autoscale deployment ", name, " --min=2 --max=4"),
  line("settings set pod-start=", fc.constantFrom("0s", "3s")),
  line("cordon docker-desktop"),
  line("uncordon docker-desktop"),
  line("delete service,deployment --all"),
);

test("any sequence of commands keeps what holds of any cluster, and the file goes round", async () => {
  let succeeded = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(COMMAND, { minLength: 3, maxLength: NIGHTLY ? 40 : 14 }), async (lines) => {
      const kubectl = new Kubectl();
      let before = new Map<string, Stored>();
      for (const one of lines) {
        const { status, stderr } = await kubectl.run(one);
        expect(stderr).not.toContain("a mistake of its own");
        if (status === 0) succeeded++;
        const objects = objectsOf(kubectl);
        expect(broken([...objects.values()]), one).toEqual([]);
        checkRows(kubectl);
        const versions = [...before.values()].map(({ metadata }) => Number(metadata.resourceVersion));
        const newest = Math.max(0, ...versions);
        for (const [key, object] of objects) {
          const old = before.get(key);
          if (old && JSON.stringify(old) === JSON.stringify(object)) continue;
          expect(Number(object.metadata.resourceVersion), `${key} after ${one}`).toBeGreaterThan(newest);
        }
        before = objects;
        const text = file(kubectl);
        await kubectl.run("get all -A");
        expect(file(kubectl).equals(text), `a reader wrote after ${one}`).toBe(true);
      }
    }),
    { numRuns: NIGHTLY ? 400 : 25, seed: NIGHTLY ? undefined : 20261122 },
  );
  expect(succeeded).toBeGreaterThan(50);
}, 1_800_000);
