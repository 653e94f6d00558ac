import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Pod } from "../../../src/api/types/core.ts";
import type { Location } from "../../../src/network/location.ts";
import { connect } from "../../../src/network/proxy/connect.ts";
import { TestCluster } from "../cluster.ts";

// fixtures/conformance/traffic: a real kube-proxy 1.36.2 in iptables mode; the profile's node stands for the one recorded.
const read = (file: string) =>
  readFileSync(new URL(`../../../fixtures/conformance/traffic/${file}`, import.meta.url), "utf8");
interface Recorded {
  curl_exit: number;
  answered_by?: string;
  client_address_seen?: string[];
}
const rows = JSON.parse(read("matrix.json")).rows as Record<string, Recorded | string>[];

function cluster(): TestCluster {
  return new TestCluster("bare")
    .apply(read("manifest.yaml").replaceAll("docker-desktop", "node-1"))
    .ingress("lb", { ip: "203.0.113.10", ipMode: "VIP" })
    .ingress("lb-local", { ip: "203.0.113.11", ipMode: "VIP" })
    .ingress("ranges", { ip: "203.0.113.12", ipMode: "VIP" });
}

const SOURCES: Record<string, Location> = {
  "outside host": { kind: "host" },
  node: { kind: "node", name: "node-1" },
  pod: { kind: "pod", namespace: "default", name: "client-0" },
  "a backend pod itself": { kind: "pod", namespace: "default", name: "web-0" },
};
const EXIT = { answered: 0, refused: 7, noRoute: 7, dropped: 28, nameNotFound: 6 };

/** Sixteen requests as the recorder made them. */
function observe(world: TestCluster, from: Location, address: string, requests = 16) {
  const web = world.get<Pod>("pods", "default", "web-1")!.status!.podIP!;
  const [to, port] = address.replace("<web pod>", web).split(":");
  const own = from.kind === "pod" ? world.get<Pod>("pods", "default", from.name)!.status!.podIP : undefined;
  const pods: string[] = [];
  const clients = new Set<string>();
  let exit = 0;
  for (let i = 0; i < requests; i++) {
    const path = connect(world, { from, to: to!, port: Number(port), protocol: "TCP" });
    exit = EXIT[path.verdict];
    if (path.listener?.kind === "container") pods.push(path.listener.pod);
    if (path.clientAddress) clients.add(nameOf(path.clientAddress, own, from));
    world.record(path.effects);
  }
  return { exit, pods, clients: [...clients].sort() };
}

function nameOf(address: string, own: string | undefined, from: Location): string {
  if (address === "10.244.0.1") return "node address (pod bridge)";
  if (address === "192.168.65.1") return "outside address";
  if (address !== own) return address;
  return from.kind === "pod" && from.name === "web-0" ? "its own address" : "client pod address";
}

describe("the recorded traffic matrix", () => {
  const targets = rows.filter((row) => row.address !== undefined);
  for (const row of targets)
    for (const [source, from] of Object.entries(SOURCES)) {
      const recorded = row[source];
      if (recorded === undefined || typeof recorded === "string") continue;
      it(`${row.target} from ${source}`, () => {
        const seen = observe(cluster(), from, row.address as string);
        expect({
          exit: seen.exit,
          by: seen.pods.length > 0 ? `${new Set(seen.pods).size} pod(s)` : undefined,
          clients: seen.clients,
        }).toEqual({
          exit: recorded.curl_exit,
          by: recorded.answered_by,
          clients: [...(recorded.client_address_seen ?? [])].sort(),
        });
      });
    }

  it("sessionAffinity ClientIP, 20 requests from one pod", () => {
    const { pods } = observe(cluster(), SOURCES.pod!, "10.96.8.10:80", 20);
    expect([pods.length, new Set(pods).size]).toEqual([20, 1]);
  });

  it("no affinity, 40 requests from one pod (2 pods): evenly", () => {
    const { pods } = observe(cluster(), SOURCES.pod!, "10.96.8.1:80", 40);
    expect(pods.filter((pod) => pod === "web-0").length).toBe(20);
  });
});
