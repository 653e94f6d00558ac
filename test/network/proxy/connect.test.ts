import { describe, expect, it } from "vitest";
import type { Node, Pod } from "../../../src/api/types/core.ts";
import type { EndpointSlice } from "../../../src/api/types/discovery.ts";
import { addressOfBalancerName } from "../../../src/network/load-balancer.ts";
import type { Location } from "../../../src/network/location.ts";
import { connect } from "../../../src/network/proxy/connect.ts";
import { runCurl } from "../../programs/run-curl.ts";
import { TestCluster } from "../cluster.ts";

const HOST: Location = { kind: "host" };
const pod = (name: string): Location => ({ kind: "pod", namespace: "default", name });

function deployment(name: string, replicas: number, node = "", image = "nginx", extra = ""): string {
  const where = node ? `nodeName: ${node}, ` : "";
  return `
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec: {replicas: ${replicas}, selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}, spec: {${where}containers: [{name: c, image: ${image}${extra}}]}}}
`;
}
const service = (name: string, spec: string) => `
---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {${spec}}
`;

function reach(
  cluster: TestCluster,
  from: Location,
  to: string,
  port: number,
  protocol: "TCP" | "UDP" | "SCTP" = "TCP",
) {
  const path = connect(cluster, { from, to, port, protocol });
  cluster.record(path.effects);
  return path;
}
const verdict = (...args: Parameters<typeof reach>) => reach(...args).verdict;

describe("docker-desktop: what localhost answers", () => {
  const lesson = () => new TestCluster("docker-desktop").apply(deployment("web", 1, "", "bretfisher/httpenv"));

  it("node ports and load balancers' ports, nothing else", () => {
    const cluster = lesson();
    cluster.apply(service("cip", "clusterIP: 10.96.1.1, selector: {app: web}, ports: [{port: 8888}]"));
    expect(verdict(cluster, HOST, "127.0.0.1", 8888)).toBe("refused");
    expect(verdict(cluster, HOST, "10.96.1.1", 8888)).toBe("dropped");
    expect(verdict(cluster, HOST, "192.168.65.3", 31111)).toBe("dropped");
    cluster.apply(
      service(
        "np",
        "type: NodePort, clusterIP: 10.96.1.2, selector: {app: web}, ports: [{port: 8888, nodePort: 31111}]",
      ),
    );
    expect(verdict(cluster, HOST, "127.0.0.1", 31111)).toBe("answered");
    expect(verdict(cluster, HOST, "127.0.0.1", 8888)).toBe("refused");
    cluster.apply(
      service(
        "lb",
        "type: LoadBalancer, clusterIP: 10.96.1.3, selector: {app: web}, ports: [{port: 8888, nodePort: 31112}]",
      ),
    );
    cluster.ingress("lb", { hostname: "localhost" });
    const path = reach(cluster, HOST, "127.0.0.1", 8888);
    expect(path.hops.map((hop) => hop.kind)).toEqual([
      "host",
      "loadBalancer",
      "node",
      "nodePort",
      "clusterIP",
      "endpoint",
      "pod",
      "container",
    ]);
    expect(path.clientAddress).toBe("10.244.0.1");
  });

  it("refuses when no endpoint is left", () => {
    const cluster = new TestCluster("docker-desktop").apply(
      service("np", "type: NodePort, clusterIP: 10.96.1.2, selector: {app: web}, ports: [{port: 80, nodePort: 31111}]"),
    );
    expect(reach(cluster, HOST, "127.0.0.1", 31111).rule).toBe(
      "KUBE-EXTERNAL-SERVICES: default/np has no endpoints -> REJECT",
    );
  });
});

describe("kind: three nodes", () => {
  const cluster = (spec: string) =>
    new TestCluster("kind").apply(
      deployment("web", 1, "kind-worker") + service("np", `type: NodePort, clusterIP: 10.96.1.2, ${spec}`),
    );
  const ports = "selector: {app: web}, ports: [{port: 80, nodePort: 31111}]";

  it("a node port answers on all of them; a pod elsewhere sees the node's own address", () => {
    const world = cluster(ports);
    const seen = ["172.18.0.2", "172.18.0.3", "172.18.0.4"].map((to) => reach(world, HOST, to, 31111).clientAddress);
    expect(seen).toEqual(["172.18.0.2", "10.244.1.1", "172.18.0.4"]);
    expect(verdict(world, HOST, "127.0.0.1", 31111)).toBe("refused");
    expect(verdict(world, HOST, "10.96.1.2", 80)).toBe("dropped");
  });

  it("externalTrafficPolicy Local: only the pod's node, and the client's address stays", () => {
    const world = cluster(`externalTrafficPolicy: Local, ${ports}`);
    const paths = ["172.18.0.2", "172.18.0.3", "172.18.0.4"].map((to) => reach(world, HOST, to, 31111));
    expect(paths.map((path) => path.verdict)).toEqual(["dropped", "answered", "dropped"]);
    expect(paths[1]!.clientAddress).toBe("172.18.0.1");
  });

  it("internalTrafficPolicy Local: only from the pod's node", () => {
    const world = new TestCluster("kind").apply(
      deployment("web", 1, "kind-worker") +
        deployment("near", 1, "kind-worker", "busybox", ", command: [sleep, inf]") +
        deployment("far", 1, "kind-worker2", "busybox", ", command: [sleep, inf]") +
        service("web", "clusterIP: 10.96.1.3, internalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80}]"),
    );
    expect(verdict(world, pod("near-0"), "10.96.1.3", 80)).toBe("answered");
    expect(verdict(world, pod("far-0"), "10.96.1.3", 80)).toBe("dropped");
  });
});

