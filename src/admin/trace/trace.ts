import type { Snapshot } from "../../api/snapshot.ts";
import type { Location } from "../../network/location.ts";
import type { NetworkPath, Protocol, Translation, Verdict } from "../../network/path.ts";
import { connect } from "../../network/proxy/connect.ts";
import { nameHint, pathHint } from "./hints.ts";
import { lookUp, type NameStep } from "./names.ts";
import { stepsOf, type TraceStep } from "./steps.ts";

/** One address that the client tried. */
export interface Attempt {
  address: string;
  port: number;
  protocol: Protocol;
  steps: TraceStep[];
  translations: Translation[];
  verdict: Verdict;
  /** The rule that decided. */
  rule: string;
  /** Milliseconds after which the client learns the verdict. */
  afterMs: number;
  /** The source address that whoever answered sees. */
  clientAddress?: string;
}

/** The way of one connection, as data. */
export interface Trace {
  host: string;
  /** Empty for an address. */
  names: NameStep[];
  /** In the order in which the client tries them; the last one decides. Empty when the name has no address. */
  attempts: Attempt[];
  verdict: Verdict;
  rule: string;
  /** What to try in its place, where it is known. */
  hint?: string;
}

/**
 * Follows a connection from `from` to a host's port: its name first, then each of its addresses until one answers, as curl does. Nothing
 * is stored: the endpoint that it finds is the one that the next connection gets.
 */
export function trace(snapshot: Snapshot, from: Location, host: string, port: number, protocol: Protocol): Trace {
  const found = lookUp(snapshot, from, host);
  const { addresses, names, failure } = found;
  const attempts: Attempt[] = [];
  for (const address of addresses) {
    const path = connect(snapshot, { from, to: address, port, protocol });
    attempts.push(attemptOf(snapshot, path));
    if (path.verdict === "answered") break;
  }
  const last = attempts.at(-1);
  const hinted = (hint: string | undefined) => (hint === undefined ? {} : { hint });
  if (last) {
    const hint = last.verdict === "answered" ? undefined : pathHint(snapshot, from, found, last);
    return { host, names, attempts, verdict: last.verdict, rule: last.rule, ...hinted(hint) };
  }
  const rule = failure === "tryAgain" ? "no name server answers" : `no name server knows an address of ${host}`;
  return { host, names, attempts, verdict: "nameNotFound", rule, ...hinted(nameHint(snapshot, from, host, failure)) };
}

function attemptOf(snapshot: Snapshot, path: NetworkPath): Attempt {
  return {
    address: path.to,
    port: path.port,
    protocol: path.protocol,
    steps: stepsOf(snapshot, path),
    translations: path.translations,
    verdict: path.verdict,
    rule: path.rule,
    afterMs: path.afterMs,
    ...(path.clientAddress === undefined ? {} : { clientAddress: path.clientAddress }),
  };
}
