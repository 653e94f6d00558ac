import type { JsonObject } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { ApiError } from "../../api/status.ts";
import { CHANGE_CAUSE, changeCause } from "../change-cause.ts";
import { type CommandContext, CommandError, defineCommand } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";
import { waitFor } from "../follow.ts";
import { type DryRun, dryRunOf, operationText } from "../output/dry-run.ts";
import { objectPrinter, type PrintObject } from "../output/object-printer.ts";
import { filenameOptions } from "../resources/files.ts";
import { findResources } from "../resources/find.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

interface ScaleOptions {
  args: string[];
  flags: FlagValues;
  replicas: number;
  currentReplicas: number;
  resourceVersion: string;
  dryRun: DryRun;
  print: PrintObject;
  cause: string | undefined;
}

/** `scale`. Models kubectl pkg/cmd/scale/scale.go and pkg/scale/scale.go. */
export default defineCommand<ScaleOptions>({
  async complete(invocation, context) {
    const { flags, args } = invocation;
    const dryRun = dryRunOf(flags, context);
    const print = await objectPrinter(flags, context, operationText("scaled", dryRun));
    context.checkNamespace();
    context.checkConfig();
    return {
      args,
      flags,
      replicas: flags.int("replicas"),
      currentReplicas: flags.int("current-replicas"),
      resourceVersion: flags.string("resource-version"),
      dryRun,
      print,
      cause: changeCause(invocation),
    };
  },
  validate({ replicas, currentReplicas }) {
    if (replicas < 0) {
      throw new CommandError("The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0");
    }
    if (currentReplicas < -1) {
      throw new CommandError("The --current-replicas must specify an integer of -1 or greater");
    }
  },
  async run(options, context) {
    const { flags } = options;
    const found = findResources(
      {
        args: options.args,
        files: filenameOptions(flags),
        namespace: context.namespace,
        enforceNamespace: context.namespaceGiven,
        labelSelector: flags.string("selector"),
        allowEmptySelector: flags.bool("all"),
        continueOnError: true,
        flatten: true,
      },
      context,
    );
    // What was found is scaled before what was not is told.
    const infos: ResourceInfo[] = [];
    let failure: unknown;
    try {
      await found.infos(infos);
    } catch (error) {
      failure = error;
    }
    if (options.resourceVersion !== "" && infos.length > 1) {
      throw new CommandError("cannot use --resource-version with multiple resources");
    }
    if (infos.length === 0) throw failure ?? new CommandError("no objects passed to scale");
    for (const info of infos) await scale(info, options, context);
    if (failure !== undefined) throw failure;
  },
});

async function scale(info: ResourceInfo, options: ScaleOptions, context: CommandContext): Promise<void> {
  const { dryRun, replicas } = options;
  if (dryRun === "client") return options.print(withReplicas(info, replicas));
  const size = await scaleOnce(info, options, context);
  const timeout = options.flags.duration("timeout");
  if (timeout !== 0 && dryRun === "none") await waitForSize(info, replicas, timeout, context);
  const resource = info.mapping!.resource;
  if (options.cause !== undefined) {
    const patch = { metadata: { annotations: { [CHANGE_CAUSE]: options.cause } } };
    await context.client.patch(resource, info.namespace, info.name, "merge", patch);
  }
  await options.print(withReplicas(info, size));
}

/** The new size as the server answers it. A conflict is tried again: nobody else can be in between for long. */
async function scaleOnce(info: ResourceInfo, options: ScaleOptions, { client }: CommandContext): Promise<number> {
  const { resource } = info.mapping!;
  const write = { subresource: "scale", dryRun: options.dryRun === "server" };
  if (options.currentReplicas === -1 && options.resourceVersion === "") {
    const patch = { spec: { replicas: options.replicas } };
    return sizeOf(await client.patch(resource, info.namespace, info.name, "merge", patch, write));
  }
  for (;;) {
    const current = await client.get(resource, info.namespace, info.name, { subresource: "scale" });
    const version = current.metadata.resourceVersion ?? "";
    requireEqual("replicas", options.currentReplicas === -1 ? "" : String(options.currentReplicas), sizeOf(current));
    requireEqual("resource version", options.resourceVersion, version);
    const body = { ...current, spec: { replicas: options.replicas } } as unknown as JsonObject;
    try {
      return sizeOf(await client.update(resource, info.namespace, info.name, body, write));
    } catch (error) {
      if (!(error instanceof ApiError && error.reason === "Conflict")) throw error;
    }
  }
}

function requireEqual(what: string, expected: string, actual: string | number): void {
  if (expected !== "" && expected !== String(actual)) {
    throw new CommandError(`Expected ${what} to be ${expected}, was ${actual}`);
  }
}

async function waitForSize(info: ResourceInfo, replicas: number, timeout: number, context: CommandContext) {
  const { namespace, name } = info;
  const { resource } = info.mapping!;
  const reached = await waitFor(
    { resource, namespace, name, timeout },
    async () => {
      const now = await context.client.get(resource, namespace, name, { subresource: "scale" });
      const status = (now.status as { replicas?: number } | undefined)?.replicas ?? 0;
      return sizeOf(now) !== replicas || status === replicas;
    },
    context,
  );
  if (!reached) throw new CommandError(`timed out waiting for "${name}" to be synced`);
}

function sizeOf(scale: KubeObject): number {
  return (scale.spec as { replicas?: number } | undefined)?.replicas ?? 0;
}

function withReplicas(info: ResourceInfo, replicas: number): KubeObject {
  const object = info.object as KubeObject;
  return { ...object, spec: { ...(object.spec as JsonObject), replicas } };
}
