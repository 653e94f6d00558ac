import { describe, expect, it } from "vitest";
import type { KubeObject } from "../../../src/api/object.ts";
import { answer } from "../../../src/network/dns/answer.ts";
import { hostsFile, resolvConf } from "../../../src/network/dns/machine-files.ts";
import { recordText } from "../../../src/network/dns/message.ts";
import { canonicalIP } from "../../../src/network/dns/names.ts";
import { searchNames } from "../../../src/network/dns/stub.ts";
import { zone, zoneFile } from "../../../src/network/dns/zone.ts";
import { CLIENT, dnsCluster, pod } from "../../support/dns-cluster.ts";

const external = (name: string, externalName: string): KubeObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: "default" },
  spec: { type: "ExternalName", externalName },
});
const local = (name: string) => `${name}.default.svc.cluster.local`;

// Each rule is one of coredns 1.14 plugin/kubernetes or plugin/backend_lookup.go.
describe("rules of the kubernetes plugin beyond the recorded answers", () => {
  const snapshot = dnsCluster((objects) => [
    ...objects,
    external("loop-a", local("loop-b")),
    external("loop-b", local("loop-a")),
    external("self", local("self")),
    external("gone", "nothere.example.com"),
    external("address", "192.0.2.1"),
    ...Array.from({ length: 12 }, (_, i) => external(`chain-${i}`, i === 11 ? local("web") : local(`chain-${i + 1}`))),
  ]);
  const ask = (name: string, type: string) => {
    const got = answer(snapshot, { name, type });
    return [got.rcode, ...got.answer.map(recordText)];
  };
  it("loops of aliases end in an empty answer", () => {
    expect(ask(local("loop-a"), "A")).toEqual(["NOERROR"]);
    expect(ask(local("self"), "A")).toEqual(["NOERROR"]);
    expect(ask(local("loop-a"), "CNAME")).toEqual([
      "NOERROR",
      "loop-a.default.svc.cluster.local. 30 CNAME loop-b.default.svc.cluster.local.",
    ]);
  });
  it("a chain is followed over eleven aliases, not over twelve", () => {
    expect(ask(local("chain-1"), "A")).toHaveLength(13);
    expect(ask(local("chain-0"), "A")).toEqual(["NOERROR"]);
  });
  it("an alias to a name that the world does not know stands alone", () => {
    expect(ask(local("gone"), "A")).toEqual([
      "NOERROR",
      "gone.default.svc.cluster.local. 30 CNAME nothere.example.com.",
    ]);
  });
  it("an address as externalName is no name at all", () => {
    expect(ask(local("address"), "A")).toEqual(["NXDOMAIN"]);
  });
  it("text and start of authority tell other lies than addresses do", () => {
    expect(ask("default.svc.cluster.local", "TXT")).toEqual(["NXDOMAIN"]);
    expect(ask("nothere.default.svc.cluster.local", "SOA")).toEqual(["NOERROR"]);
    expect(ask("ns.dns.cluster.local", "A")).toEqual(["NOERROR"]);
  });
  it("pods' names have no port", () => {
    expect(ask("10-244-9-9.default.pod.cluster.local", "SRV")).toEqual([
      "NOERROR",
      "10-244-9-9.default.pod.cluster.local. 30 SRV 0 100 0 10-244-9-9.default.pod.cluster.local.",
    ]);
  });
  it("names above a known one outside are there", () => {
    expect(ask("example.com", "A")).toEqual(["NOERROR"]);
    expect(ask("db.example.com", "AAAA")).toEqual(["NOERROR"]);
    expect(ask("example.org", "A")).toEqual(["NXDOMAIN"]);
  });
  it("transfers and other classes are refused", () => {
    expect(ask("cluster.local", "AXFR")).toEqual(["REFUSED"]);
    expect(answer(snapshot, { name: "version.bind", type: "TXT", class: "CH" }).rcode).toBe("REFUSED");
  });
});

describe("addresses and search lists", () => {
  it("IPv6 is written as inet_ntop writes it", () => {
    expect(canonicalIP("2001:db8:0:0:0:567:0:89ab")).toBe("2001:db8::567:0:89ab");
    expect(canonicalIP("::FFFF:10.0.0.1")).toBe("10.0.0.1");
    expect(canonicalIP("::")).toBe("::");
    expect(canonicalIP("1:2:3")).toBeUndefined();
    expect(canonicalIP("010.0.0.1")).toBeUndefined();
  });
  it("ndots decides what is tried first (resolv.conf(5))", () => {
    const config = { searches: ["x.y", "y"], ndots: 2 };
    expect(searchNames("a", config)).toEqual(["a.x.y.", "a.y.", "a."]);
    expect(searchNames("a.b.c", config)).toEqual(["a.b.c.", "a.b.c.x.y.", "a.b.c.y."]);
    expect(searchNames("a.", config)).toEqual(["a."]);
    expect(searchNames("a", { searches: ["."], ndots: 2 })).toEqual(["a."]);
  });
});

