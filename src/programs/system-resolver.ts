import { lookupHost } from "../network/dns/stub.ts";
import { connect } from "../network/proxy/connect.ts";
import type { Resolver } from "./network-port.ts";

/** getaddrinfo(3) where the program runs: /etc/hosts, /etc/resolv.conf, and name servers as far as packets reach them. */
export const systemResolver: Resolver = (snapshot, where, name, family) => {
  const found = lookupHost(
    snapshot,
    where,
    name,
    (to, port, protocol) => connect(snapshot, { from: where, to, port, protocol }),
    family === undefined ? {} : { family },
  );
  if (typeof found === "string") return { addresses: [], failure: found };
  return { addresses: found.addresses, canonicalName: found.canonicalName };
};
