import type { ProgramContext } from "./program.ts";

/**
 * What becomes of an echo request: machines and pods answer, cluster IPs and load balancers do not (kube-proxy in iptables mode has
 * rules for their ports alone). Judged by a connection to the echo port: who refuses it is there.
 */
export function echo(context: ProgramContext, address: string): "reply" | "silence" | "noRoute" {
  const { verdict, translations, hops } = context.network.connect(address, 7, "TCP");
  if (verdict === "noRoute") return "noRoute";
  const virtual = translations.some((it) => it.kind === "DNAT") || hops.some((it) => VIRTUAL.has(it.kind));
  return (verdict === "answered" || verdict === "refused") && !virtual ? "reply" : "silence";
}

const VIRTUAL = new Set(["clusterIP", "externalIP", "loadBalancer", "nodePort"]);

/** Hops that a reply has come over are gone from its time to live. */
export const REPLY_TTL = 64;
