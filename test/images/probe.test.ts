import { describe, expect, it } from "vitest";
import { Kubectl } from "../support/kubectl.ts";

// The outputs are those of kubernetes pkg/probe (http.go, tcp.go) and of Go's net and net/http; that of cat is coreutils', and BusyBox'.

const pod = (image: string, probe: string, more = "") =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: main, image: ${image}, ${probe}${more}}]}\n`;

async function events(kubectl: Kubectl): Promise<string[]> {
  const lines = await kubectl.ok([
    "get",
    "events",
    "-o",
    'jsonpath={range .items[?(@.type=="Warning")]}{.reason}: {.message}{"\\n"}{end}',
  ]);
  return lines.split("\n").filter((line) => line !== "");
}

const ready = (kubectl: Kubectl) =>
  kubectl.ok("get pod p --no-headers -o custom-columns=R:.status.containerStatuses[0].ready");

const FAILING: [name: string, image: string, probe: string, event: string][] = [
  [
    "a path that is not there",
    "nginx",
    "readinessProbe: {httpGet: {path: /healthz, port: 80}}",
    "Readiness probe failed: HTTP probe failed with statuscode: 404",
  ],
  [
    "a port where nobody listens",
    "nginx",
    "readinessProbe: {httpGet: {path: /, port: 8080}}",
    'Readiness probe failed: Get "http://10.244.0.4:8080/": dial tcp 10.244.0.4:8080: connect: connection refused',
  ],
  [
    "a socket where nobody listens",
    "nginx",
    "readinessProbe: {tcpSocket: {port: 5432}}",
    "Readiness probe failed: dial tcp 10.244.0.4:5432: connect: connection refused",
  ],
  [
    "TLS where there is none",
    "nginx",
    "readinessProbe: {httpGet: {port: 80, scheme: HTTPS}}",
    'Readiness probe failed: Get "https://10.244.0.4:80/": http: server gave HTTP response to HTTPS client',
  ],
  [
    "a port that has no such name",
    "nginx",
    "readinessProbe: {httpGet: {port: web}}",
    'Readiness probe errored and resulted in unknown state: strconv.Atoi: parsing "web": invalid syntax',
  ],
  [
    "a file, asked by coreutils",
    "nginx",
    "readinessProbe: {exec: {command: [cat, /tmp/ready]}}",
    "Readiness probe failed: cat: /tmp/ready: No such file or directory",
  ],
  [
    "a file, asked by BusyBox",
    "busybox",
    "command: [sleep, infinity], readinessProbe: {exec: {command: [sh, -c, cat /tmp/ready]}}",
    "Readiness probe failed: cat: can't open '/tmp/ready': No such file or directory",
  ],
  [
    "a startup probe, before which no other is made",
    "nginx",
    "startupProbe: {tcpSocket: {port: 81}}, readinessProbe: {tcpSocket: {port: 82}}",
    "Startup probe failed: dial tcp 10.244.0.4:81: connect: connection refused",
  ],
];

describe("a probe fails", () => {
  it.each(FAILING)("%s", async (_, image, probe, event) => {
    const kubectl = new Kubectl({ files: { "p.yaml": pod(image, probe) } });
    await kubectl.ok("apply -f p.yaml");
    expect(await events(kubectl)).toEqual([`Unhealthy: ${event}`]);
    expect(await ready(kubectl)).toBe("false\n");
  });
});

describe("a probe succeeds", () => {
  it.each([
    ["a page", "nginx", "readinessProbe: {httpGet: {port: 80}}"],
    [
      "a Host of its own",
      "nginx",
      "readinessProbe: {httpGet: {path: /, port: 80, httpHeaders: [{name: Host, value: x}]}}",
    ],
    ["a socket", "nginx", "readinessProbe: {tcpSocket: {port: 80}}"],
    ["a file of the image", "nginx", "readinessProbe: {exec: {command: [cat, /usr/share/nginx/html/index.html]}}"],
    [
      "a file that the program writes itself",
      "busybox",
      "command: [sh, -c, touch /tmp/ready; sleep 3600], readinessProbe: {exec: {command: [cat, /tmp/ready]}}",
    ],
    ["another machine", "nginx", "readinessProbe: {httpGet: {host: example.com, port: 81}}"],
  ])("%s", async (_, image, probe) => {
    const kubectl = new Kubectl({ files: { "p.yaml": pod(image, probe) } });
    await kubectl.ok("apply -f p.yaml");
    expect(await events(kubectl)).toEqual([]);
    expect(await ready(kubectl)).toBe("true\n");
  });
});

it("becomes ready by a file that somebody writes, and not ready when it goes", async () => {
  const files = { "p.yaml": pod("nginx", "readinessProbe: {exec: {command: [test, -f, /tmp/ready]}}") };
  const kubectl = new Kubectl({ files });
  await kubectl.ok("apply -f p.yaml");
  expect(await ready(kubectl)).toBe("false\n");
  await kubectl.ok("exec p -- touch /tmp/ready");
  expect(await ready(kubectl)).toBe("true\n");
  await kubectl.ok("exec p -- rm /tmp/ready");
  expect(await ready(kubectl)).toBe("false\n");
});

it("stops a container whose liveness probe failed three times in ten seconds each, and starts it again", async () => {
  const files = { "p.yaml": pod("nginx", "livenessProbe: {httpGet: {path: /healthz, port: 80}}") };
  const kubectl = new Kubectl({ files });
  await kubectl.ok("apply -f p.yaml");
  kubectl.now += 15_000;
  expect(await kubectl.ok("get pod p --no-headers")).toBe("p     1/1   Running   0     16s\n");
  kubectl.now += 10_000;
  expect(await kubectl.ok("get pod p --no-headers")).toBe("p     1/1   Running   1 (7s ago)   27s\n");
  const killing = ["get", "events", "--field-selector", "reason=Killing", "-o", "jsonpath={.items[*].message}"];
  expect(await kubectl.ok(killing)).toBe("Container main failed liveness probe, will be restarted");
  const last = "jsonpath={.status.containerStatuses[0].lastState.terminated['reason','exitCode']}";
  expect(await kubectl.ok(["get", "pod", "p", "-o", last])).toBe("Completed 0");
});

it("kills a program that does not serve only after the pod's grace period", async () => {
  const probe = "command: [sleep, infinity], livenessProbe: {exec: {command: ['false']}, periodSeconds: 1}";
  const kubectl = new Kubectl({ files: { "p.yaml": pod("busybox", probe) } });
  await kubectl.ok("apply -f p.yaml");
  kubectl.now += 40_000;
  const last = "jsonpath={.status.containerStatuses[0].lastState.terminated['reason','exitCode']}";
  expect(await kubectl.ok(["get", "pod", "p", "-o", last])).toBe("Error 137");
});
