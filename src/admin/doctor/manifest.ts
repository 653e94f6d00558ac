import type { Snapshot } from "../../api/snapshot.ts";
import type { Status } from "../../api/status.ts";
import type { Service } from "../../api/types/core.ts";
import { NODE_PORT_RANGE } from "../../network/allocators/node-ports.ts";
import { type Finding, type Make, shellWord } from "./finding.ts";

const [FIRST, LAST] = NODE_PORT_RANGE;

/** A Service of a manifest. */
export interface Written {
  service: Service;
  /** The file that it stands in. */
  source: string;
  namespace: string;
}

function maker({ service, source, namespace }: Written): Make {
  return (code, problem, ...fix) => ({
    severity: "error",
    code,
    object: `service/${service.metadata.name}`,
    namespace,
    problem: `${source}: ${problem}`,
    fix,
  });
}

/** Node ports that no Service can have. A dry run of the real server takes them, so they are looked at here. */
export function rangeFindings(snapshot: Snapshot, written: Written): Finding[] {
  const finding = maker(written);
  const pinned = new Set((written.service.spec?.ports ?? []).flatMap((port) => port.nodePort ?? []));
  return [...pinned]
    .filter((nodePort) => nodePort !== 0 && (nodePort < FIRST || nodePort > LAST))
    .map((nodePort) =>
      finding(
        "node-port-out-of-range",
        `nodePort ${nodePort} is not in ${FIRST}-${LAST}`,
        editPort(written.source, nodePort, freeNodePort(snapshot, nodePort)),
      ),
    );
}

/** Why the server refuses a Service of a manifest, and how to change the file. `status`: what it answered. */
export function refusalFindings(snapshot: Snapshot, written: Written, status: Status): Finding[] {
  const finding = maker(written);
  const ports = (status.details?.causes ?? []).flatMap((cause) => {
    const index = /^spec\.ports\[(\d+)\]\.nodePort$/.exec(cause.field ?? "")?.[1];
    const nodePort = index === undefined ? undefined : written.service.spec?.ports?.[Number(index)]?.nodePort;
    return nodePort === undefined ? [] : [nodePort];
  });
  if (ports.length === 0) return [finding("refused", status.message ?? "the server refuses it")];
  return [...new Set(ports)].map((nodePort) => {
    const owner = ownerOf(snapshot, nodePort);
    const who = owner ? ` by service/${owner.metadata.name} in namespace ${owner.metadata.namespace}` : "";
    const fix = editPort(written.source, nodePort, freeNodePort(snapshot, nodePort));
    return finding("node-port-taken", `nodePort ${nodePort} is taken${who}`, fix);
  });
}

function ownerOf(snapshot: Snapshot, nodePort: number): Service | undefined {
  return snapshot
    .list<Service>("services")
    .find(
      ({ spec }) => spec?.healthCheckNodePort === nodePort || spec?.ports?.some((port) => port.nodePort === nodePort),
    );
}

/** The next free one of the band that the server leaves to pinned ports (the first 86 of the range). */
function freeNodePort(snapshot: Snapshot, wanted: number): number {
  const start = wanted >= FIRST && wanted < LAST ? wanted + 1 : FIRST;
  for (let at = 0; at <= LAST - FIRST; at++) {
    const port = FIRST + ((start - FIRST + at) % (LAST - FIRST + 1));
    if (!ownerOf(snapshot, port)) return port;
  }
  return wanted;
}

function editPort(source: string, from: number, to: number): string {
  return `sed -i 's/\\(nodePort"*: *\\)${from}\\b/\\1${to}/' ${shellWord(source)}`;
}
