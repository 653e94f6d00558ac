import { describe, expect, test } from "vitest";
import { byAddress, byNodePort } from "../../../src/api/indexes.ts";
import { setDefaults } from "../../../src/api/kinds/service/defaults.ts";
import { ApiError } from "../../../src/api/status.ts";
import type { Service, ServiceSpec } from "../../../src/api/types/core.ts";
import { type AllocationView, allocateService } from "../../../src/network/allocators/service.ts";

// Expected texts: conformance transcripts 07, 08, 09, 17, 24 and kubernetes v1.36.2 pkg/registry/core/service/storage/alloc.go.

function view(services: Service[] = [], ranges = ["10.96.0.0/12"]): AllocationView {
  return {
    ipTaken: (ip) => services.some((service) => byAddress.values(service).includes(ip)),
    portTaken: (port) => services.some((service) => byNodePort.values(service).includes(String(port))),
    ranges,
  };
}

function service(spec: ServiceSpec, name = "a"): Service {
  const out: Service = { apiVersion: "v1", kind: "Service", metadata: { name, namespace: "default" }, spec };
  setDefaults(out);
  return out;
}

function allocated(
  next: Service,
  previous?: Service,
  given: AllocationView = view(),
  dryRun = false,
  times = 0,
): ServiceSpec {
  allocateService(next, previous, { view: given, seed: "s", times, dryRun });
  return next.spec!;
}

