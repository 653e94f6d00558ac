import { describe, expect, it } from "vitest";
import { Kubectl } from "../support/kubectl.ts";
import { deployment, service } from "./situations.ts";

const WEB =
  deployment("web", "nginx") +
  service("web", "{clusterIP: 10.96.0.50, selector: {app: web}, ports: [{name: http, port: 80}]}");

async function withWeb(): Promise<Kubectl> {
  const kubectl = new Kubectl({ files: { "web.yaml": WEB } });
  await kubectl.ok("apply -f web.yaml");
  return kubectl;
}

describe("dns", () => {
  it("tells every record of a Service and where it comes from", async () => {
    const kubectl = await withWeb();
    const all = (await kubectl.ok("dns")).split("\n");
    expect(all[0]!.split(/ {3,}/)).toEqual(["RECORD", "TYPE", "VALUE", "TTL", "SERVICE"]);
    expect(all.filter((line) => line.endsWith("default/web")).map((line) => line.split(/ {3,}/))).toEqual([
      ["web.default.svc.cluster.local.", "A", "10.96.0.50", "30", "default/web"],
      [
        "_http._tcp.web.default.svc.cluster.local.",
        "SRV",
        "0 100 80 web.default.svc.cluster.local.",
        "30",
        "default/web",
      ],
      ["10-244-0-4.web.default.svc.cluster.local.", "A", "10.244.0.4", "30", "default/web"],
      ["50.0.96.10.in-addr.arpa.", "PTR", "web.default.svc.cluster.local.", "30", "default/web"],
      ["4.0.244.10.in-addr.arpa.", "PTR", "10-244-0-4.web.default.svc.cluster.local.", "30", "default/web"],
    ]);
  });

  it("writes a zone file and JSON", async () => {
    const kubectl = await withWeb();
    const zone = (await kubectl.ok("dns -o zone")).split("\n");
    const at = zone.indexOf("; Service default/web");
    expect(zone[at + 1]!.replace(/ +/g, " ")).toBe("web.default.svc.cluster.local. 30 IN A 10.96.0.50");
    const records = JSON.parse(await kubectl.ok("dns -o json"));
    expect(records.find(({ name }: { name: string }) => name === "web.default.svc.cluster.local.")).toEqual({
      name: "web.default.svc.cluster.local.",
      ttl: 30,
      type: "A",
      data: "10.96.0.50",
      service: { namespace: "default", name: "web" },
    });
  });
});

describe("outside", () => {
  it("adds, lists, answers and removes", async () => {
    const kubectl = new Kubectl();
    expect(await kubectl.ok(["outside", "add", "WWW.example.com.", "198.51.100.9", "--http", "hello"])).toBe(
      "outside/www.example.com added\n",
    );
    expect(await kubectl.ok("outside add www.example.com 198.51.100.9 --status 503")).toBe(
      "outside/www.example.com changed\n",
    );
    expect(await kubectl.ok("outside list")).toBe(
      'NAME              ADDRESS         HTTP\ndb.example.com    198.51.100.80   <none>\nwww.example.com   198.51.100.9    503 "Service Unavailable"\n',
    );
    expect(await kubectl.ok("curl -s http://www.example.com/")).toBe("Service Unavailable\n");
    expect(await kubectl.ok("outside remove www.example.com db.example.com")).toBe(
      "outside/www.example.com removed\noutside/db.example.com removed\n",
    );
    expect(await kubectl.run("outside list")).toEqual({
      stdout: "",
      stderr: "The outside world knows no name.\n",
      status: 0,
    });
  });

  it.each([
    [
      "outside add a.example",
      "error: NAME and ADDRESS are required, got 1 arguments\nSee 'kubemu outside add -h' for help and examples\n",
    ],
    ["outside add a.example moon", 'error: invalid address "moon": an IPv4 address is expected\n'],
    ["outside add a.example 192.0.2.1 --status 7", "error: invalid status 7: 200 to 599 is expected\n"],
    ["outside remove a.example", 'error: the outside world knows no name "a.example"\n'],
  ])("%s", async (line, stderr) => {
    expect(await new Kubectl().run(line)).toEqual({ stdout: "", stderr, status: 1 });
  });
});

