import { describe, expect, it } from "vitest";
import type { Container, Pod } from "../../src/api/types/core.ts";
import { imageExists, processOf } from "../../src/images/catalogue.ts";
import { parseReference } from "../../src/images/reference.ts";
import { TestCluster } from "../network/cluster.ts";
import { runCurl } from "../programs/run-curl.ts";
import { Kubectl } from "../support/kubectl.ts";

const cluster = new TestCluster("bare");
const POD: Pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "p", namespace: "default" } };
const lifetime = (container: Partial<Container>) => processOf(cluster, POD, { name: "c", ...container }).lifetime;

describe("references", () => {
  it("are written out as Docker's are", () => {
    expect(parseReference("nginx")).toEqual({ repository: "docker.io/library/nginx", tag: "latest" });
    expect(parseReference("bretfisher/httpenv:v1").repository).toBe("docker.io/bretfisher/httpenv");
    expect(parseReference("localhost:5000/a/b:2")).toEqual({ repository: "localhost:5000/a/b", tag: "2" });
  });
  it("a tag that was never published does not exist", () => {
    expect(imageExists(cluster, "gcr.io/google-samples/kubernetes-bootcamp:v10")).toBe(false);
    expect(imageExists(cluster, "docker.io/jocatalin/kubernetes-bootcamp:v2")).toBe(true);
  });
});

describe("how long a container runs", () => {
  it.each<[Partial<Container>, unknown]>([
    [{ image: "nginx" }, { runs: true }],
    [{ image: "busybox" }, { exits: 0, afterMs: 0 }],
    [{ image: "busybox", command: ["sleep", "infinity"] }, { runs: true }],
    [
      { image: "busybox", args: ["sleep", "3600"] },
      { exits: 0, afterMs: 3_600_000 },
    ],
    [
      { image: "busybox", command: ["sh", "-c", "exit 1"] },
      { exits: 1, afterMs: 0 },
    ],
    [
      { image: "busybox", command: ["sh", "-c", "echo a; sleep 2; exit 3"] },
      { exits: 3, afterMs: 2000 },
    ],
    [{ image: "busybox", command: ["sh", "-c", "while true; do date; sleep 1; done"] }, { runs: true }],
    [{ image: "ubuntu" }, { exits: 0, afterMs: 0 }],
    [
      { image: "ubuntu", stdin: true, tty: true },
      { runs: true, program: "attached" },
    ],
    [{ image: "postgres" }, { runs: true }],
    [{ image: "hashicorp/http-echo" }, { exits: 127, afterMs: 0 }],
  ])("%j", (container, expected) => {
    expect(lifetime(container)).toEqual(expected);
  });
});

async function page(container: Partial<Container>, port: number, path = "/", flags: string[] = []): Promise<string> {
  const world = new TestCluster("bare");
  const pod = world.pod("web-1", { containers: [{ name: "c", ...container }] });
  const where = { kind: "node", name: "node-1" } as const;
  return (await runCurl(world, where, ["-s", ...flags, `${pod.status!.podIP}:${port}${path}`])).stdout;
}

describe("what they answer", () => {
  it("nginx: headers and title of its welcome page", async () => {
    const text = await page({ image: "nginx:1.29.4" }, 80, "/", ["-i"]);
    expect(text.split("\r\n").slice(0, 9)).toEqual([
      "HTTP/1.1 200 OK",
      "Server: nginx/1.29.4",
      "Date: Sun, 22 Nov 2026 15:00:00 GMT",
      "Content-Type: text/html",
      "Content-Length: 615",
      "Last-Modified: Tue, 09 Dec 2025 18:28:10 GMT",
      "Connection: keep-alive",
      'ETag: "69386a3a-267"',
      "Accept-Ranges: bytes",
    ]);
    expect(text.includes("<title>Welcome to nginx!</title>\n<style>\nhtml { color-scheme: light dark; }\n")).toBe(true);
  });
  it("agnhost, http-echo, hello-app, bootcamp, an unknown image", async () => {
    const agnhost = { image: "registry.k8s.io/e2e-test-images/agnhost:2.53", args: ["netexec", "--http-port=8080"] };
    expect(await page(agnhost, 8080, "/hostname")).toBe("web-1");
    expect((await page(agnhost, 8080, "/clientip")).split(":")[0]).toBe("10.244.0.1");
    expect(await page({ image: "hashicorp/http-echo", args: ["-text=hi", "-listen=:80"] }, 80)).toBe("hi\n");
    expect(await page({ image: "gcr.io/google-samples/hello-app:2.0" }, 8080)).toBe(
      "Hello, world!\nVersion: 2.0.0\nHostname: web-1\n",
    );
    expect(await page({ image: "gcr.io/google-samples/kubernetes-bootcamp:v1" }, 8080)).toBe(
      "Hello Kubernetes bootcamp! | Running on: web-1 | v=1\n",
    );
    expect(await page({ image: "example.com/own/thing", ports: [{ containerPort: 9000 }] }, 9000)).toBe("web-1\n");
  });
});

// The official images' entry scripts hand over to the arguments: exec "$@".
it.each([
  ["nginx", "sleep 3600", "Running", ""],
  ["redis", "sleep 3600", "Running", ""],
  ["nginx", "sh -c echo;exit", "Succeeded", "\n"],
])("%s -- %s", async (image, command, phase, log) => {
  const kubectl = new Kubectl();
  await kubectl.ok(["run", "p", `--image=${image}`, "--restart=Never", "--", ...command.split(" ")]);
  expect(await kubectl.ok("get pod p -o jsonpath={.status.phase}")).toBe(phase);
  expect(await kubectl.ok("logs p")).toBe(log);
});
