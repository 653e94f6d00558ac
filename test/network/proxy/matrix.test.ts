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

/** What the objects are called, how far their ports are moved, and where their ClusterIPs are. */
interface Naming {
  name(word: string): string;
  moved: number;
  network: string;
}
const AS_RECORDED: Naming = { name: (word) => word, moved: 0, network: "10.96.8" };
const RENAMED: Naming = { name: (word) => `other-${word}`, moved: 100, network: "10.96.77" };

const WORDS =
  "web far client cip np lb empty wrongtarget np-local far-local far-itp web-itp sticky extip udp ranges lb-local headless fqdn-named app none http nosuchname c".split(
    " ",
  );

/** The recorded manifest with other names, labels, ports and addresses. */
function manifestOf({ name, moved, network }: Naming): string {
  const word = new RegExp(`(?<![\\w./-])(?:${WORDS.join("|")})(?![\\w./-])`, "g");
  return read("manifest.yaml")
    .replaceAll("docker-desktop", "node-1")
    .replace(word, (found) => name(found))
    .replace(/((?:[pP]ort: |http-port=))(\d+)/g, (_, key: string, port: string) => `${key}${Number(port) + moved}`)
    .replaceAll("10.96.8.", `${network}.`);
}

function cluster(naming = AS_RECORDED): TestCluster {
  return new TestCluster("bare")
    .apply(manifestOf(naming))
    .ingress(naming.name("lb"), { ip: "203.0.113.10", ipMode: "VIP" })
    .ingress(naming.name("lb-local"), { ip: "203.0.113.11", ipMode: "VIP" })
    .ingress(naming.name("ranges"), { ip: "203.0.113.12", ipMode: "VIP" });
}

const sourcesOf = ({ name }: Naming): Record<string, Location> => ({
  "outside host": { kind: "host" },
  node: { kind: "node", name: "node-1" },
  pod: { kind: "pod", namespace: "default", name: `${name("client")}-0` },
  "a backend pod itself": { kind: "pod", namespace: "default", name: `${name("web")}-0` },
});
const SOURCES = sourcesOf(AS_RECORDED);
const EXIT = { answered: 0, refused: 7, noRoute: 7, dropped: 28, nameNotFound: 6 };

/** Sixteen requests as the recorder made them. */
function observe(world: TestCluster, from: Location, address: string, requests = 16, naming = AS_RECORDED) {
  const web = world.get<Pod>("pods", "default", `${naming.name("web")}-1`)!.status!.podIP!;
  const [to, port] = address.replace("<web pod>", web).split(":");
  const own = from.kind === "pod" ? world.get<Pod>("pods", "default", from.name)!.status!.podIP : undefined;
  const pods: string[] = [];
  const clients = new Set<string>();
  let exit = 0;
  for (let i = 0; i < requests; i++) {
    const path = connect(world, { from, to: to!, port: Number(port), protocol: "TCP" });
    exit = EXIT[path.verdict];
    if (path.listener?.kind === "container") pods.push(path.listener.pod);
    if (path.clientAddress) clients.add(nameOf(path.clientAddress, own, from, naming));
    world.record(path.effects);
  }
  return { exit, pods, clients: [...clients].sort() };
}

function nameOf(address: string, own: string | undefined, from: Location, { name }: Naming): string {
  if (address === "10.244.0.1") return "node address (pod bridge)";
  if (address === "192.168.65.1") return "outside address";
  if (address !== own) return address;
  return from.kind === "pod" && from.name === `${name("web")}-0` ? "its own address" : "client pod address";
}

/** Rows times sources of the matrix that were recorded. */
const COMPARED = 92;

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

  it("is the same with every object renamed, every port moved and every ClusterIP elsewhere", () => {
    let compared = 0;
    for (const row of targets)
      for (const source of Object.keys(SOURCES)) {
        const recorded = row[source];
        if (recorded === undefined || typeof recorded === "string") continue;
        const [host = "", port] = (row.address as string).split(":");
        const address = `${host.replace("10.96.8.", `${RENAMED.network}.`)}:${Number(port) + RENAMED.moved}`;
        const seen = observe(cluster(RENAMED), sourcesOf(RENAMED)[source]!, address, 16, RENAMED);
        expect({
          row: `${row.target} from ${source}`,
          exit: seen.exit,
          by: seen.pods.length > 0 ? `${new Set(seen.pods).size} pod(s)` : undefined,
          clients: seen.clients,
        }).toEqual({
          row: `${row.target} from ${source}`,
          exit: recorded.curl_exit,
          by: recorded.answered_by,
          clients: [...(recorded.client_address_seen ?? [])].sort(),
        });
        compared++;
      }
    expect(compared).toBe(COMPARED);
  });

  it("sessionAffinity ClientIP, 20 requests from one pod", () => {
    const { pods } = observe(cluster(), SOURCES.pod!, "10.96.8.10:80", 20);
    expect([pods.length, new Set(pods).size]).toEqual([20, 1]);
  });

  it("no affinity, 40 requests from one pod (2 pods): evenly", () => {
    const { pods } = observe(cluster(), SOURCES.pod!, "10.96.8.1:80", 40);
    expect(pods.filter((pod) => pod === "web-0").length).toBe(20);
  });
});