describe("image", () => {
  it("adds an image that answers, at once for pods that run", async () => {
    const kubectl = new Kubectl();
    await kubectl.ok("run shop --image=shop --port=8080");
    expect(await kubectl.ok(["image", "add", "shop", "--port", "8080", "--http", "hello from {{.podName}}"])).toBe(
      "image/shop added\n",
    );
    expect(await kubectl.ok("image list")).toBe("IMAGE   TAGS    PORTS      HTTP\nshop    <all>   8080/TCP   1 page\n");
    await kubectl.ok("expose pod shop --port=8080 --type=LoadBalancer");
    expect(await kubectl.ok("curl -s localhost:8080")).toBe("hello from shop\n");
    expect(await kubectl.ok("image remove shop")).toBe("image/shop removed\n");
    expect(await kubectl.run("image remove shop")).toEqual({
      stdout: "",
      stderr: 'error: no image "shop" is described\n',
      status: 1,
    });
  });

  it("reads a description", async () => {
    const text =
      "image: shop\ntags: [v1]\nports: [80, {port: 53, protocol: UDP}]\nhttp:\n- {path: /a, status: 404, body: gone}\n";
    const kubectl = new Kubectl({ files: { "shop.yaml": text, "bad.yaml": "image: shop\nport: 80\n" } });
    expect(await kubectl.ok("image add -f shop.yaml")).toBe("image/docker.io/library/shop added\n");
    expect(await kubectl.ok("image list")).toBe(
      "IMAGE   TAGS   PORTS           HTTP\nshop    v1     80/TCP,53/UDP   1 page\n",
    );
    expect(await kubectl.run("image add -f bad.yaml")).toEqual({
      stdout: "",
      stderr: 'error: bad.yaml: unknown field "port", must be one of: image, tags, ports, http, log, exits, programs\n',
      status: 1,
    });
    expect(await kubectl.run("image add shop --port many")).toEqual({
      stdout: "",
      stderr: "error: --port many: a port from 1 to 65535 is expected\n",
      status: 1,
    });
  });
});

describe("record", () => {
  it("logs every command while it is on", async () => {
    const kubectl = new Kubectl();
    expect(await kubectl.ok("record status")).toBe("not recording\n");
    expect(await kubectl.ok("record start log.jsonl")).toBe("recording to /home/user/log.jsonl\n");
    await kubectl.ok("create namespace shop");
    await kubectl.run("get nothing");
    await kubectl.run("get --nothing");
    expect(await kubectl.ok("record status")).toBe("recording to /home/user/log.jsonl\n");
    expect(await kubectl.ok("record stop")).toBe("recorded to /home/user/log.jsonl\n");
    await kubectl.ok("create namespace unseen");
    const line = (seconds: number, argv: string[], exit: number, stdout: string, stderr: string) => ({
      time: `2026-11-22T15:00:0${seconds}Z`,
      argv,
      exit,
      stdout,
      stderr,
    });
    expect(
      kubectl
        .read("log.jsonl")
        .trimEnd()
        .split("\n")
        .map((text) => JSON.parse(text)),
    ).toEqual([
      line(2, ["create", "namespace", "shop"], 0, "namespace/shop created\n", ""),
      line(3, ["get", "nothing"], 1, "", 'error: the server doesn\'t have a resource type "nothing"\n'),
      line(4, ["get", "--nothing"], 1, "", "error: unknown flag: --nothing\nSee 'kubectl get --help' for usage.\n"),
    ]);
  });
});

describe("snapshot", () => {
  it("saves, tells what has changed, and goes back", async () => {
    const kubectl = await withWeb();
    expect(await kubectl.ok("snapshot save before")).toBe("snapshot/before saved\n");
    expect(await kubectl.ok("snapshot diff before")).toBe("");
    await kubectl.ok("create namespace shop");
    await kubectl.ok(["patch", "service", "web", "-p", '{"spec":{"sessionAffinity":"ClientIP"}}']);
    const { stdout, stderr, status } = await kubectl.run("snapshot diff before");
    expect([stderr, status]).toEqual(["", 1]);
    const at = stdout.indexOf("--- before/services/default/web\n");
    expect(stdout.slice(at)).toBe(`--- before/services/default/web
+++ now/services/default/web
@@ -23,7 +23,10 @@
     targetPort: 80
   selector:
     app: web
-  sessionAffinity: None
+  sessionAffinity: ClientIP
+  sessionAffinityConfig:
+    clientIP:
+      timeoutSeconds: 10800
   type: ClusterIP
 status:
   loadBalancer: {}
`);
    expect(stdout.split("\n").filter((line) => line.startsWith("+++ "))).toEqual([
      "+++ now/configmaps/shop/kube-root-ca.crt",
      "+++ now/namespaces/shop",
      "+++ now/serviceaccounts/shop/default",
      "+++ now/services/default/web",
    ]);
    expect(await kubectl.ok("snapshot restore before")).toBe("snapshot/before restored\n");
    expect((await kubectl.run("get namespace shop")).status).toBe(1);
    await kubectl.ok("reset");
    expect((await kubectl.run("get service web")).status).toBe(1);
    await kubectl.ok("snapshot restore before");
    expect(await kubectl.ok("get service web -o name")).toBe("service/web\n");
    expect((await kubectl.ok("snapshot list")).split(/\s+/).slice(0, 4)).toEqual(["NAME", "SAVED", "BYTES", "before"]);
  });

  it.each([
    ["snapshot restore nothere", 'Error from server (BadRequest): no snapshot "nothere": none is saved\n'],
    [
      "snapshot save ../x",
      "error: invalid snapshot name \"../x\": letters, digits, '-', '_' and '.' are expected, a letter or digit first\n",
    ],
    [
      "snapshot save",
      "error: exactly one NAME is required, got 0\nSee 'kubemu snapshot save -h' for help and examples\n",
    ],
  ])("%s", async (line, stderr) => {
    expect(await new Kubectl().run(line)).toEqual({ stdout: "", stderr, status: 1 });
  });
});