describe("files of a pod", () => {
  const at = (spec: Record<string, unknown>) => {
    const mine = pod("p", "default", "10.244.0.9", {}, { containers: [{ name: "c", image: "busybox" }], ...spec });
    const snapshot = dnsCluster((objects) => [...objects, mine]);
    const where = { kind: "pod", namespace: "default", name: "p" } as const;
    return { resolv: resolvConf(snapshot, where), hosts: hostsFile(snapshot, where) };
  };
  it("resolv.conf by policy (pkg/kubelet/network/dns/dns.go)", () => {
    expect(resolvConf(dnsCluster(), CLIENT)).toBe(
      "nameserver 10.96.0.10\nsearch default.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n",
    );
    const dnsConfig = {
      nameservers: ["192.0.2.1"],
      searches: ["ns1.svc.cluster-domain.example"],
      options: [{ name: "ndots", value: "2" }, { name: "edns0" }],
    };
    expect(at({ dnsPolicy: "None", dnsConfig }).resolv).toBe(
      "nameserver 192.0.2.1\nsearch ns1.svc.cluster-domain.example\noptions ndots:2 edns0\n",
    );
    expect(at({ dnsConfig }).resolv).toBe(
      "nameserver 10.96.0.10\nnameserver 192.0.2.1\n" +
        "search default.svc.cluster.local svc.cluster.local cluster.local ns1.svc.cluster-domain.example\n" +
        "options ndots:2 edns0\n",
    );
    const crowded = {
      nameservers: ["192.0.2.1", "192.0.2.2", "192.0.2.3"],
      searches: Array.from({ length: 32 }, (_, i) => `s${i}`),
      options: [{ name: "rotate", value: "" }],
    };
    expect(at({ dnsConfig: crowded }).resolv).toBe(
      "nameserver 10.96.0.10\nnameserver 192.0.2.1\nnameserver 192.0.2.2\n" +
        `search default.svc.cluster.local svc.cluster.local cluster.local ${crowded.searches.slice(0, 29).join(" ")}\n` +
        "options ndots:5 rotate\n",
    );
    expect(at({ dnsPolicy: "Default" }).resolv).toBe("nameserver 192.0.2.53\n");
    expect(at({ hostNetwork: true }).resolv).toBe("nameserver 192.0.2.53\n");
    expect(at({ hostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" }).resolv).toContain("nameserver 10.96.0.10\n");
  });
  it("hosts (pkg/kubelet/kubelet_pods.go)", () => {
    const hostAliases = [{ ip: "127.0.0.1", hostnames: ["foo.local", "bar.local"] }];
    expect(at({ hostAliases, hostname: "h", subdomain: "web" }).hosts).toBe(
      "# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n" +
        "fe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n" +
        "10.244.0.9\th.web.default.svc.cluster.local\th\n" +
        "\n# Entries added by HostAliases.\n127.0.0.1\tfoo.local\tbar.local\n",
    );
  });
});

describe("the zone as a list", () => {
  const records = zone(dnsCluster());
  it("every record names its Service, and every answer is in it", () => {
    const of = (name: string) =>
      records.filter((it) => it.service?.name === name && it.service.namespace === "default").map(recordText);
    expect(of("my-db")).toEqual(["my-db.default.svc.cluster.local. 30 CNAME db.example.com."]);
    expect(of("web-np")).toEqual([
      "web-np.default.svc.cluster.local. 30 A 10.96.50.2",
      "10-244-0-1.web-np.default.svc.cluster.local. 30 A 10.244.0.1",
      "10-244-0-2.web-np.default.svc.cluster.local. 30 A 10.244.0.2",
      "2.50.96.10.in-addr.arpa. 30 PTR web-np.default.svc.cluster.local.",
      "1.0.244.10.in-addr.arpa. 30 PTR 10-244-0-1.web-np.default.svc.cluster.local.",
      "2.0.244.10.in-addr.arpa. 30 PTR 10-244-0-2.web-np.default.svc.cluster.local.",
    ]);
    expect(of("empty-headless")).toEqual([]);
  });
  it("as a zone file", () => {
    const two = records.filter((it) => it.service?.name === "empty" || it.service?.name === "my-db");
    expect(zoneFile(two)).toBe(
      "\n; Service default/empty\n" +
        "empty.default.svc.cluster.local. 30 IN A 10.96.50.3\n" +
        "3.50.96.10.in-addr.arpa.         30 IN PTR empty.default.svc.cluster.local.\n" +
        "\n; Service default/my-db\n" +
        "my-db.default.svc.cluster.local. 30 IN CNAME db.example.com.\n",
    );
  });
});
