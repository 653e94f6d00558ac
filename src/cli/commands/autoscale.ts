import type { JsonObject } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { autoscaler, readTargets } from "../autoscale/autoscaler.ts";
import { changeCause, withCause } from "../change-cause.ts";
import { type CommandContext, CommandError, defineCommand } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";
import { type DryRun, dryRunOf, operationText } from "../output/dry-run.ts";
import { objectPrinter } from "../output/object-printer.ts";
import { filenameOptions } from "../resources/files.ts";
import { findResources } from "../resources/find.ts";
import { printedResource } from "../resources/mapping.ts";
import type { ResourceInfo } from "../resources/visitor.ts";
import { saveConfig } from "../typed-object.ts";

interface AutoscaleOptions {
  args: string[];
  flags: FlagValues;
  dryRun: DryRun;
  cause: string | undefined;
}

/** `autoscale`. Models kubectl pkg/cmd/autoscale/autoscale.go. */
export default defineCommand<AutoscaleOptions>({
  complete(invocation, context) {
    const { flags, args } = invocation;
    const dryRun = dryRunOf(flags, context);
    context.checkConfig();
    return { args, flags, dryRun, cause: changeCause(invocation) };
  },
  validate({ flags }) {
    const min = flags.int("min");
    const max = flags.int("max");
    if (max < 1) throw new CommandError(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
    if (max < min) {
      throw new CommandError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
    }
    if (flags.int("cpu-percent") > 0 && flags.string("cpu") !== "") {
      throw new CommandError("--cpu-percent and --cpu are mutually exclusive");
    }
    readTargets(flags);
  },
  async run(options, context) {
    const found = findResources(
      {
        args: options.args,
        files: filenameOptions(options.flags),
        namespace: context.namespace,
        enforceNamespace: context.namespaceGiven,
        continueOnError: true,
        flatten: true,
      },
      context,
    );
    let count = 0;
    await found.visit(async (info, error) => {
      if (error !== undefined) throw error;
      await autoscale(info!, options, context);
      count++;
    });
    if (count === 0) throw new CommandError("no objects passed to autoscale");
  },
});

async function autoscale(info: ResourceInfo, options: AutoscaleOptions, context: CommandContext): Promise<void> {
  const { flags } = options;
  const mapping = info.mapping!;
  if (!mapping.info.subresources?.includes("scale")) {
    const where = `could not find scale subresource for ${printedResource(mapping)} in discovery information`;
    throw new CommandError(`cannot autoscale a ${mapping.info.kind}: ${where}`);
  }
  const namespace = context.namespaceGiven ? context.namespace : "";
  const build = (version: "v2" | "v1") => autoscaler(version, info, namespace, flags);
  try {
    await handle(build("v2"), "horizontalpodautoscalers.autoscaling", options, context);
  } catch {
    // kubectl tries the old version whatever the failure was, where that can say the same.
    const reason = oldVersionReason(flags);
    if (reason !== undefined) {
      throw new CommandError(
        `failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: ${reason}`,
      );
    }
    await handle(build("v1"), "horizontalpodautoscalers.v1.autoscaling", options, context);
  }
}

/** Why autoscaling/v1 cannot say it; undefined when it can. Models canCreateHPAV1, its message for no reason too. */
function oldVersionReason(flags: FlagValues): string | undefined {
  if (flags.string("cpu").trim() === "") return "empty input";
  const { cpu } = readTargets(flags);
  const fits = flags.string("memory") === "" && (flags.int("cpu-percent") >= 0 || cpu?.type === "Utilization");
  return fits ? undefined : "%!w(<nil>)";
}

async function handle(
  built: KubeObject,
  resource: string,
  { flags, dryRun, cause }: AutoscaleOptions,
  context: CommandContext,
): Promise<void> {
  const object = withCause(built, cause);
  const printer = (word: string) => objectPrinter(flags, context, operationText(word, dryRun), "typed");
  if (dryRun === "client") return (await printer("created"))(object);
  const body = await saveConfig(object, flags.bool("save-config"));
  const created = await context.client.create(resource, context.namespace, body as unknown as JsonObject, {
    fieldManager: flags.string("field-manager"),
    dryRun: dryRun === "server",
  });
  await (await printer("autoscaled"))(created);
}
