import { describe, expect, test } from "vitest";
import type { EndpointPort } from "../../../src/api/types/core.ts";
import { fnv128a } from "../../../src/controllers/endpoints/fnv.ts";
import { offersOf, packSubsets } from "../../../src/controllers/endpoints/subsets.ts";

const at = (ip: string) => ({ ip });

describe("hashes, made with Go's hash/fnv and k8s.io/utils/dump.ForHash", () => {
  test("a port", () => {
    const text =
      "(v1.EndpointPort){Name:(string)a Port:(int32)80 Protocol:(v1.Protocol)TCP AppProtocol:(*string)<nil>}";
    expect(fnv128a(text).toString(16)).toBe("93f7910f45d8a99109c5b3f74144e582");
  });

  test("ports are in the order of their hashes: 754b…, 9073…, bb9c…, cf68…", () => {
    const dns: EndpointPort = { name: "dns", port: 53, protocol: "UDP" };
    const dnsTcp: EndpointPort = { name: "dns-tcp", port: 53, protocol: "TCP" };
    const http: EndpointPort = { name: "http", port: 80, protocol: "TCP" };
    const https: EndpointPort = { name: "https", port: 443, protocol: "TCP", appProtocol: "h2c" };
    expect(packSubsets([{ address: at("192.0.2.1"), ready: true, ports: [dns, dnsTcp, https, http] }])).toEqual([
      { addresses: [at("192.0.2.1")], ports: [http, https, dnsTcp, dns] },
    ]);
  });
});

describe("RepackSubsets of kubernetes pkg/api/v1/endpoints", () => {
  const port = (number: number): EndpointPort => ({ name: `p${number}`, port: number, protocol: "TCP" });

  test("ports of the same addresses share a subset, others have their own", () => {
    const packed = packSubsets([
      { address: at("192.0.2.2"), ready: true, ports: [port(80), port(81)] },
      { address: at("192.0.2.1"), ready: true, ports: [port(80)] },
    ]);
    expect(packed).toHaveLength(2);
    expect(packed).toContainEqual({ addresses: [at("192.0.2.1"), at("192.0.2.2")], ports: [port(80)] });
    expect(packed).toContainEqual({ addresses: [at("192.0.2.2")], ports: [port(81)] });
  });

  test("not ready goes before ready; without ports there are only addresses", () => {
    const subsets = [{ addresses: [at("192.0.2.1"), at("192.0.2.2")], notReadyAddresses: [at("192.0.2.1")] }];
    expect(packSubsets(offersOf(subsets))).toEqual([
      { addresses: [at("192.0.2.2")], notReadyAddresses: [at("192.0.2.1")] },
    ]);
  });
});
