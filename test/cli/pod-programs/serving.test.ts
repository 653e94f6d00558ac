import { expect, test } from "vitest";
import type { HttpAsk, HttpReply } from "../../../src/platform/platform.ts";
import { Kubectl } from "../../support/kubectl.ts";

// Texts: client-go tools/portforward/portforward.go, kubectl pkg/cmd/portforward/portforward.go, pkg/cmd/proxy/proxy.go.

async function web(): Promise<Kubectl> {
  const kubectl = new Kubectl();
  await kubectl.ok("create deployment web --image=nginx --port=80");
  await kubectl.ok("create service clusterip web --tcp=8080:80");
  return kubectl;
}

function ask(method: string, target: string, body = "", headers: [string, string][] = []): HttpAsk {
  return {
    method,
    target,
    version: "1.1",
    headers: [["Host", "127.0.0.1:8001"], ...headers],
    body: new TextEncoder().encode(body),
    signal: new AbortController().signal,
  };
}

async function text(reply: HttpReply | undefined): Promise<string> {
  if (!reply) return "closed";
  if (reply.body instanceof Uint8Array) return new TextDecoder().decode(reply.body);
  let all = "";
  for await (const part of reply.body) all += part;
  return all;
}

test("port-forward to a Service speaks to its pod's target port, and the pod logs it", async () => {
  const kubectl = await web();
  let status = 0;
  kubectl.whileServing = async () => {
    const server = kubectl.served.get(18080)!;
    server.connection?.();
    status = (await server.request(ask("GET", "/")))?.status ?? 0;
  };
  expect(await kubectl.run("port-forward svc/web 18080:8080")).toEqual({
    stdout: "Forwarding from 127.0.0.1:18080 -> 80\nForwarding from [::1]:18080 -> 80\nHandling connection for 18080\n",
    stderr: "",
    status: 0,
  });
  expect(status).toBe(200);
  expect(kubectl.served.size).toBe(0);
  expect(await kubectl.ok("logs deploy/web --tail=1")).toBe(
    '127.0.0.1 - - [22/Nov/2026:15:00:02 +0000] "GET / HTTP/1.1" 200 615 "-" "-" "-"\n',
  );
});

test("port-forward takes a free port, one address", async () => {
  const kubectl = await web();
  expect(await kubectl.ok("port-forward deploy/web :80 --address 127.0.0.1")).toBe(
    "Forwarding from 127.0.0.1:40000 -> 80\n",
  );
});

test("port-forward to a port that nobody listens on loses the connection", async () => {
  const kubectl = await web();
  kubectl.whileServing = async () => {
    expect(await kubectl.served.get(81)!.request(ask("GET", "/"))).toBe(undefined);
    await new Promise(() => {});
  };
  const ran = await kubectl.run("port-forward deploy/web 81");
  expect(ran.stderr.split("\n").at(-2)).toBe("error: lost connection to pod");
  expect(ran.status).toBe(1);
});

test("what port-forward refuses", async () => {
  const kubectl = await web();
  const stderr = async (line: string) => (await kubectl.run(line)).stderr;
  expect(await stderr("port-forward deploy/web")).toBe(
    "error: TYPE/NAME and list of ports are required for port-forward\nSee 'kubectl port-forward -h' for help and examples\n",
  );
  expect(await stderr("port-forward svc/web 81")).toBe("error: Service web does not have a service port 81\n");
  expect(await stderr("port-forward svc/web http")).toBe("error: Service 'web' does not have a named port 'http'\n");
  expect(await stderr("port-forward deploy/web 8080:")).toBe("error: remote port cannot be empty\n");
  expect(await stderr("port-forward deploy/web 70000:80")).toBe(
    "error: error parsing local port '70000': strconv.ParseUint: parsing \"70000\": value out of range\n",
  );
  expect(await stderr("port-forward deploy/web 8080:80 --address 0.0.0.0")).toBe(
    "error: kubemu does not simulate kubectl port-forward --address 0.0.0.0: it listens on loopback alone\n",
  );
  expect(await stderr("port-forward nope 80")).toBe('Error from server (NotFound): pods "nope" not found\n');
});

test("proxy serves the API: lists, Tables, writes, failures, watches, a Service's pages", async () => {
  const kubectl = await web();
  const seen: unknown[] = [];
  kubectl.whileServing = async () => {
    const { request } = kubectl.served.get(8001)!;
    const get = async (target: string, headers: [string, string][] = []) =>
      text(await request(ask("GET", target, "", headers)));
    const list = JSON.parse(await get("/api/v1/namespaces/default/services?labelSelector=app%3Dweb"));
    seen.push(
      list.kind,
      list.items.map((item: { metadata: { name: string } }) => item.metadata.name),
    );
    const table = JSON.parse(await get("/api/v1/nodes", [["Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"]]));
    seen.push(table.kind, table.rows[0].cells[0]);
    const made = await request(
      ask(
        "POST",
        "/api/v1/namespaces/default/configmaps",
        '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}',
      ),
    );
    seen.push(made?.status);
    const patched = await request(
      ask("PATCH", "/api/v1/namespaces/default/configmaps/c", '{"data":{"a":"1"}}', [
        ["Content-Type", "application/merge-patch+json"],
      ]),
    );
    seen.push(JSON.parse(await text(patched)).data);
    seen.push(JSON.parse(await text(await request(ask("DELETE", "/api/v1/namespaces/default/configmaps/c")))).status);
    seen.push(JSON.parse(await get("/api/v1/namespaces/default/services/nope")).message);
    seen.push((await get("/api/v1/namespaces/default/services/web:8080/proxy/")).split("\n")[0]);
    seen.push((await get("/api/v1/namespaces/default/services?watch=true&timeoutSeconds=1")).split("\n").length);
    seen.push(await get("/api/v1/namespaces/default/pods/x/exec"));
  };
  const stdout = "Starting to serve on 127.0.0.1:8001\n";
  expect(await kubectl.run("proxy")).toEqual({ stdout, stderr: "", status: 130 });
  expect(seen).toEqual([
    "ServiceList",
    ["web"],
    "Table",
    "docker-desktop",
    201,
    { a: "1" },
    "Success",
    'services "nope" not found',
    "<!DOCTYPE html>",
    3,
    "Forbidden\n",
  ]);
});