describe("cloud", () => {
  const NAME = "a1-22.us-east-1.elb.amazonaws.com";
  const address = addressOfBalancerName(NAME);
  const lb = (spec = "") =>
    new TestCluster("cloud")
      .apply(
        deployment("web", 2) +
          service(
            "lb",
            `type: LoadBalancer, clusterIP: 10.96.1.2, ${spec}selector: {app: web}, ports: [{port: 80, nodePort: 31111}]`,
          ),
      )
      .ingress("lb", { hostname: NAME });

  it("the balancer's name answers from outside and from a pod", () => {
    const world = lb();
    expect(
      reach(world, HOST, address, 80)
        .hops.map((hop) => hop.kind)
        .slice(0, 4),
    ).toEqual(["host", "loadBalancer", "node", "nodePort"]);
    expect(verdict(world, pod("web-0"), address, 80)).toBe("answered");
    expect(verdict(world, HOST, address, 81)).toBe("dropped");
  });

  it("node ports on the external addresses, other ports behind the firewall", () => {
    const world = lb();
    expect(verdict(world, HOST, "203.0.113.12", 31111)).toBe("answered");
    expect(verdict(world, HOST, "203.0.113.12", 30999)).toBe("refused");
    expect(verdict(world, HOST, "203.0.113.12", 22)).toBe("dropped");
    expect(verdict(world, HOST, "10.0.1.12", 31111)).toBe("dropped");
  });

  it("the balancer itself looks at loadBalancerSourceRanges", () => {
    expect(verdict(lb("loadBalancerSourceRanges: [192.0.2.0/24], "), HOST, address, 80)).toBe("dropped");
    expect(verdict(lb("loadBalancerSourceRanges: [198.51.100.0/24], "), HOST, address, 80)).toBe("answered");
  });
});

describe("linux: the host is the node", () => {
  it("reaches everything, node ports on localhost too", () => {
    const world = new TestCluster("linux").apply(
      deployment("web", 1) +
        service(
          "np",
          "type: NodePort, clusterIP: 10.96.1.2, selector: {app: web}, ports: [{port: 80, nodePort: 31111}]",
        ),
    );
    const web = world.get<Pod>("pods", "default", "web-0")!.status!.podIP!;
    expect(
      (
        [
          ["10.96.1.2", 80],
          [web, 80],
          ["192.168.1.10", 31111],
          ["127.0.0.1", 31111],
        ] as const
      ).map(([to, port]) => verdict(world, HOST, to, port)),
    ).toEqual(["answered", "answered", "answered", "answered"]);
    expect(verdict(world, HOST, "127.0.0.1", 80)).toBe("refused");
  });
});

