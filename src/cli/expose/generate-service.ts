import type { KubeObject } from "../../api/object.ts";
import { CommandError } from "../command.ts";
import { ConvertError, parseInteger } from "../flags/convert.ts";
import { parseLabels } from "../pairs.ts";

/** What a Service is made of; texts of flags, "" where there is nothing. */
export interface ServiceParts {
  name: string;
  selector: string;
  labels: string;
  /** `80` or `80,443`. */
  ports: string;
  protocol: string;
  /** Of each port as text, what the exposed object declares; consulted when `protocol` is "". */
  protocols: ReadonlyMap<string, readonly string[]>;
  targetPort: string;
  type: string;
  externalIP: string;
  loadBalancerIP: string;
  sessionAffinity: string;
  clusterIP: string;
}

interface Port {
  name?: string;
  port: number;
  protocol: string;
}

/** The Service that `expose` makes. Throws CommandError. Models kubectl pkg/cmd/expose/expose.go (createService). */
export function generateService(parts: ServiceParts): KubeObject {
  if (parts.selector === "") throw new CommandError("selector must be specified");
  const selector = parseLabels(parts.selector);
  const labels = parts.labels === "" ? undefined : parseLabels(parts.labels);
  if (parts.name === "") throw new CommandError("name must be specified");
  const ports = portsOf(parts).map((port) => ({ ...port, targetPort: targetPortOf(parts.targetPort, port.port) }));
  const { type, externalIP, loadBalancerIP, sessionAffinity, clusterIP } = parts;
  if (!["", "None", "ClientIP"].includes(sessionAffinity)) {
    throw new CommandError(`unknown session affinity: ${sessionAffinity}`);
  }
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: parts.name, ...(labels ? { labels } : {}) },
    spec: {
      ...(ports.length === 0 ? {} : { ports }),
      selector,
      ...(clusterIP === "" ? {} : { clusterIP }),
      ...(type === "" ? {} : { type }),
      ...(externalIP === "" ? {} : { externalIPs: [externalIP] }),
      ...(sessionAffinity === "" ? {} : { sessionAffinity }),
      ...(type === "LoadBalancer" && loadBalancerIP !== "" ? { loadBalancerIP } : {}),
    },
  };
}

function portsOf({ ports, protocol, protocols }: ServiceParts): Port[] {
  if (ports === "") return [];
  const texts = ports.split(",");
  return texts.flatMap((text, index): Port[] => {
    const port = atoi(text) | 0;
    const name = texts.length > 1 ? { name: `port-${index + 1}` } : {};
    if (protocol !== "") return [{ ...name, port, protocol }];
    const declared = protocols.get(text) ?? ["TCP"];
    if (declared.length === 1) return [{ ...name, port, protocol: declared[0]! }];
    return declared.map((one) => ({ name: `port-${index + 1}-${one.toLowerCase()}`, port, protocol: one }));
  });
}

/** Models apimachinery's intstr.Parse; the port itself where the text is "". */
function targetPortOf(text: string, port: number): number | string {
  if (text === "") return port;
  try {
    return parseInteger(text, 64, 10, "Atoi") | 0;
  } catch (error) {
    if (error instanceof ConvertError) return text;
    throw error;
  }
}

/** Go's strconv.Atoi. Throws CommandError. */
export function atoi(text: string): number {
  try {
    return parseInteger(text, 64, 10, "Atoi");
  } catch (error) {
    if (error instanceof ConvertError) throw new CommandError(error.message);
    throw error;
  }
}
