import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Kubectl } from "../support/kubectl.ts";

// What is handed on and how failures are told follow nginx src/http/modules/ngx_http_proxy_module.c and ngx_http_upstream.c.

const example = (name: string) =>
  readFileSync(new URL(`../../fixtures/examples/service/access/${name}.json`, import.meta.url), "utf8");

it("the documentation's frontend waits for the Service of its backend, and keeps its address", async () => {
  const names = ["frontend-deployment", "frontend-service", "backend-deployment", "backend-service"];
  const files = Object.fromEntries(names.map((name) => [`${name}.json`, example(name)]));
  const kubectl = new Kubectl({ files });
  await kubectl.ok("apply -f frontend-deployment.json -f frontend-service.json");
  const emerg = 'host not found in upstream "hello" in /etc/nginx/conf.d/frontend-nginx.conf:4';
  expect(
    (await kubectl.ok("logs deploy/frontend")).split("\n").map((line) => line.replace(/^\S+ \S+ \[/, "[")),
  ).toEqual([`[emerg] 1#1: ${emerg}`, `nginx: [emerg] ${emerg}`, ""]);
  await kubectl.ok("apply -f backend-deployment.json -f backend-service.json");
  kubectl.now += 30_000;
  expect(await kubectl.ok("rollout status deployment/frontend")).toContain("successfully rolled out");
  expect(await kubectl.ok("curl -s localhost")).toBe('{"message":"Hello"}\n');
  const address = await kubectl.ok("get svc hello -o jsonpath={.spec.clusterIP}");
  await kubectl.ok("delete svc hello");
  expect((await kubectl.run("curl -s -m 2 localhost")).status).toBe(28);
  expect(await kubectl.ok("logs deploy/frontend --tail=2")).toContain(
    `upstream timed out (110: Connection timed out) while connecting to upstream, client: 10.244.0.1, server: , request: "GET / HTTP/1.1", upstream: "http://${address}:80/", host: "localhost"\n`,
  );
});

const CONF = `apiVersion: v1
kind: ConfigMap
metadata: {name: conf}
data:
  default.conf: |
    upstream both { server web-1; server web-2:80; }
    server {
      listen 80;
      server_name shop.example.com;
      location / { proxy_pass http://both; }
      location /api/ {
        proxy_pass http://whoami:8000/v1/;
        proxy_http_version 1.1;
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header Connection "";
      }
      location /plain { proxy_pass http://whoami:8000; }
      location /none { proxy_pass http://closed:81; }
      location /secure { proxy_pass https://whoami; }
    }
---
apiVersion: v1
kind: Pod
metadata: {name: front, labels: {app: front}}
spec:
  containers: [{name: nginx, image: nginx, volumeMounts: [{name: c, mountPath: /etc/nginx/conf.d}]}]
  volumes: [{name: c, configMap: {name: conf}}]
`;

it("a configuration with proxy_pass hands requests on", async () => {
  const kubectl = new Kubectl({ files: { "conf.yaml": CONF } });
  for (const name of ["web-1", "web-2"]) {
    const page = `echo I am ${name} > /usr/share/nginx/html/index.html; nginx -g 'daemon off;'`;
    await kubectl.ok(["run", name, "--image=nginx", "--port=80", "--", "sh", "-c", page]);
    await kubectl.ok(`expose pod ${name}`);
  }
  await kubectl.ok("run whoami --image=traefik/whoami --port=80");
  await kubectl.ok("expose pod whoami --port=8000 --target-port=80");
  await kubectl.ok("create service clusterip closed --tcp=81");
  await kubectl.ok("apply -f conf.yaml");
  const ask = (path: string, ...more: string[]) =>
    kubectl.ok(["exec", "front", "--", "curl", "-s", ...more, `localhost${path}`]);
  expect([await ask("/"), await ask("/"), await ask("/")]).toEqual(["I am web-1\n", "I am web-2\n", "I am web-1\n"]);
  expect((await ask("/api/users?x=1", "-H", "X-A: b", "-H", "User-Agent: t")).split("\n").slice(5)).toEqual([
    "GET /v1/users?x=1 HTTP/1.1",
    "Host: localhost",
    "Accept: */*",
    "User-Agent: t",
    "X-A: b",
    "X-Forwarded-For: 127.0.0.1",
    "",
    "",
  ]);
  expect((await ask("/plain/x", "-H", "User-Agent: t")).split("\n").slice(5)).toEqual([
    "GET /plain/x HTTP/1.0",
    "Host: whoami:8000",
    "Accept: */*",
    "Connection: close",
    "User-Agent: t",
    "",
    "",
  ]);
  expect(await ask("/none", "-o", "/dev/null", "-w", "%{http_code}")).toBe("502");
  const address = await kubectl.ok("get svc closed -o jsonpath={.spec.clusterIP}");
  expect(await kubectl.ok("logs front --tail=2")).toContain(
    `connect() failed (111: Connection refused) while connecting to upstream, client: 127.0.0.1, server: shop.example.com, request: "GET /none HTTP/1.1", upstream: "http://${address}:81/none", host: "localhost"\n`,
  );
  expect(await ask("/secure")).toBe("kubemu does not simulate nginx's proxy_pass https://whoami\n");
});

it("a server that asks itself has no connection left in the end", async () => {
  const loop = CONF.replace("proxy_pass http://both;", "proxy_pass http://front;");
  const kubectl = new Kubectl({ files: { "conf.yaml": loop } });
  for (const name of ["web-1", "web-2", "whoami", "closed", "front"])
    await kubectl.ok(`create service clusterip ${name} --tcp=80`);
  await kubectl.ok("apply -f conf.yaml");
  const status = await kubectl.ok([
    "exec",
    "front",
    "--",
    "curl",
    "-s",
    "-o",
    "/dev/null",
    "-w",
    "%{http_code}",
    "localhost",
  ]);
  expect(status).toBe("500");
  expect(await kubectl.ok("logs front")).toContain("[alert] 30#30: *");
});