describe("rules beyond the matrix", () => {
  it("affinity lasts its timeout, and is renewed by each connection", () => {
    const spec =
      "clusterIP: 10.96.1.2, sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 10}}, selector: {app: web}, ports: [{port: 80}]";
    const world = new TestCluster("bare").apply(
      deployment("web", 3) + deployment("c", 1, "", "busybox", ", command: [sleep, inf]") + service("s", spec),
    );
    const to = () => reach(world, pod("c-0"), "10.96.1.2", 80);
    const first = (to().listener as { pod: string }).pod;
    world.now += 9_999;
    expect((to().listener as { pod: string }).pod).toBe(first);
    world.now += 9_999;
    expect((to().listener as { pod: string }).pod).toBe(first);
    world.now += 10_000;
    expect((to().listener as { pod: string }).pod).not.toBe(first);
  });

  it("a port of another protocol does not answer", () => {
    const world = new TestCluster("bare").apply(
      deployment("web", 1) +
        service("s", "clusterIP: 10.96.1.2, selector: {app: web}, ports: [{port: 80, protocol: SCTP}]"),
    );
    expect(verdict(world, { kind: "node", name: "node-1" }, "10.96.1.2", 80)).toBe("dropped");
  });

  it("a pod reaches itself through its Service, and sees the bridge's address", () => {
    const world = new TestCluster("bare").apply(
      deployment("web", 1) + service("s", "clusterIP: 10.96.1.2, selector: {app: web}, ports: [{port: 80}]"),
    );
    const path = reach(world, pod("web-0"), "10.96.1.2", 80);
    // KUBE-SEP marks what comes from its own endpoint: kubernetes pkg/proxy/iptables/proxier.go (writeServiceToEndpointRules).
    expect([path.verdict, (path.listener as { pod: string }).pod, path.clientAddress]).toEqual([
      "answered",
      "web-0",
      "10.244.0.1",
    ]);
  });

  it("externalIPs lead in wherever the packet meets a node, and hide who asks unless the policy is Local", () => {
    const web = deployment("web", 1) + deployment("c", 1, "", "busybox", ", command: [sleep, inf]");
    const spec =
      "clusterIP: 10.96.1.2, externalIPs: [198.51.100.77], selector: {app: web}, ports: [{port: 7000, targetPort: 80}]";
    const open = new TestCluster("bare").apply(web + service("s", spec));
    const path = reach(open, pod("c-0"), "198.51.100.77", 7000);
    expect([path.verdict, path.clientAddress]).toEqual(["answered", "10.244.0.1"]);
    expect(verdict(open, { kind: "node", name: "node-1" }, "198.51.100.77", 7000)).toBe("answered");
    // This profile's machine sends to the node what a Service names as an address of its own.
    expect(verdict(open, HOST, "198.51.100.77", 7000)).toBe("answered");
    expect(verdict(open, HOST, "198.51.100.77", 7001)).toBe("dropped");
    const local = new TestCluster("bare").apply(
      web + service("s", `type: NodePort, externalTrafficPolicy: Local, ${spec}`),
    );
    const own = local.get<Pod>("pods", "default", "c-0")!.status!.podIP;
    expect(reach(local, pod("c-0"), "198.51.100.77", 7000).clientAddress).toBe(own);
  });

  it("target ports by name may differ from pod to pod", () => {
    const world = new TestCluster("bare");
    const agnhost = (name: string, port: number) => ({
      labels: { app: "web" },
      containers: [
        {
          name,
          image: "registry.k8s.io/e2e-test-images/agnhost:2.53",
          args: ["netexec", `--http-port=${port}`],
          ports: [{ name: "web", containerPort: port }],
        },
      ],
    });
    world.pod("a", agnhost("a", 8080));
    world.pod("b", agnhost("b", 9090));
    world.apply(service("s", "clusterIP: 10.96.1.2, selector: {app: web}, ports: [{port: 80, targetPort: web}]"));
    const node: Location = { kind: "node", name: "node-1" };
    const seen = [0, 1].map(() => (reach(world, node, "10.96.1.2", 80).listener as { port: number }).port);
    expect(seen.sort()).toEqual([8080, 9090]);
  });

  it("pods that are not ready get nothing, unless publishNotReadyAddresses; terminating ones serve when no other is left", () => {
    const node: Location = { kind: "node", name: "node-1" };
    const with_ = (spec: string, options: Parameters<TestCluster["pod"]>[1]) => {
      const world = new TestCluster("bare");
      world.pod("a", { labels: { app: "web" }, ...options });
      world.apply(service("s", `clusterIP: 10.96.1.2, ${spec}selector: {app: web}, ports: [{port: 80}]`));
      return verdict(world, node, "10.96.1.2", 80);
    };
    expect(with_("", { ready: false })).toBe("refused");
    expect(with_("publishNotReadyAddresses: true, ", { ready: false })).toBe("answered");
    expect(with_("", { terminating: true })).toBe("answered");
    expect(with_("", { terminating: true, ready: false })).toBe("refused");
  });

  it("hints for the zone keep traffic in it, as long as every endpoint has one", () => {
    const world = new TestCluster("cloud").apply(
      deployment("web", 1, "ip-10-0-1-11.ec2.internal") +
        service("s", "clusterIP: 10.96.1.2, selector: {app: web}, ports: [{port: 80}]"),
    );
    world.pod("far", { labels: { app: "web" }, node: "ip-10-0-1-12.ec2.internal" });
    world.settle();
    const key = "endpointslices.discovery.k8s.io";
    for (const slice of world.list<EndpointSlice>(key)) {
      const zone = world.get<Node>("nodes", "", slice.endpoints![0]!.nodeName!)!.metadata.labels![
        "topology.kubernetes.io/zone"
      ]!;
      world.put(key, {
        ...slice,
        endpoints: [{ ...slice.endpoints![0]!, hints: { forZones: [{ name: zone }] } }],
      } as EndpointSlice);
    }
    const seen = new Set<string>();
    for (let i = 0; i < 6; i++)
      seen.add(
        (reach(world, { kind: "node", name: "ip-10-0-1-12.ec2.internal" }, "10.96.1.2", 80).listener as { pod: string })
          .pod,
      );
    expect([...seen]).toEqual(["far"]);
  });

  it("a Service without a selector leads outside; a port that nobody has there refuses", () => {
    const world = new TestCluster("bare")
      .apply(
        deployment("c", 1, "", "busybox", ", command: [sleep, inf]") +
          service("ext", "clusterIP: 10.96.1.2, ports: [{port: 80}, {name: x, port: 5432}]") +
          `
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: ext-1, labels: {kubernetes.io/service-name: ext}}
addressType: IPv4
ports: [{port: 80}, {name: x, port: 5432}]
endpoints: [{addresses: [198.51.100.80]}]
`,
      )
      .outside("db.example.com", "198.51.100.80", { status: 200, body: "hello from outside" });
    const path = reach(world, pod("c-0"), "10.96.1.2", 80);
    expect([path.verdict, path.clientAddress, path.listener]).toEqual([
      "answered",
      "192.168.65.3",
      { kind: "outside", address: "198.51.100.80", port: 80 },
    ]);
    expect(verdict(world, pod("c-0"), "10.96.1.2", 5432)).toBe("refused");
  });

  it("healthCheckNodePort tells how many endpoints the node has", async () => {
    const world = new TestCluster("bare")
      .apply(
        deployment("web", 2) +
          service(
            "lb",
            "type: LoadBalancer, clusterIP: 10.96.1.2, externalTrafficPolicy: Local, healthCheckNodePort: 32000, selector: {app: web}, ports: [{port: 80, nodePort: 31111}]",
          ),
      )
      .ingress("lb", { ip: "203.0.113.10" });
    const { stdout } = await runCurl(world, HOST, ["-s", "192.168.65.3:32000"]);
    // kubernetes pkg/proxy/healthcheck/service_health.go
    expect(stdout).toBe(
      '{\n\t"service": {\n\t\t"namespace": "default",\n\t\t"name": "lb"\n\t},\n\t"localEndpoints": 2,\n\t"serviceProxyHealthy": true\n}',
    );
  });

  it("healthCheckNodePort answers 503 where the node has none", async () => {
    const world = new TestCluster("kind").apply(
      deployment("web", 1, "kind-worker") +
        service(
          "lb",
          "type: LoadBalancer, clusterIP: 10.96.1.2, externalTrafficPolicy: Local, healthCheckNodePort: 32000, selector: {app: web}, ports: [{port: 80, nodePort: 31111}]",
        ),
    );
    const ask = async (node: string) =>
      (
        await runCurl(world, { kind: "node", name: node }, [
          "-s",
          "-o",
          "/dev/null",
          "-w",
          "%{http_code}",
          "localhost:32000",
        ])
      ).stdout;
    expect([await ask("kind-worker"), await ask("kind-worker2")]).toEqual(["200", "503"]);
  });

  it("ten pods get one of any ten connections that begin a round, whatever the seed", () => {
    for (const seed of ["a", "b", "c", "d"]) {
      const world = new TestCluster("bare", seed).apply(
        deployment("web", 10) + service("s", "clusterIP: 10.96.1.2, selector: {app: web}, ports: [{port: 80}]"),
      );
      const pods = Array.from({ length: 20 }, () =>
        reach(world, { kind: "node", name: "node-1" }, "10.96.1.2", 80),
      ).map((path) => (path.listener as { pod: string }).pod);
      expect([new Set(pods.slice(0, 10)).size, new Set(pods.slice(10)).size]).toEqual([10, 10]);
    }
  });
});

describe("the outside world by curl", () => {
  const world = () =>
    new TestCluster("bare")
      .apply(deployment("c", 1, "", "nicolaka/netshoot", ", command: [sleep, inf]"))
      .outside("shop.example.com", "198.51.100.81", { status: 200, body: "welcome" });

  it("a virtual host that does not know the name answers 404", async () => {
    const { stdout } = await runCurl(world(), pod("c-0"), [
      "-s",
      "-H",
      "Host: my-shop",
      "http://shop.example.com",
      "-w",
      "%{http_code}",
    ]);
    expect(stdout).toBe("404 page not found\n404");
  });

  it("a certificate that does not match ends with 60", async () => {
    const run = await runCurl(world(), pod("c-0"), [
      "-sS",
      "https://my-shop",
      "--resolve",
      "my-shop:443:198.51.100.81",
    ]);
    expect([run.exit, run.stderr.split("\n")[0]]).toEqual([
      60,
      "curl: (60) SSL: no alternative certificate subject name matches target host name 'my-shop'",
    ]);
  });
});