function refused(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

const ports = [{ port: 80 }];
const number = (ip: string) => ip.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const FIRST_DYNAMIC = number("10.96.0.1") + 256;

describe("cluster addresses", () => {
  test("a random address comes from the upper band and is the same for the same seed and name", () => {
    for (let i = 0; i < 200; i++) {
      const { clusterIP, clusterIPs, ipFamilies, ipFamilyPolicy } = allocated(service({ ports }, `s${i}`));
      expect(number(clusterIP!)).toBeGreaterThanOrEqual(FIRST_DYNAMIC);
      expect(number(clusterIP!)).toBeLessThan(number("10.111.255.255"));
      expect({ clusterIPs, ipFamilies, ipFamilyPolicy }).toEqual({
        clusterIPs: [clusterIP],
        ipFamilies: ["IPv4"],
        ipFamilyPolicy: "SingleStack",
      });
    }
    expect(allocated(service({ ports })).clusterIP).toBe(allocated(service({ ports })).clusterIP);
  });

  test("what is let go of is not what is given next", () => {
    const drawn = [0, 1, 2].map((times) =>
      allocated(service({ type: "NodePort", ports: [{ port: 80 }] }), undefined, view(), false, times),
    );
    expect(new Set(drawn.map(({ clusterIP }) => clusterIP)).size).toBe(3);
    expect(new Set(drawn.map(({ ports: [port] = [] }) => port?.nodePort)).size).toBe(3);
  });

  test("a small range is used up from above, then from below, then is full", () => {
    const stored: Service[] = [];
    const order: number[] = [];
    for (let i = 0; i < 30; i++) {
      const next = service({ ports }, `s${i}`);
      order.push(Number(allocated(next, undefined, view(stored, ["10.0.0.0/27"])).clusterIP!.split(".")[3]));
      stored.push(next);
    }
    // /27: addresses 1 to 30, the lower band is 1 to 16.
    expect(order.slice(0, 14).every((last) => last > 16)).toBe(true);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(refused(() => allocated(service({ ports }, "x"), undefined, view(stored, ["10.0.0.0/27"])))).toBe(
      'Internal error occurred: failed to allocate a serviceIP for Service "x": range is full',
    );
    const second = allocated(service({ ports }, "x"), undefined, view(stored, ["10.0.0.0/27", "10.1.0.0/24"]));
    expect(second.clusterIP!.startsWith("10.1.0.")).toBe(true);
  });

  test("chosen addresses", () => {
    const taken = view([service({ clusterIP: "10.96.0.1", clusterIPs: ["10.96.0.1"], ports })]);
    const choose = (clusterIP: string) => () => allocated(service({ clusterIP, ports }), undefined, taken);
    expect(choose("10.96.0.2")()).toMatchObject({ clusterIP: "10.96.0.2", clusterIPs: ["10.96.0.2"] });
    const start = 'Service "a" is invalid: spec.clusterIPs: Invalid value: ';
    expect(refused(choose("10.96.0.1"))).toBe(
      `${start}["10.96.0.1"]: failed to allocate IP 10.96.0.1: provided IP is already allocated`,
    );
    expect(refused(choose("192.0.2.1"))).toBe(
      `${start}["192.0.2.1"]: failed to allocate IP 192.0.2.1: the provided network does not match the current range`,
    );
    // servicecidr.PrefixContainsIP: neither a network's own address nor its broadcast address belongs to it.
    for (const ip of ["10.96.0.0", "10.111.255.255"])
      expect(refused(choose(ip))).toBe(
        `${start}["${ip}"]: failed to allocate IP ${ip}: the provided network does not match the current range`,
      );
    expect(refused(choose("nope"))).toBe(
      'Service "a" is invalid: spec.clusterIPs[0]: Invalid value: "nope": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    );
    expect(refused(choose("2001:db8::1"))).toBe(
      'Service "a" is invalid: spec.clusterIPs[0]: Invalid value: ["2001:db8::1"]: IPv6 is not configured on this cluster',
    );
  });

  test("headless ones get none; without a selector they ask for both families", () => {
    expect(allocated(service({ clusterIP: "None", selector: { a: "b" }, ports }))).toMatchObject({
      clusterIPs: ["None"],
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
    });
    expect(allocated(service({ clusterIP: "None", ports }))).toMatchObject({
      clusterIPs: ["None"],
      ipFamilies: ["IPv4", "IPv6"],
      ipFamilyPolicy: "RequireDualStack",
    });
  });

  test("two families", () => {
    const dual = view([], ["10.96.0.0/12", "fd00::/108"]);
    const spec = allocated(service({ ipFamilyPolicy: "PreferDualStack", ports }), undefined, dual);
    expect(spec.ipFamilies).toEqual(["IPv4", "IPv6"]);
    expect(spec.clusterIPs).toHaveLength(2);
    expect(spec.clusterIPs![1]!.startsWith("fd00::")).toBe(true);
    expect(refused(() => allocated(service({ ipFamilyPolicy: "RequireDualStack", ports })))).toBe(
      'Service "a" is invalid: spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
    );
    expect(refused(() => allocated(service({ ipFamilies: ["IPv6"], ports })))).toBe(
      'Service "a" is invalid: spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster',
    );
    expect(allocated(service({ ipFamilyPolicy: "PreferDualStack", ports })).ipFamilies).toEqual(["IPv4"]);
  });

  test("an update keeps what it leaves out", () => {
    const stored = service({ type: "NodePort", ports: [{ port: 80 }] });
    const before = structuredClone(allocated(stored));
    const spec = allocated(service({ type: "NodePort", ports: [{ port: 81 }] }), stored, view([stored]));
    expect(spec.clusterIP).toBe(before.clusterIP);
    expect(spec.clusterIPs).toEqual(before.clusterIPs);
    expect(spec.ports![0]!.nodePort).toBe(before.ports![0]!.nodePort);
  });

  test("ExternalName and back", () => {
    const stored = service({ type: "ExternalName", externalName: "x" });
    expect(allocated(stored).clusterIP).toBeUndefined();
    expect(allocated(service({ ports }), stored).clusterIP).toMatch(/^10\./);
  });
});

describe("node ports", () => {
  const nodePort = (spec: ServiceSpec, name = "a") => service({ type: "NodePort", ...spec }, name);

  test("a random port comes from above the first 86", () => {
    for (let i = 0; i < 200; i++) {
      const port = allocated(nodePort({ ports: [{ port: 80 }] }, `s${i}`)).ports![0]!.nodePort!;
      expect(port).toBeGreaterThanOrEqual(30086);
      expect(port).toBeLessThanOrEqual(32767);
    }
  });

  test("chosen ports", () => {
    const taken = view([nodePort({ ports: [{ port: 80, nodePort: 30080 }] })]);
    const choose = (...chosen: number[]) =>
      refused(() =>
        allocated(nodePort({ ports: chosen.map((port, i) => ({ port: i + 1, nodePort: port })) }), undefined, taken),
      );
    const start = 'Service "a" is invalid: spec.ports';
    expect(choose(30080)).toBe(`${start}[0].nodePort: Invalid value: 30080: provided port is already allocated`);
    expect(choose(8080)).toBe(
      `${start}[0].nodePort: Invalid value: 8080: provided port is not in the valid range. The range of valid ports is 30000-32767`,
    );
    expect(choose(32768)).toBe(
      `${start}[0].nodePort: Invalid value: 32768: provided port is not in the valid range. The range of valid ports is 30000-32767`,
    );
    // Transcript 09: np6.
    expect(choose(30443, 30443)).toBe(`${start}[1].nodePort: Invalid value: 30443: provided port is already allocated`);
  });

  test("TCP and UDP of one port share a node port", () => {
    const [tcp, udp, other] = allocated(
      nodePort({
        ports: [
          { name: "a", port: 53, protocol: "TCP" },
          { name: "b", port: 53, protocol: "UDP" },
          { name: "c", port: 54, protocol: "TCP" },
        ],
      }),
    ).ports!;
    expect(udp!.nodePort).toBe(tcp!.nodePort);
    expect(other!.nodePort).not.toBe(tcp!.nodePort);
  });

  test("a load balancer that wants no node ports keeps those it names", () => {
    const spec = allocated(
      service({
        type: "LoadBalancer",
        allocateLoadBalancerNodePorts: false,
        ports: [
          { name: "a", port: 80 },
          { name: "b", port: 81, nodePort: 30500 },
        ],
      }),
    );
    expect(spec.ports!.map((port) => port.nodePort)).toEqual([undefined, 30500]);
  });

  test("Local load balancers get a health check port, others do not", () => {
    const local = allocated(service({ type: "LoadBalancer", externalTrafficPolicy: "Local", ports: [{ port: 80 }] }));
    expect(local.healthCheckNodePort).toBeGreaterThanOrEqual(30086);
    expect(local.healthCheckNodePort).not.toBe(local.ports![0]!.nodePort);
    const taken = view([service({ type: "LoadBalancer", healthCheckNodePort: 31000 })]);
    const wish = () =>
      service({ type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 31000, ports });
    expect(refused(() => allocated(wish(), undefined, taken))).toBe(
      "Internal error occurred: failed to allocate requested HealthCheck NodePort 31000: provided port is already allocated",
    );
  });

  test("an update may keep, change and add", () => {
    const stored = nodePort({ ports: [{ port: 80, nodePort: 30500 }] });
    allocated(stored);
    const taken = view([stored, nodePort({ ports: [{ port: 1, nodePort: 30600 }] }, "b")]);
    const update = (...chosen: (number | undefined)[]) =>
      allocated(
        nodePort({ ports: chosen.map((port, i) => ({ name: `p${i}`, port: i + 1, nodePort: port })) }),
        stored,
        taken,
      ).ports!.map((port) => port.nodePort);
    expect(update(30500)).toEqual([30500]);
    expect(update(30700)).toEqual([30700]);
    expect(update(30500, undefined)[1]).toBeGreaterThanOrEqual(30086);
    expect(refused(() => update(30600))).toBe(
      'Service "a" is invalid: spec.ports[0].nodePort: Invalid value: 30600: provided port is already allocated',
    );
    expect(refused(() => update(30500, 30500))).toBe("duplicate nodePort: {TCP 30500}");
  });
});

test("a dry run shows the real one's stand-ins", () => {
  // cidrallocator.go DryRun, ipallocator.go dryRunAllocator, portallocator operation.go.
  const spec = allocated(service({ type: "NodePort", ports: [{ port: 80 }] }), undefined, view(), true);
  expect(spec.clusterIP).toBe("10.96.0.0");
  expect(spec.ports![0]!.nodePort).toBe(32769);
});
