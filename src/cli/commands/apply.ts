import type { KubeObject } from "../../api/object.ts";
import type { Propagation } from "../../api/writes.ts";
import { modifyManifest, warnIfDeleting } from "../apply/one-object.ts";
import type { PruneSettings } from "../apply/prune.ts";
import { applyServerSide, SERVER_SIDE_MANAGER } from "../apply/server-side.ts";
import { changeCause, withCause } from "../change-cause.ts";
import { type CommandContext, CommandError, defineCommand, type Invocation, UsageError } from "../command.ts";
import { cascadeOf } from "../delete-objects.ts";
import { gatherError, throwAll } from "../errors.ts";
import type { FlagValues } from "../flags/values.ts";
import { type DryRun, dryRunOf, type FieldValidation, operationText, validationOf } from "../output/dry-run.ts";
import { objectWriter } from "../output/object-writer.ts";
import { printerFor } from "../output/print-flags.ts";
import { type FilenameOptions, filenameOptions, requireFilename } from "../resources/files.ts";
import { findResources } from "../resources/find.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

export interface ApplyOptions {
  invocation: Invocation;
  flags: FlagValues;
  files: FilenameOptions;
  dryRun: DryRun;
  validation: FieldValidation;
  fieldManager: string;
  serverSide: boolean;
  cascade: Propagation;
  /** What `--prune` may delete. */
  prune?: PruneSettings;
}

/** Who a server-side or client-side apply is done by. Models GetApplyFieldManagerFlag. */
export function applyManager(flags: FlagValues): string {
  return flags.bool("server-side") && !flags.changed("field-manager")
    ? SERVER_SIDE_MANAGER
    : flags.string("field-manager");
}

/** `apply`. Models kubectl pkg/cmd/apply/apply.go. */
export default defineCommand<ApplyOptions>({
  async complete(invocation, context) {
    const { flags, args } = invocation;
    if (args.length > 0) throw new UsageError(invocation.path, `Unexpected args: [${args.join(" ")}]`);
    const dryRun = dryRunOf(flags, context);
    context.checkConfig();
    const cascade = cascadeOf(flags, context);
    const files = filenameOptions(flags);
    requireFilename(files);
    const validation = validationOf(flags);
    const serverSide = flags.bool("server-side");
    const prune = flags.bool("prune") ? { prune: await pruneSettings(flags, cascade, dryRun) } : {};
    const fieldManager = applyManager(flags);
    return { invocation, flags, files, dryRun, validation, fieldManager, serverSide, cascade, ...prune };
  },
  validate({ flags, dryRun, serverSide }) {
    const refuse = (wrong: boolean, text: string) => {
      if (wrong) throw new CommandError(text);
    };
    const force = flags.bool("force");
    const prune = flags.bool("prune");
    const all = flags.bool("all");
    const selector = flags.string("selector");
    refuse(flags.bool("force-conflicts") && !serverSide, "--force-conflicts only works with --server-side");
    refuse(
      dryRun === "client" && serverSide,
      "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)",
    );
    refuse(serverSide && force, "--force cannot be used with --server-side");
    refuse(dryRun === "server" && force, "--dry-run=server cannot be used with --force");
    refuse(all && selector !== "", "cannot set --all and --selector at the same time");
    if (prune) {
      refuse(force, "--force cannot be used with --prune");
      refuse(
        !all && selector === "",
        "all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector",
      );
      refuse(serverSide, "--prune is in alpha and doesn't currently work on objects created by server-side apply");
    }
    refuse(flags.string("subresource") !== "" && !serverSide, "--subresource can only be specified for --server-side");
  },
  async run(options, context) {
    const errors: unknown[] = [];
    const infos: ResourceInfo[] = [];
    try {
      await findResources(
        {
          files: options.files,
          namespace: context.namespace,
          enforceNamespace: context.namespaceGiven,
          labelSelector: options.flags.string("selector"),
          continueOnError: true,
          flatten: true,
          validate: options.validation !== "Ignore",
        },
        context,
      ).infos(infos);
    } catch (error) {
      gatherError(errors, error);
    }
    if (infos.length === 0 && errors.length === 0) throw new CommandError("no objects passed to apply");
    for (const info of infos) {
      try {
        await applyOne(info, options, context);
      } catch (error) {
        gatherError(errors, error);
      }
    }
    throwAll(errors);
    await printObjects(infos, options, context);
    if (options.prune) {
      const { pruneOthers } = await import("../apply/prune.ts");
      const print = (object: KubeObject) => printOne(object, "pruned", options, context);
      await pruneOthers(infos, options.prune, print, context);
    }
  },
});

async function pruneSettings(flags: FlagValues, cascade: Propagation, dryRun: DryRun): Promise<PruneSettings> {
  const { readAllowlist } = await import("../apply/prune.ts");
  const mappings = readAllowlist(flags.list("prune-allowlist"));
  return { mappings, selector: flags.string("selector"), cascade, gracePeriod: flags.int("grace-period"), dryRun };
}

async function applyOne(info: ResourceInfo, options: ApplyOptions, context: CommandContext): Promise<void> {
  info.object = withCause(info.object as KubeObject, changeCause(options.invocation));
  if (info.name === "") {
    const { generateName } = (info.object as KubeObject).metadata ?? {};
    if (generateName) throw new CommandError(`from ${generateName}: cannot use generate name with apply`);
  }
  let operation: string;
  if (options.serverSide) {
    const { flags } = options;
    await applyServerSide(
      info,
      { write: writeOptions(options), force: flags.bool("force-conflicts"), subresource: flags.string("subresource") },
      context,
    );
    warnIfDeleting(info, context);
    operation = "serverside-applied";
  } else {
    operation = await modifyManifest(info, { ...options, write: writeOptions(options) }, context);
  }
  if (printsObjects(options.flags)) return;
  await printOne(info.object as KubeObject, operation, options, context);
}

async function printOne(
  object: KubeObject,
  operation: string,
  { flags, dryRun }: ApplyOptions,
  context: CommandContext,
): Promise<void> {
  const printer = await printerFor(flags, context, operationText(operation, dryRun));
  printer.print(object, objectWriter(context.streams));
}

function writeOptions({ fieldManager, validation, dryRun }: ApplyOptions) {
  return { fieldManager, fieldValidation: validation, dryRun: dryRun === "server" };
}

/** Objects are printed at the end, all together; names and sentences as they come. */
function printsObjects(flags: FlagValues): boolean {
  return !["", "name"].includes(flags.string("output"));
}

/** The fields of corev1.List in the order in which Go writes them. */
const LIST_FIELDS = { kind: null, apiVersion: null, metadata: null, items: null };

async function printObjects(infos: ResourceInfo[], { flags, dryRun }: ApplyOptions, context: CommandContext) {
  if (!printsObjects(flags) || infos.length === 0) return;
  const objects = infos.map((info) => info.object as KubeObject);
  const write = objectWriter(context.streams);
  if (objects.length === 1) {
    (await printerFor(flags, context, operationText("", dryRun))).print(objects[0]!, write);
    return;
  }
  const list = { kind: "List", apiVersion: "v1", metadata: {}, items: objects };
  (await printerFor(flags, context, operationText("", dryRun), LIST_FIELDS)).print(list, write);
}
