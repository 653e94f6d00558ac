import type { JsonObject } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { changeCause, withCause } from "../change-cause.ts";
import { type CommandContext, CommandError, defineCommand, type Invocation } from "../command.ts";
import { messageOf } from "../errors.ts";
import { generateService } from "../expose/generate-service.ts";
import { declaredPorts, labelText, requireExposable, selectorOf } from "../expose/introspect.ts";
import type { FlagValues } from "../flags/values.ts";
import { type DryRun, dryRunOf, operationText } from "../output/dry-run.ts";
import { objectPrinter, type PrintObject } from "../output/object-printer.ts";
import { overridden } from "../overrides.ts";
import { filenameOptions } from "../resources/files.ts";
import { findResources } from "../resources/find.ts";
import { mappingForKind } from "../resources/mapping.ts";
import type { ResourceInfo } from "../resources/visitor.ts";
import { saveConfig } from "../typed-object.ts";

interface ExposeOptions {
  args: string[];
  flags: FlagValues;
  dryRun: DryRun;
  print: PrintObject;
  cause: string | undefined;
  /** What was found out of the first object stands for the next ones too, as kubectl has it. */
  selector: string;
  port: string;
  ports: string;
  protocols: Map<string, string[]>;
  labels: string;
}

/** `expose`: a Service in front of something that runs. Models kubectl pkg/cmd/expose/expose.go. */
export default defineCommand<ExposeOptions>({
  async complete(invocation: Invocation, context) {
    const { flags, args } = invocation;
    const dryRun = dryRunOf(flags, context);
    const print = await objectPrinter(flags, context, operationText("exposed", dryRun), "typed");
    context.checkConfig();
    return {
      args,
      flags,
      dryRun,
      print,
      cause: changeCause(invocation),
      selector: flags.string("selector"),
      port: flags.string("port"),
      ports: "",
      protocols: new Map(),
      labels: flags.string("labels"),
    };
  },
  async run(options, context) {
    const query = {
      args: options.args,
      files: filenameOptions(options.flags),
      namespace: context.namespace,
      enforceNamespace: context.namespaceGiven,
      continueOnError: true,
      flatten: true,
      typed: true,
    };
    await findResources(query, context).visit(async (info, error) => {
      if (error !== undefined) throw error;
      await expose(info!, options, context);
    });
  },
});

async function expose(info: ResourceInfo, options: ExposeOptions, context: CommandContext): Promise<void> {
  const { flags, dryRun } = options;
  requireExposable(info.mapping!);
  introspect(info.object as KubeObject, options);
  const generated = generateService({
    // A Service's name is a DNS label.
    name: flags.string("name") || info.name.slice(0, 63),
    selector: options.selector,
    labels: options.labels,
    ports: options.ports || options.port,
    protocol: flags.string("protocol"),
    protocols: options.protocols,
    targetPort: flags.string("target-port"),
    type: flags.string("type"),
    externalIP: flags.string("external-ip"),
    loadBalancerIP: flags.string("load-balancer-ip"),
    sessionAffinity: flags.string("session-affinity"),
    clusterIP: flags.string("cluster-ip"),
  });
  const service = withCause(await overridden(generated, flags), options.cause);
  if (dryRun === "client") {
    const metadata = context.namespaceGiven ? { ...service.metadata, namespace: context.namespace } : service.metadata;
    return options.print({ ...service, metadata });
  }
  const body = await saveConfig(service, flags.bool("save-config"));
  // With --overrides it may have become anything.
  const mapping = mappingForKind(service.apiVersion, service.kind);
  const created = await context.client.create(
    mapping.resource,
    mapping.info.namespaced ? context.namespace : "",
    body as unknown as JsonObject,
    {
      fieldManager: flags.string("field-manager"),
      dryRun: dryRun === "server",
    },
  );
  await options.print(created);
}

/** Fills in what no flag says from the object. */
function introspect(object: KubeObject, options: ExposeOptions): void {
  if (options.selector === "") {
    try {
      options.selector = selectorOf(object);
    } catch (error) {
      throw new CommandError(`couldn't retrieve selectors via --selector flag or introspection: ${messageOf(error)}`);
    }
  }
  const declared = declaredPorts(object);
  if (options.port === "") {
    const ports = [...new Set(declared.map(({ port }) => port))];
    if (ports.length === 0 && options.flags.string("cluster-ip") !== "None") {
      throw new CommandError("couldn't find port via --port flag or introspection");
    }
    if (ports.length === 1) options.port = ports[0]!;
    else if (ports.length > 1) options.ports = ports.join(",");
  }
  if (declared.length > 0) {
    options.protocols = new Map();
    for (const { port, protocol } of declared) {
      options.protocols.set(port, [...(options.protocols.get(port) ?? []), protocol]);
    }
  }
  if (options.labels === "") options.labels = labelText(object.metadata.labels);
}
