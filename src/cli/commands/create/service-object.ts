import { dns1123SubdomainErrors } from "../../../api/meta/names.ts";
import { portNameErrors, portNumberErrors } from "../../../api/meta/value-rules.ts";
import type { KubeObject } from "../../../api/object.ts";
import { type Command, CommandError, defineCommand } from "../../command.ts";
import { type CreateOptions, completeCreate, createAndPrint } from "../../create-object.ts";
import { ConvertError, parseInteger } from "../../flags/convert.ts";

type ServiceType = "ClusterIP" | "NodePort" | "LoadBalancer" | "ExternalName";

interface ServiceOptions extends CreateOptions {
  type: ServiceType;
  tcp: string[];
  clusterIP: string;
  nodePort: number;
  externalName: string;
}

/** The four `create service` commands. Models kubectl pkg/cmd/create/create_service.go. */
export function createService(type: ServiceType): Command<ServiceOptions> {
  return defineCommand<ServiceOptions>({
    async complete(invocation, context) {
      const { flags } = invocation;
      return {
        ...(await completeCreate(invocation, context)),
        type,
        tcp: flags.list("tcp"),
        clusterIP: flags.has("clusterip") ? flags.string("clusterip") : "",
        nodePort: flags.has("node-port") ? flags.int("node-port") : 0,
        externalName: flags.has("external-name") ? flags.string("external-name") : "",
      };
    },
    validate(options) {
      if (options.clusterIP !== "None" && options.tcp.length === 0 && type !== "ExternalName") {
        throw new CommandError("at least one tcp port specifier must be provided");
      }
      if (type === "ExternalName" && dns1123SubdomainErrors(options.externalName).length > 0) {
        throw new CommandError(`invalid service external name ${options.externalName}`);
      }
    },
    run(options, context) {
      // kubectl declares --save-config here and does not read it.
      const extra = { saveConfig: false, failure: `failed to create ${type} service: ` };
      return createAndPrint(serviceObject(options), "services", { ...options, ...extra }, context);
    },
  });
}

function serviceObject(options: ServiceOptions): KubeObject {
  const { name, objectNamespace, nodePort, clusterIP, externalName } = options;
  const ports = options.tcp.map((pair) => ({
    name: pair.replaceAll(":", "-"),
    protocol: "TCP",
    ...parsePorts(pair),
    ...(nodePort === 0 ? {} : { nodePort }),
  }));
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name,
      ...(objectNamespace === "" ? {} : { namespace: objectNamespace }),
      labels: { app: name },
    },
    spec: {
      ...(ports.length === 0 ? {} : { ports }),
      selector: { app: name },
      ...(clusterIP === "" ? {} : { clusterIP }),
      type: options.type,
      ...(externalName === "" ? {} : { externalName }),
    },
  };
}

/** `80`, `80:8080`, `80:http`. */
function parsePorts(text: string): { port: number; targetPort: number | string } {
  const [first = "", second] = text.split(":");
  const port = parsePort(first);
  if (second === undefined) return { port, targetPort: port };
  let target: number;
  try {
    target = parseInteger(second, 64, 10, "Atoi");
  } catch (error) {
    if (!(error instanceof ConvertError)) throw error;
    const errors = portNameErrors(second);
    if (errors.length > 0) throw new CommandError(errors.join(","));
    return { port, targetPort: second };
  }
  const errors = portNumberErrors(target);
  if (errors.length > 0) throw new CommandError(errors.join(","));
  return { port, targetPort: target };
}

/** Models k8s.io/utils/net ParsePort with zero allowed, over Go's strconv.ParseUint(text, 10, 16). */
function parsePort(text: string): number {
  const fail = (why: string) => new CommandError(`strconv.ParseUint: parsing "${text}": ${why}`);
  if (!/^[0-9]+$/.test(text)) throw fail("invalid syntax");
  const port = Number(text);
  if (port > 65535) throw fail("value out of range");
  return port;
}
