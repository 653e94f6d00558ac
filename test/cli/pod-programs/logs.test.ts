import { beforeAll, expect, test } from "vitest";
import { Kubectl } from "../../support/kubectl.ts";

// Texts: kubectl pkg/cmd/logs/logs.go, pkg/polymorphichelpers/logsforobject.go; kubernetes pkg/kubelet/kubelet_pods.go.

const kubectl = new Kubectl();
let pods: string[] = [];
beforeAll(async () => {
  await kubectl.ok("create deployment web --image=nginx --replicas=2");
  await kubectl.ok("expose deployment/web --port=80");
  pods = (await kubectl.ok(["get", "pods", "-o", "jsonpath={.items[*].metadata.name}"])).split(" ");
  await kubectl.ok(["exec", pods[0]!, "--", "curl", "-s", "-o", "/dev/null", "localhost"]);
});

const access = () => `127.0.0.1 - - [22/Nov/2026:15:00:03 +0000] "GET / HTTP/1.1" 200 615 "-" "curl/7.88.1" "-"\n`;

test("a line for each request, after the lines of the start", async () => {
  expect(await kubectl.ok(`logs ${pods[0]} --tail=1`)).toBe(access());
  const all = (await kubectl.ok(`logs ${pods[0]}`)).split("\n");
  expect(all[0]).toBe(
    "/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration",
  );
});

test("--prefix, --timestamps, --limit-bytes, --since, --since-time", async () => {
  expect(await kubectl.ok(`logs ${pods[0]} --tail=1 --prefix`)).toBe(`[pod/${pods[0]}/nginx] ${access()}`);
  expect(await kubectl.ok(`logs ${pods[0]} --tail=1 --timestamps`)).toBe(`2026-11-22T15:00:03.000000000Z ${access()}`);
  expect(await kubectl.ok(`logs ${pods[0]} --limit-bytes=7`)).toBe("/docker");
  expect(await kubectl.ok(`logs ${pods[0]} --since-time=2026-11-22T15:00:02Z`)).toBe(access());
  kubectl.now += 60_000;
  expect(await kubectl.ok(`logs ${pods[0]} --since=10s`)).toBe("");
});

test("of several pods one is taken, of a selector ten lines of each", async () => {
  const ran = await kubectl.run("logs deploy/web --tail=1");
  expect(ran.stderr).toBe(`Found 2 pods, using pod/${pods[0]}\n`);
  expect((await kubectl.ok("logs -l app=web")).split("\n")).toHaveLength(21);
  expect(await kubectl.run("logs -l app=none")).toEqual({
    stdout: "",
    stderr: "No resources found in default namespace.\n",
    status: 0,
  });
});

test("what cannot be shown", async () => {
  const stderr = async (line: string) => (await kubectl.run(line)).stderr;
  expect(await stderr("logs nope")).toBe(
    'error: error from server (NotFound): pods "nope" not found in namespace "default"\n',
  );
  expect(await stderr(`logs ${pods[0]} -p`)).toBe(
    `Error from server (BadRequest): previous terminated container "nginx" in pod "${pods[0]}" not found\n`,
  );
  expect(await stderr(`logs ${pods[0]} -c x`)).toBe(
    `error: container x is not valid for pod ${pods[0]} out of: nginx\n`,
  );
  expect(await stderr(`logs ${pods[0]} --since=5s --since-time=2026-01-01T00:00:00Z`)).toBe(
    "error: at most one of `sinceTime` or `sinceSeconds` may be specified\n",
  );
  expect(await stderr(`logs ${pods[0]} x -c y`)).toBe(
    "error: only one of -c or an inline [CONTAINER] arg is allowed\n",
  );
  expect(await stderr(`logs ${pods[0]} --tail=-2`)).toBe("error: --tail must be greater than or equal to -1\n");
  expect(await stderr("logs -f -l app=web --max-log-requests=1")).toBe(
    "error: you are attempting to follow 2 log streams, but maximum allowed concurrency is 1, use --max-log-requests to increase the limit\n",
  );
  expect(await stderr("logs")).toBe(
    "error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command\nSee 'kubectl logs -h' for help and examples\n",
  );
});

test("a container whose image cannot be pulled", async () => {
  await kubectl.ok("run bad --image=gcr.io/google-samples/kubernetes-bootcamp:v10");
  expect((await kubectl.run("logs bad")).stderr).toBe(
    'Error from server (BadRequest): container "bad" in pod "bad" is waiting to start: image can\'t be pulled\n',
  );
  kubectl.now += 5000;
  expect((await kubectl.run("logs bad")).stderr).toBe(
    'Error from server (BadRequest): container "bad" in pod "bad" is waiting to start: trying and failing to pull image\n',
  );
});
