import { expect, it } from "vitest";
import { keyedInt } from "../../src/api/keyed-random.ts";
import { Kubectl } from "../support/kubectl.ts";
import { service } from "./situations.ts";

/** What the names and ports of one cluster are. */
interface Naming {
  label: string;
  value: string;
  deployment: string;
  portName: string;
  listening: number;
  closed: number;
  services: { works: string; refused: string; empty: string; headless: string; nodePort: string; named: string };
  port: number;
  nodePort: number;
}

const PLAIN: Naming = {
  label: "app",
  value: "web",
  deployment: "web",
  portName: "http",
  listening: 8080,
  closed: 8081,
  services: { works: "web", refused: "wrong", empty: "empty", headless: "peers", nodePort: "door", named: "named" },
  port: 80,
  nodePort: 30080,
};

function renamed(round: number): Naming {
  const used = new Set<string>();
  const name = (purpose: string): string => {
    for (let turn = 0; ; turn++) {
      const length = 1 + keyedInt(20, "length", round, purpose, turn);
      const letters = Array.from(
        { length },
        (_, at) => "abcdefghijklmnopqrstuvwxyz"[keyedInt(26, round, purpose, turn, at)],
      );
      // No word that YAML takes for a boolean.
      const made = `k${letters.join("")}k`;
      if (used.has(made) || made === "kubernetes" || made === "client") continue;
      used.add(made);
      return made;
    }
  };
  const port = (purpose: string) => 1024 + keyedInt(20_000, "port", round, purpose);
  const listening = port("listening");
  return {
    label: name("label"),
    value: name("value"),
    deployment: name("deployment"),
    portName: name("portName").slice(0, 15),
    listening,
    closed: listening + 1,
    services: {
      works: name("works"),
      refused: name("refused"),
      empty: name("empty"),
      headless: name("headless"),
      nodePort: name("nodePort"),
      named: name("named"),
    },
    // Never the one that the pods listen on: a headless Service has no other.
    port: 22_500 + keyedInt(5000, "port", round),
    nodePort: 30_000 + keyedInt(2768, "nodePort", round),
  };
}

function manifest(naming: Naming): string {
  const { label, value, deployment, portName, listening, closed, services, port, nodePort } = naming;
  const selector = `{${label}: ${value}}`;
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${deployment}}
spec:
  replicas: 2
  selector: {matchLabels: ${selector}}
  template:
    metadata: {labels: ${selector}}
    spec: {containers: [{name: main, image: example.com/any, ports: [{name: ${portName}, containerPort: ${listening}}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {containers: [{name: main, image: nicolaka/netshoot, command: [sleep, infinity]}]}
${service(services.works, `{selector: ${selector}, ports: [{port: ${port}, targetPort: ${listening}}]}`)}
${service(services.refused, `{selector: ${selector}, ports: [{port: ${port}, targetPort: ${closed}}]}`)}
${service(services.empty, `{selector: {${label}: ${value}x}, ports: [{port: ${port}, targetPort: ${listening}}]}`)}
${service(services.headless, `{clusterIP: None, selector: ${selector}, ports: [{port: ${port}, targetPort: ${listening}}]}`)}
${service(services.nodePort, `{type: NodePort, selector: ${selector}, ports: [{port: ${port}, targetPort: ${listening}, nodePort: ${nodePort}}]}`)}
${service(services.named, `{selector: ${selector}, ports: [{port: ${port}, targetPort: ${portName}}]}`)}
`;
}

/** The verdict, curl's exit status and the kinds of the hops of every path there is. */
async function verdicts(naming: Naming): Promise<unknown[]> {
  const kubectl = new Kubectl({ files: { "all.yaml": manifest(naming) } });
  await kubectl.ok("apply -f all.yaml");
  const { services, port, listening, nodePort } = naming;
  const found: unknown[] = [];
  for (const [place, host, to] of [
    ["pod/client", services.works, port],
    ["pod/client", `${services.works}.default.svc.cluster.local`, port],
    ["pod/client", `${services.works}.kube-system`, port],
    ["pod/client", services.works, 22_222],
    ["pod/client", services.refused, port],
    ["pod/client", services.empty, port],
    ["pod/client", services.headless, port],
    ["pod/client", services.headless, listening],
    ["pod/client", services.named, port],
    ["host", "localhost", nodePort],
    ["host", "localhost", 22_223],
    ["node/docker-desktop", "localhost", nodePort],
    ["host", services.works, port],
  ] as const) {
    const text = await kubectl.ok(["trace", `http://${host}:${to}/`, "--from", place, "-o", "json"]);
    const { verdict, curl, attempts } = JSON.parse(text);
    const hops = (attempts.at(-1)?.steps ?? []).map(({ kind }: { kind: string }) => kind).join(" ");
    found.push([verdict, curl.exit, curl.status ?? 0, hops]);
  }
  return found;
}

// "50 random renamings of services, deployments, ports and selectors give the same verdicts for the same paths".
it("50 renamings of services, deployments, ports and selectors leave every verdict as it was", async () => {
  const inPod = "pod node clusterIP endpoint pod container";
  const expected = [
    ["answered", 0, 200, inPod],
    ["answered", 0, 200, inPod],
    ["nameNotFound", 6, 0, ""],
    ["dropped", 28, 0, "pod node"],
    ["refused", 7, 0, "pod node clusterIP endpoint pod"],
    ["refused", 7, 0, "pod node"],
    ["refused", 7, 0, "pod node pod"],
    ["answered", 0, 200, "pod node pod container"],
    ["answered", 0, 200, inPod],
    ["answered", 0, 200, "host node nodePort clusterIP endpoint pod container"],
    ["refused", 7, 0, "host"],
    ["answered", 0, 200, "node nodePort clusterIP endpoint pod container"],
    ["nameNotFound", 6, 0, ""],
  ];
  expect(await verdicts(PLAIN)).toEqual(expected);
  for (let round = 0; round < 50; round++) {
    const naming = renamed(round);
    expect({ naming, found: await verdicts(naming) }).toEqual({ naming, found: expected });
  }
}, 120_000);
