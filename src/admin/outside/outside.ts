import { reasonPhrase } from "../../api/meta/http-reasons.ts";
import { dns1123SubdomainErrors } from "../../api/meta/names.ts";
import { type OutsideHost, RECORDS } from "../../api/records.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import { isIPv4 } from "../../network/dns/names.ts";

export interface OutsideDescription {
  name: string;
  address: string;
  /** Absent: it says its status' phrase. */
  http?: string;
  /** Absent: 200 with a page; without both nothing listens. */
  status?: number;
}

/** Why a machine of the outside world cannot be so; undefined when it can. */
export function outsideComplaint({ name, address, status }: OutsideDescription): string | undefined {
  const complaint = dns1123SubdomainErrors(normal(name))[0];
  if (complaint !== undefined) return `invalid name "${name}": ${complaint}`;
  if (!isIPv4(address)) return `invalid address "${address}": an IPv4 address is expected`;
  if (status !== undefined && (status < 200 || status > 599)) return `invalid status ${status}: 200 to 599 is expected`;
  return undefined;
}

/** The record of a machine of the outside world. */
export function outsideHost(description: OutsideDescription): OutsideHost {
  const { name, address, http, status = 200 } = description;
  const answers = http !== undefined || description.status !== undefined;
  return {
    apiVersion: "kubemu.dev/v1",
    kind: "OutsideHost",
    metadata: { name: normal(name) },
    address,
    ...(answers ? { http: { status, body: http ?? reasonPhrase(status) } } : {}),
  };
}

/** Lower case, without the dot at its end. */
export function normal(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** Rows of the list: name, address, what it answers to HTTP. */
export function outsideRows(snapshot: Snapshot): string[][] {
  return snapshot
    .list<OutsideHost>(RECORDS.outside)
    .map(({ metadata, address, http }) => [
      metadata.name ?? "",
      address,
      http ? `${http.status} ${JSON.stringify(http.body)}` : "<none>",
    ]);
}
