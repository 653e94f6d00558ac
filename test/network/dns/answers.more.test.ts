import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { KubeObject } from "../../../src/api/object.ts";
import { answer } from "../../../src/network/dns/answer.ts";
import { type DnsRecord, recordText } from "../../../src/network/dns/message.ts";
import { snapshotOf } from "../../support/snapshot.ts";

// fixtures/dns-more.json: a CoreDNS 1.14.7 with its kubernetes plugin in front of an API server 1.36.2 answered these, the records of a
// section sorted. All answers had the flags QR, AA, RD.
type Row = [name: string, type: string, rcode: string, answer: string[], authority: string[], additional: string[]];
const { zone, objects, rows } = JSON.parse(
  readFileSync(new URL("../../../fixtures/dns-more.json", import.meta.url), "utf8"),
) as { zone: string; objects: KubeObject[]; rows: Row[] };

const OUTSIDE = ["db.example.com", "old.example.net"].map((name) => ({
  apiVersion: "kubemu.dev/v1",
  kind: "OutsideHost",
  metadata: { name },
  address: "198.51.100.80",
}));

const text = (section: readonly DnsRecord[]) =>
  section.map((record) => recordText(record).replace(/(hostmaster\.\S+) \d+ /i, "$1 <serial> ")).sort();

describe("CoreDNS 1.14 answers to more queries", () => {
  const snapshot = snapshotOf([...objects, ...OUTSIDE]);
  const types = [...new Set(rows.map(([, type]) => type))];
  it.each(types)("%s", (type) => {
    for (const [name, , rcode, ...sections] of rows.filter((row) => row[1] === type)) {
      const got = answer(snapshot, { name, type });
      const wanted = sections.map((section) => section.map((line) => (line === "<zone>" ? zone : line)).sort());
      expect([name, got.rcode, got.flags, text(got.answer), text(got.authority), text(got.additional)]).toEqual([
        name,
        rcode,
        ["QR", "AA", "RD"],
        ...wanted,
      ]);
    }
  });
});
