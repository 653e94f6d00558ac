import { ask, type Reply } from "../../network/dns/ask.ts";
import { resolvConf } from "../../network/dns/machine-files.ts";
import type { DnsQuestion } from "../../network/dns/message.ts";
import { parseResolvConf, type StubConfig } from "../../network/dns/stub.ts";
import type { Protocol } from "../../network/path.ts";
import type { ProgramContext } from "../program.ts";

/** /etc/resolv.conf as a program sees it: a pod's own file, or what the simulated machine has. */
export function stubConfig(context: ProgramContext): StubConfig {
  return parseResolvConf(resolvConfText(context));
}

export function resolvConfText(context: ProgramContext): string {
  if (context.where.kind === "pod") {
    const file = context.files.read("/etc/resolv.conf");
    if (file) return new TextDecoder().decode(file);
  }
  return resolvConf(context.network.snapshot(), context.where);
}

/** One query over the network of the place where the program runs. */
export function query(
  context: ProgramContext,
  server: { address: string; port: number },
  question: DnsQuestion,
  protocol: Protocol = "UDP",
): Reply {
  const connect = (to: string, port: number, how: Protocol) => context.network.connect(to, port, how);
  return ask(context.network.snapshot(), connect, server.address, question, { port: server.port, protocol });
}
