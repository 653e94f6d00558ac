import type { Pod } from "../../api/types/core.ts";
import type { NodeView } from "./node-view.ts";

interface HostPort {
  ip: string;
  protocol: string;
  port: number;
}

function hostPorts({ spec }: Pod): HostPort[] {
  const sidecars = (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === "Always");
  return [...(spec?.containers ?? []), ...sidecars].flatMap(({ ports = [] }) =>
    ports
      .filter(({ hostPort }) => hostPort)
      .map(({ hostIP, protocol, hostPort }) => ({
        ip: hostIP || "0.0.0.0",
        protocol: protocol ?? "TCP",
        port: hostPort!,
      })),
  );
}

/** Whether a port of the node that the pod wants is another's. Models pkg/scheduler/framework/plugins/nodeports. */
export function portsClash(pod: Pod, { pods }: NodeView): boolean {
  const wanted = hostPorts(pod);
  if (wanted.length === 0) return false;
  const taken = pods.flatMap(hostPorts);
  return wanted.some((one) => taken.some((other) => clash(one, other)));
}

function clash(one: HostPort, other: HostPort): boolean {
  if (one.port !== other.port || one.protocol !== other.protocol) return false;
  return one.ip === other.ip || one.ip === "0.0.0.0" || other.ip === "0.0.0.0";
}
