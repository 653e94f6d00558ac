import { readFileSync } from "node:fs";
import type { KubeObject } from "../../src/api/object.ts";
import type { Snapshot } from "../../src/api/snapshot.ts";
import { snapshotOf } from "./snapshot.ts";

/** How a question was asked, where not as a client without EDNS asks over UDP; `edns` is the size of datagrams it allows. */
export interface Asked {
  class?: string;
  tcp?: boolean;
  edns?: number;
}

/** Sections as lines, sorted; of a cut reply only how many records they hold. */
type Section = string[] | number;

export type ShapeRow = [
  name: string,
  type: string,
  asked: Asked,
  rcode: string,
  flags: string,
  octets: number,
  answer: Section,
  authority: Section,
  additional: Section,
];

interface Shapes {
  zone: string;
  nowhere: string;
  outside: Record<string, string>;
  objects: KubeObject[];
  rows: ShapeRow[];
}

/** fixtures/dns-shapes.json: Services of every shape, and what a real CoreDNS 1.14.7 answered to questions about them. */
export function dnsShapes(): { snapshot: Snapshot; rows: ShapeRow[] } {
  const file = new URL("../../fixtures/dns-shapes.json", import.meta.url);
  const { zone, nowhere, outside, objects, rows } = JSON.parse(readFileSync(file, "utf8")) as Shapes;
  const full = (section: Section) =>
    typeof section === "number"
      ? section
      : section?.map((line) => (line === "<zone>" ? zone : line === "<outside>" ? nowhere : line)).sort();
  const hosts = Object.entries(outside).map(([name, address]) => ({
    apiVersion: "kubemu.dev/v1",
    kind: "OutsideHost",
    metadata: { name },
    address,
  }));
  return {
    snapshot: snapshotOf([...objects, ...hosts]),
    rows: rows.map(([name, type, asked, rcode, flags, octets, answer, authority, additional]) => {
      return [name, type, asked, rcode, flags, octets, full(answer), full(authority), full(additional)];
    }),
  };
}
