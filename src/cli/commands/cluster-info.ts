import type { Service } from "../../api/types/core.ts";
import { type CommandContext, defineCommand, type Invocation } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";
import { openKubeconfig } from "../kubeconfig/access.ts";

/** Models kubectl pkg/cmd/clusterinfo/clusterinfo.go. */
export default defineCommand<Invocation>({
  complete(invocation, context) {
    context.checkConfig();
    return invocation;
  },
  async run({ flags }, context) {
    const write = (text: string) => context.streams.out.write(text);
    try {
      const services = await context.client.list("services", {
        namespace: flags.string("namespace") || "kube-system",
        labelSelector: "kubernetes.io/cluster-service=true",
      });
      const server = await serverAddress(flags, context);
      write(`Kubernetes control plane is running at ${server}\n`);
      for (const service of services.items as unknown as Service[]) {
        const name = service.metadata?.labels?.["kubernetes.io/name"] || service.metadata?.name;
        write(`${name} is running at ${linkTo(service, server)}\n`);
      }
    } finally {
      write("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
    }
  },
});

/** Of --server, else of the cluster in the kubeconfig. */
async function serverAddress(flags: FlagValues, context: CommandContext): Promise<string> {
  if (flags.string("server") !== "") return flags.string("server");
  const { config } = await openKubeconfig(flags, context);
  const contextName = flags.string("context") || config["current-context"];
  const used = config.contexts.find((one) => one.name === contextName)?.context;
  const cluster = flags.string("cluster") || used?.cluster;
  return config.clusters.find((one) => one.name === cluster)?.cluster.server ?? "";
}

function linkTo(service: Service, server: string): string {
  const ports = service.spec?.ports ?? [];
  const [ingress] = service.status?.loadBalancer?.ingress ?? [];
  if (ingress) return ports.map((port) => `http://${ingress.ip || ingress.hostname}:${port.port} `).join("");
  let name = service.metadata?.name ?? "";
  const [port] = ports;
  if (port) {
    const scheme = port.name === "https" || port.port === 443 ? "https" : "";
    // Models apimachinery pkg/util/net (JoinSchemeNamePort).
    if (scheme !== "") name = `${scheme}:${name}:${port.name ?? ""}`;
    else if (port.name) name = `${name}:${port.name}`;
  }
  return `${server}/api/v1/namespaces/${service.metadata?.namespace}/services/${name}/proxy`;
}
