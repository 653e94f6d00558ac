import type { Snapshot } from "../../api/snapshot.ts";
import type { Pod } from "../../api/types/core.ts";
import type { NetworkPath, Protocol } from "../path.ts";
import { answer } from "./answer.ts";
import { fitReply, type ReplyRoom } from "./fit-reply.ts";
import type { DnsAnswer, DnsQuestion } from "./message.ts";
import { isIPv4 } from "./names.ts";
import { answerOutside } from "./outside.ts";

/** The resolver that machines outside the pods ask: it knows the simulated internet, and nothing of the cluster. */
export const OUTSIDE_RESOLVER = "192.0.2.53";

/** How a packet to a name server ends; the rest of a path is of no matter here. */
export type Connect = (
  to: string,
  port: number,
  protocol: Protocol,
) => Pick<NetworkPath, "verdict"> & Partial<Pick<NetworkPath, "listener">>;

export type Reply =
  /** `size`: octets of the message. */
  | { kind: "answer"; answer: DnsAnswer; size: number }
  /** `refused`: an ICMP port unreachable; `timeout`: nothing came back; `unreachable`: no route. */
  | { kind: "refused" | "timeout" | "unreachable" };

/** One query to one server. CoreDNS answers where its pods can be reached; nothing else listens on port 53. */
export function ask(
  snapshot: Snapshot,
  connect: Connect,
  server: string,
  question: DnsQuestion,
  {
    port = 53,
    protocol = "UDP",
    ...room
  }: { port?: number } & Partial<Pick<ReplyRoom, "protocol" | "edns" | "bufferSize">> = {},
): Reply {
  const family = isIPv4(server) ? "IPv4" : "IPv6";
  const reply = (found: DnsAnswer): Reply => ({
    kind: "answer",
    ...fitReply(question, found, { ...room, protocol, family }),
  });
  if (server === OUTSIDE_RESOLVER && port === 53) return reply(recursive(snapshot, question));
  const { verdict, listener } = connect(server, port, protocol);
  if (verdict === "refused") return { kind: "refused" };
  if (verdict === "noRoute") return { kind: "unreachable" };
  if (verdict !== "answered" || listener?.kind !== "container") return { kind: "timeout" };
  const pod = snapshot.get<Pod>("pods", listener.namespace, listener.pod);
  const image = pod?.spec?.containers.find((it) => it.name === listener.container)?.image ?? "";
  if (!isNameServer(image)) return { kind: "timeout" };
  const found = answer(snapshot, question);
  return canBeSent(found) ? reply(found) : { kind: "timeout" };
}

/** A message with an empty label in a name cannot be written, and CoreDNS then says nothing. */
function canBeSent(found: DnsAnswer): boolean {
  return found.answer.every((record) => record.type !== "PTR" || !record.data.includes(".."));
}

/** Whether a container of this image serves the cluster's zone: CoreDNS, from whatever registry. */
function isNameServer(image: string): boolean {
  return /(^|\/)coredns(:|@|$)/.test(image);
}

function recursive(snapshot: Snapshot, question: DnsQuestion): DnsAnswer {
  const found = answerOutside(snapshot, question);
  const positive = found.answer.length > 0;
  return { ...found, flags: ["QR", "RD", "RA"], authority: positive ? [] : found.authority };
}
