import type { TraceStep } from "../../admin/trace/steps.ts";
import type { Trace } from "../../admin/trace/trace.ts";
import type { CurlRun } from "./dry-curl.ts";

/** What `kubemu trace -o json` prints. */
export interface TraceReport extends Trace {
  url: string;
  from: string;
  curl: CurlRun;
}

/** `clusterIP default/web`, `node docker-desktop`, `host`. */
export function stepTitle({ kind, namespace, name }: TraceStep): string {
  if (kind === name) return kind;
  return `${kind} ${namespace ? `${namespace}/${name}` : name}`;
}

/** `10.96.50.1:80`, `10.244.0.5`, `:80`. */
export function stepAddress({ address = "", port }: TraceStep): string {
  const shown = address.includes(":") ? `[${address}]` : address;
  return port === undefined ? address : `${shown}:${port}`;
}

/** `nodePort 30080`, `targetPort 8080 (http)`. */
export function stepPort({ port, portKind, portName }: TraceStep): string {
  if (port === undefined || portKind === undefined) return "";
  return `${portKind} ${port}${portName ? ` (${portName})` : ""}`;
}

/** `curl exits 0 (HTTP 200)`, `curl exits 7: Failed to connect …`. */
export function curlText({ curl: { exit, status, message } }: TraceReport): string {
  const answer = status === undefined ? "" : ` (HTTP ${status})`;
  const [first = ""] = (message ?? "").split("\n");
  return `curl exits ${exit}${answer}${first === "" ? "" : `: ${first.replace(/^curl: \(\d+\) /, "")}`}`;
}
