import type { Snapshot } from "../../api/snapshot.ts";
import { hostsFile, resolvConf } from "../../network/dns/machine-files.ts";
import { recordText } from "../../network/dns/message.ts";
import { isIP } from "../../network/dns/names.ts";
import { lookupHost, parseHosts, parseResolvConf } from "../../network/dns/stub.ts";
import type { Location } from "../../network/location.ts";
import { connect } from "../../network/proxy/connect.ts";

/** One name that was asked for on the way to an address. */
export interface NameStep {
  /** Absolute when a server was asked, as typed for a file. */
  name: string;
  /** `/etc/hosts`, or the address of the name server. */
  source: string;
  /** `NOERROR`, `NXDOMAIN` …; `NODATA` where the name has no address; `timeout` when no server answered. */
  result: string;
  /** `web.default.svc.cluster.local. 30 A 10.96.50.1`. */
  records: string[];
}

export interface Names {
  addresses: string[];
  names: NameStep[];
  failure?: "notFound" | "tryAgain";
}

/** getaddrinfo(3) from a place, with every name that it tries. Answers for IPv6 are told only where there are any. */
export function lookUp(snapshot: Snapshot, from: Location, host: string): Names {
  if (isIP(host)) return { addresses: [host], names: [] };
  const names: NameStep[] = [];
  const server = parseResolvConf(resolvConf(snapshot, from)).nameservers[0] ?? "";
  const found = lookupHost(
    snapshot,
    from,
    host,
    (to, port, protocol) => connect(snapshot, { from, to, port, protocol }),
    {
      observe(question, answer) {
        const records = answer?.answer.map(recordText) ?? [];
        const aliases = answer?.answer.every((record) => record.type === "CNAME") ?? true;
        if (question.type === "AAAA" && aliases) return;
        const result = !answer
          ? "timeout"
          : answer.rcode === "NOERROR" && records.length === 0
            ? "NODATA"
            : answer.rcode;
        names.push({ name: question.name, source: server, result, records });
      },
    },
  );
  if (typeof found === "string") return { addresses: [], names, failure: found };
  if (names.length === 0) {
    const lines = parseHosts(hostsFile(snapshot, from)).filter((line) => line.names.includes(host.toLowerCase()));
    const records = lines.map((line) => `${line.address} ${line.names.join(" ")}`);
    names.push({ name: host, source: "/etc/hosts", result: "NOERROR", records });
  }
  return { addresses: found.addresses, names };
}
