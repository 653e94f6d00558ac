import { decodeText } from "../api/encoding/text.ts";
import { ask, type Connect, type Reply } from "../network/dns/ask.ts";
import type { ReplyRoom } from "../network/dns/fit-reply.ts";
import { hostsFile, resolvConf } from "../network/dns/machine-files.ts";
import type { DnsQuestion } from "../network/dns/message.ts";
import {
  type HostAddresses,
  type HostFailure,
  type LookupOptions,
  lookupAddress,
  lookupHost,
  parseResolvConf,
  type StubConfig,
} from "../network/dns/stub.ts";
import { connect } from "../network/proxy/connect.ts";
import type { Resolver } from "./network-port.ts";
import type { ProgramContext } from "./program.ts";

/** /etc/resolv.conf as a program sees it: a pod's own file, or what the simulated machine has. */
export function stubConfig(context: ProgramContext): StubConfig {
  return parseResolvConf(resolvConfText(context));
}

export function resolvConfText(context: ProgramContext): string {
  if (context.where.kind === "pod") {
    const file = context.files.read("/etc/resolv.conf");
    if (file) return decodeText(file);
  }
  return resolvConf(context.network.snapshot(), context.where);
}

/** One query over the network of the place where the program runs. */
export function query(
  context: ProgramContext,
  server: { address: string; port: number },
  question: DnsQuestion,
  room: Partial<Pick<ReplyRoom, "protocol" | "edns" | "bufferSize">> = {},
): Reply {
  const { address, port } = server;
  return ask(context.network.snapshot(), connectFrom(context), address, question, { ...room, port });
}

/** /etc/hosts as a program sees it. */
export function hostsText(context: ProgramContext): string {
  if (context.where.kind === "pod") {
    const file = context.files.read("/etc/hosts");
    if (file) return decodeText(file);
  }
  return hostsFile(context.network.snapshot(), context.where);
}

/** gethostbyname2(3) as a program calls it: by its own files and network. */
export function findHost(context: ProgramContext, name: string, family?: 4 | 6): HostAddresses | HostFailure {
  return lookupHost(context.network.snapshot(), context.where, name, connectFrom(context), options(context, family));
}

/** gethostbyaddr(3) as a program calls it. */
export function findAddress(context: ProgramContext, address: string): HostAddresses | HostFailure {
  return lookupAddress(context.network.snapshot(), context.where, address, connectFrom(context), options(context));
}

function connectFrom(context: ProgramContext): Connect {
  return (to, port, protocol) => context.network.connect(to, port, protocol);
}

function options(context: ProgramContext, family?: 4 | 6): LookupOptions {
  return { ...(family ? { family } : {}), resolvConf: resolvConfText(context), hosts: hostsText(context) };
}

/** getaddrinfo(3) of every place in the cluster: the resolver of `RunNetwork`. */
export const clusterNames: Resolver = (snapshot, where, name, family) => {
  const reach: Connect = (to, port, protocol) => connect(snapshot, { from: where, to, port, protocol });
  const found = lookupHost(snapshot, where, name, reach, family ? { family } : {});
  return typeof found === "string"
    ? { addresses: [], failure: found }
    : { addresses: found.addresses, canonicalName: found.canonicalName };
};
