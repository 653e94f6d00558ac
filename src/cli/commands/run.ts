import { goQuote } from "../../api/encoding/go-quote.ts";
import type { JsonObject } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import type { Pod } from "../../api/types/core.ts";
import type { Propagation } from "../../api/writes.ts";
import { changeCause, withCause } from "../change-cause.ts";
import { type CommandContext, CommandError, defineCommand, type Invocation, UsageError } from "../command.ts";
import { cascadeOf, type DeleteOptions, deleteObjects } from "../delete-objects.ts";
import { generateService } from "../expose/generate-service.ts";
import type { FlagValues } from "../flags/values.ts";
import { generatePod, isImageReference } from "../generate-pod.ts";
import { type DryRun, dryRunOf, operationText } from "../output/dry-run.ts";
import { objectPrinter, type PrintObject } from "../output/object-printer.ts";
import { overridden } from "../overrides.ts";
import { mappingFor } from "../resources/mapping.ts";
import type { ResourceInfo } from "../resources/visitor.ts";
import { saveConfig } from "../typed-object.ts";

interface RunOptions {
  invocation: Invocation;
  flags: FlagValues;
  dryRun: DryRun;
  attach: boolean;
  cascade: Propagation;
  print: PrintObject;
  cause: string | undefined;
}

/** `run NAME --image=image`. Models kubectl pkg/cmd/run/run.go. */
export default defineCommand<RunOptions>({
  async complete(invocation, context) {
    const { flags } = invocation;
    const dryRun = dryRunOf(flags, context);
    context.checkConfig();
    return {
      invocation,
      flags,
      dryRun,
      attach: flags.changed("attach") ? flags.bool("attach") : flags.bool("stdin"),
      print: await objectPrinter(flags, context, operationText("created", dryRun), "typed"),
      cascade: cascadeOf(flags, context),
      cause: changeCause(invocation),
    };
  },
  validate(options) {
    const { invocation, flags, attach, dryRun } = options;
    const refuse = (text: string) => new UsageError(invocation.path, text);
    if (invocation.args.length === 0 || invocation.argsLenAtDash === 0) throw refuse("NAME is required for run");
    if (flags.duration("pod-running-timeout") <= 0) {
      throw refuse("--pod-running-timeout must be higher than zero");
    }
    const image = flags.string("image");
    if (image === "") throw new CommandError("--image is required");
    if (!isImageReference(image)) {
      throw new CommandError(`Invalid image name ${goQuote(image)}: invalid reference format`);
    }
    if (flags.bool("tty") && !flags.bool("stdin")) {
      throw refuse("-i/--stdin is required for containers with -t/--tty=true");
    }
    if (flags.bool("expose") && flags.string("port") === "") {
      throw refuse("--port must be set when exposing a service");
    }
    const restart = flags.string("restart");
    if (!["", "Always", "OnFailure", "Never"].includes(restart)) throw refuse(`invalid restart policy: ${restart}`);
    if (!attach && flags.bool("rm")) throw refuse("--rm should only be used for attached containers");
    if (attach && dryRun !== "none") {
      throw refuse(
        "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
      );
    }
    const policy = flags.string("image-pull-policy");
    if (!["", "Always", "IfNotPresent", "Never"].includes(policy)) throw refuse(`invalid image pull policy: ${policy}`);
  },
  async run(options, context) {
    const { flags, invocation, print } = options;
    const [name = "", ...args] = invocation.args;
    if (name === "") throw new CommandError("Parameter: name is required");
    const made: ResourceInfo[] = [];
    const pod = await create(await overridden(generatePod(name, args, flags), flags), "pods", options, context);
    made.push(infoOf(pod, "pods", context));
    let failure: unknown;
    if (flags.bool("expose")) {
      try {
        const service = await create(serviceFor(name, flags), "services", options, context);
        made.push(infoOf(service, "services", context));
        await print(service);
        if (flags.string("output") === "yaml") context.streams.out.write("---\n");
      } catch (error) {
        failure = error;
      }
    }
    if (options.attach) return attach(pod as Pod, made, options, context);
    await print(pod);
    if (failure !== undefined) throw failure;
    return 0;
  },
});

/** Attaches to the pod, and with --rm deletes what was made, whatever became of it. The exit status of the pod's process. */
async function attach(
  pod: Pod,
  made: readonly ResourceInfo[],
  { flags, cascade }: RunOptions,
  context: CommandContext,
): Promise<number> {
  const { attachToPod } = await import("../pod-programs/attach.ts");
  const stdin = flags.bool("stdin");
  const restart = flags.string("restart") || (stdin ? "OnFailure" : "Always");
  try {
    return await attachToPod(context, pod, {
      stdin,
      tty: flags.bool("tty"),
      quiet: flags.bool("quiet"),
      container: "",
      timeout: flags.duration("pod-running-timeout"),
      restart: restart as "Always" | "OnFailure" | "Never",
      leaveStdinOpen: flags.bool("leave-stdin-open"),
    });
  } finally {
    if (flags.bool("rm")) {
      const options: DeleteOptions = {
        ignoreNotFound: true,
        gracePeriod: -1,
        cascade,
        dryRun: "none",
        output: "",
        quiet: flags.bool("quiet"),
        wait: false,
        timeout: 0,
        warnClusterScope: false,
      };
      for (const info of made) {
        await deleteObjects(async (visit) => visit(info), options, context);
      }
    }
  }
}

function infoOf(object: KubeObject, resource: "pods" | "services", context: CommandContext): ResourceInfo {
  return {
    mapping: mappingFor(resource, context),
    namespace: object.metadata.namespace ?? context.namespace,
    name: object.metadata.name ?? "",
    source: "",
    resourceVersion: "",
    subresource: "",
    object,
  };
}

/** What is stored, or with --dry-run=client the object as it would be sent. */
async function create(
  object: KubeObject,
  resource: "pods" | "services",
  { flags, dryRun, cause }: RunOptions,
  context: CommandContext,
): Promise<KubeObject> {
  const made = withCause(object, cause);
  if (dryRun === "client") {
    if (!context.namespaceGiven) return made;
    return { ...made, metadata: { ...made.metadata, namespace: context.namespace } };
  }
  const body = await saveConfig(made, flags.bool("save-config"));
  return context.client.create(resource, context.namespace, body as unknown as JsonObject, {
    fieldManager: flags.string("field-manager"),
    dryRun: dryRun === "server",
  });
}

/** Models generateService of run.go. */
function serviceFor(name: string, flags: FlagValues): KubeObject {
  const labels = flags.string("labels");
  return generateService({
    name,
    selector: labels === "" ? `run=${name}` : labels,
    labels,
    ports: flags.string("port"),
    protocol: "",
    protocols: new Map(),
    targetPort: "",
    type: "",
    externalIP: "",
    loadBalancerIP: "",
    sessionAffinity: "",
    clusterIP: "",
  });
}
