import type { Snapshot } from "../../api/snapshot.ts";
import type { Pod, Service, ServicePort } from "../../api/types/core.ts";
import type { Hop, NetworkPath } from "../../network/path.ts";

/** What the number of a port is called at a step. */
export type PortKind = "port" | "targetPort" | "nodePort" | "containerPort";

/** One station of the way, with what sends the packet on from here. */
export interface TraceStep {
  kind: Hop["kind"];
  name: string;
  namespace?: string;
  address?: string;
  port?: number;
  portKind?: PortKind;
  /** Of a port that has one: `http`. */
  portName?: string;
  rule: string;
}

/** The hops of a path, each with its port's role and the rule that applies there. */
export function stepsOf(snapshot: Snapshot, path: NetworkPath): TraceStep[] {
  const { hops } = path;
  const capture = hops.find((hop) => isService(hop.kind));
  const declared = capture ? declaredPort(snapshot, path, capture) : undefined;
  return hops.map((hop, at) => {
    const { kind, name, namespace, address, port } = hop;
    return {
      kind,
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(address === undefined ? {} : { address }),
      ...(port === undefined ? {} : { port, ...roleOf(snapshot, path, hop, declared) }),
      rule: ruleAt(path, at),
    };
  });
}

function isService(kind: Hop["kind"]): boolean {
  return kind === "loadBalancer" || kind === "externalIP" || kind === "nodePort" || kind === "clusterIP";
}

/** The entry of spec.ports that the path went through. */
function declaredPort(snapshot: Snapshot, path: NetworkPath, capture: Hop): ServicePort | undefined {
  const service = snapshot.get<Service>("services", capture.namespace ?? "", capture.name);
  return service?.spec?.ports?.find((port) =>
    path.hops.some((hop) =>
      hop.kind === "nodePort" ? hop.port === port.nodePort : isService(hop.kind) && hop.port === port.port,
    ),
  );
}

function roleOf(
  snapshot: Snapshot,
  path: NetworkPath,
  hop: Hop,
  declared: ServicePort | undefined,
): { portKind?: PortKind; portName?: string } {
  const named = (name: string | undefined) => (name ? { portName: name } : {});
  switch (hop.kind) {
    case "nodePort":
      return { portKind: "nodePort", ...named(declared?.name) };
    case "loadBalancer":
    case "externalIP":
    case "clusterIP":
      return { portKind: "port", ...named(declared?.name) };
    case "endpoint":
    case "pod": {
      const target = declared?.targetPort;
      return declared ? { portKind: "targetPort", ...named(typeof target === "string" ? target : undefined) } : {};
    }
    case "container": {
      const { listener } = path;
      if (listener?.kind !== "container") return {};
      const pod = snapshot.get<Pod>("pods", listener.namespace, listener.pod);
      const ports = pod?.spec?.containers.find((container) => container.name === hop.name)?.ports ?? [];
      const port = ports.find((candidate) => candidate.containerPort === hop.port);
      return port ? { portKind: "containerPort", ...named(port.name) } : { portKind: "port" };
    }
    default:
      return { portKind: "port" };
  }
}

/** What the hop does with the packet: its own rule, a translation that it makes, else the route that it takes. */
function ruleAt(path: NetworkPath, at: number): string {
  const hop = path.hops[at]!;
  const next = path.hops[at + 1];
  if (!next) return path.rule;
  if (hop.rule) return hop.rule;
  const made = path.translations.find(
    (translation) =>
      translation.at === hop.name &&
      (hop.kind === "host" || hop.kind === "loadBalancer" || translation.kind === "SNAT"),
  );
  switch (hop.kind) {
    case "host":
      return made?.rule ?? `route to ${path.to}`;
    case "loadBalancer":
      return (
        made?.rule ?? path.translations.find((translation) => translation.at === "host")?.rule ?? "VIP on the nodes"
      );
    case "node":
      if (isService(next.kind))
        return `${next.kind === "nodePort" ? "KUBE-NODEPORTS" : "KUBE-SERVICES"} has ${next.address}:${next.port}`;
      return made?.rule ?? (next.kind === "pod" ? "route to the pod" : "route");
    case "nodePort":
    case "clusterIP":
    case "externalIP":
      return `${hop.namespace}/${hop.name} chooses among its endpoints`;
    case "endpoint":
      return "from its EndpointSlice";
    case "pod":
      return next.kind === "container" || next.kind === "process" ? path.rule : "default route to its node";
    default:
      return path.rule;
  }
}