describe("export and import", () => {
  const SHOP = `apiVersion: v1
kind: Namespace
metadata: {name: shop}
${deployment("api", "nginx", { namespace: "shop" })}
${service("api", "{type: NodePort, selector: {app: api}, ports: [{name: a, port: 80, nodePort: 30080}, {name: b, port: 81, targetPort: 80}]}", "shop")}`;

  it("leaves out what the cluster chose, keeps what was pinned", async () => {
    const kubectl = new Kubectl({ files: { "shop.yaml": SHOP } });
    await kubectl.ok("apply -f shop.yaml");
    const text = await kubectl.ok("export -n shop");
    const parts = text.split("---\n");
    expect(parts.map((part) => part.split("\n").find((line) => line.startsWith("kind: ")))).toEqual([
      "kind: Namespace",
      "kind: Service",
      "kind: Deployment",
    ]);
    expect(parts[1]).toBe(`apiVersion: v1
kind: Service
metadata:
  name: api
  namespace: shop
spec:
  externalTrafficPolicy: Cluster
  internalTrafficPolicy: Cluster
  ports:
  - name: a
    nodePort: 30080
    port: 80
    protocol: TCP
    targetPort: 80
  - name: b
    port: 81
    protocol: TCP
    targetPort: 80
  selector:
    app: api
  sessionAffinity: None
  type: NodePort
`);
    expect(await kubectl.ok("export -A")).toBe(text);
  });

  it("comes back as it was", async () => {
    const there = new Kubectl({ files: { "shop.yaml": SHOP } });
    await there.ok("apply -f shop.yaml");
    const text = await there.ok("export -A");
    const here = new Kubectl({ files: { "all.yaml": text }, env: { KUBEMU_SEED: "other" } });
    expect(await here.ok("import -f all.yaml")).toBe(
      "namespace/shop imported\nservice/api imported\ndeployment.apps/api imported\n",
    );
    // Who has written a field is another one now: the file says 30080, so it stays pinned.
    expect(await here.ok("export -A")).toBe(text);
    expect(await here.ok("doctor -A")).toBe("Nothing is wrong.\n");
  });

  it("reads a list of a real cluster: statuses, owned objects and addresses that do not fit go", async () => {
    const list = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Pod
  metadata:
    name: web-1
    namespace: default
    uid: 1
    ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: x, controller: true}]
  spec: {containers: [{name: a, image: nginx}]}
- apiVersion: v1
  kind: Service
  metadata: {name: kubernetes, namespace: default}
  spec: {clusterIP: 10.43.0.1, ports: [{port: 443}]}
- apiVersion: v1
  kind: Service
  metadata: {name: web, namespace: prod, uid: abc, resourceVersion: "12"}
  spec: {clusterIP: 10.43.0.9, clusterIPs: [10.43.0.9], selector: {app: web}, ports: [{port: 80}]}
  status: {loadBalancer: {}}
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: coredns, namespace: kube-system}
- apiVersion: traefik.io/v1
  kind: IngressRoute
  metadata: {name: web}
`;
    const kubectl = new Kubectl({ files: { "all.yaml": list } });
    const { stdout, stderr, status } = await kubectl.run("import -f all.yaml");
    expect([stdout, status]).toEqual(["namespace/prod imported\nservice/web imported\n", 0]);
    expect(stderr.split("\n")).toEqual([
      "Note: IngressRoute web: kubemu has no such kind (traefik.io/v1)",
      "Note: namespace kube-system is the cluster's own: what is in it is not imported",
      'Note: service/web: clusterIP 10.43.0.9 is not kept: Invalid value: ["10.43.0.9"]: failed to allocate IP 10.43.0.9: the provided network does not match the current range',
      "",
    ]);
  });
});

describe("minikube", () => {
  it("prints addresses that this machine reaches", async () => {
    const kubectl = new Kubectl({ profile: "kind" });
    await kubectl.ok("create service nodeport web --tcp=80:80 --node-port=30080");
    expect(await kubectl.ok("minikube ip")).toBe("172.18.0.2\n");
    expect(await kubectl.ok("minikube service web --url")).toBe("http://172.18.0.2:30080\n");
    expect(await kubectl.run("minikube service nothere --url")).toEqual({
      stdout: "",
      stderr: "error: service 'nothere' was not found in namespace 'default'\n",
      status: 115,
    });
  });
});
