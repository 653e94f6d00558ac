import { describe, expect, it } from "vitest";
import { answer } from "../../../src/network/dns/answer.ts";
import { recordText } from "../../../src/network/dns/message.ts";
import { dnsCluster, recordedAnswers } from "../../support/dns-cluster.ts";

// CoreDNS 1.14.7 as recorded in fixtures/conformance/dns/answers.json; the recorder sorted the records of a section.
describe("CoreDNS 1.14 answers as recorded", () => {
  const snapshot = dnsCluster();
  const text = (section: Parameters<typeof recordText>[0][]) =>
    section.map((record) => recordText(record).replace(/(hostmaster\.\S+) [0-9]{6,} /, "$1 <serial> ")).sort();
  for (const query of recordedAnswers().queries) {
    it(`${query.name} ${query.type}`, () => {
      const got = answer(snapshot, query);
      expect({
        rcode: got.rcode,
        flags: got.flags,
        answer: text(got.answer),
        authority: text(got.authority),
        additional: text(got.additional),
      }).toEqual({
        rcode: query.rcode,
        flags: query.flags,
        answer: [...query.answer].sort(),
        authority: query.authority,
        additional: [...query.additional].sort(),
      });
    });
  }
});
