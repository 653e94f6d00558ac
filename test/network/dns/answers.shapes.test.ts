import { describe, expect, it } from "vitest";
import type { Pod } from "../../../src/api/types/core.ts";
import { ask, type Connect } from "../../../src/network/dns/ask.ts";
import { type DnsRecord, recordText } from "../../../src/network/dns/message.ts";
import { dnsShapes, type ShapeRow } from "../../support/dns-shapes.ts";

// fixtures/dns-shapes.json: answered by a CoreDNS 1.14.7 with its kubernetes plugin in front of an API server 1.36.2.
describe("CoreDNS 1.14 answers about Services of every shape, octets of the reply included", () => {
  const { snapshot, rows } = dnsShapes();
  const server = snapshot.list<Pod>("pods", "kube-system")[0];
  const connect: Connect = () => ({
    verdict: "answered",
    listener: {
      kind: "container",
      namespace: "kube-system",
      pod: server?.metadata.name ?? "",
      container: "coredns",
      port: 53,
    },
  });

  function answered([name, type, asked, , , , recorded]: ShapeRow): unknown[] {
    const question = { name, type, ...(asked.class === undefined ? {} : { class: asked.class }) };
    const reply = ask(snapshot, connect, "10.96.0.10", question, {
      protocol: asked.tcp ? "TCP" : "UDP",
      ...(asked.edns === undefined ? {} : { edns: 0, bufferSize: asked.edns }),
    });
    if (reply.kind !== "answer") return [name, type, asked, "no reply"];
    const { rcode, flags, answer, authority, additional } = reply.answer;
    const section = (records: readonly DnsRecord[]) =>
      typeof recorded === "number"
        ? records.length
        : records.map((record) => recordText(record).replace(/(hostmaster\.\S+) \d+ /i, "$1 <serial> ")).sort();
    const sections = [answer, authority, additional].map(section);
    return [name, type, asked, rcode, flags.join(" "), reply.size, ...sections];
  }

  const types = [...new Set(rows.map(([, type]) => type))];
  it.each(types)("%s", (type) => {
    for (const row of rows.filter((it) => it[1] === type)) {
      expect(answered(row)).toEqual(row.filter((part) => part !== undefined));
    }
  });
});
