import { emitYaml } from "../../api/encoding/yaml-emit.ts";
import type { Json } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { ApiError, notSimulated } from "../../api/status.ts";
import { warnIfDeleting } from "../apply/one-object.ts";
import { type CommandContext, CommandError, defineCommand, UsageError } from "../command.ts";
import { maskSecrets } from "../diff/mask.ts";
import { mergedObject } from "../diff/merged.ts";
import { runDiff } from "../diff/program.ts";
import { isNotFound } from "../errors.ts";
import type { FlagValues } from "../flags/values.ts";
import { klogLine } from "../klog.ts";
import { fetchObject } from "../resources/fetch.ts";
import { type FilenameOptions, filenameOptions, requireFilename } from "../resources/files.ts";
import { findResources } from "../resources/find.ts";
import type { ResourceInfo } from "../resources/visitor.ts";
import { temporaryPath } from "../temporary.ts";
import { applyManager } from "./apply.ts";

interface DiffOptions {
  flags: FlagValues;
  files: FilenameOptions;
  fieldManager: string;
}

/** `diff`. Models kubectl pkg/cmd/diff/diff.go. */
export default defineCommand<DiffOptions>({
  complete({ path, flags, args }, context) {
    if (args.length > 0) throw new UsageError(path, `Unexpected args: [${args.join(" ")}]`);
    const files = filenameOptions(flags);
    requireFilename(files);
    if (flags.bool("force-conflicts") && !flags.bool("server-side")) {
      throw new CommandError("--force-conflicts only works with --server-side");
    }
    context.checkConfig();
    if (flags.bool("prune")) throw notSimulated("kubectl diff --prune");
    return { flags, files, fieldManager: applyManager(flags) };
  },
  async run(options, context) {
    const { files } = context;
    const live = temporaryPath("LIVE-", "", context);
    const merged = temporaryPath("MERGED-", "", context);
    files.mkdir(live, 0o700);
    files.mkdir(merged, 0o700);
    try {
      await writeVersions(options, { live, merged }, context);
      await runDiff(live, merged, context);
    } finally {
      files.removeFolder(live);
      files.removeFolder(merged);
    }
  },
});

/** Writes each object into both folders: as it is, and as it would be. */
async function writeVersions(
  { flags, files, fieldManager }: DiffOptions,
  folders: { live: string; merged: string },
  context: CommandContext,
): Promise<void> {
  await findResources(
    {
      files,
      namespace: context.namespace,
      enforceNamespace: context.namespaceGiven,
      labelSelector: flags.string("selector"),
      flatten: true,
    },
    context,
  ).visit(async (info, error) => {
    if (error !== undefined) throw error;
    const manifest = info!.object as KubeObject;
    const live = await liveObject(info!, context);
    const options = {
      serverSide: flags.bool("server-side"),
      forceConflicts: flags.bool("force-conflicts"),
      fieldManager,
      resourceVersion: live?.metadata.resourceVersion,
    };
    const merged = await mergedObject(info!, manifest, live, options, context).catch((thrown: unknown) => {
      // kubectl tries again, as after a change in between; nobody changes anything here, so it is the last try at once.
      if (thrown instanceof ApiError && thrown.reason === "Conflict") warnOfConflict(info!, context);
      throw thrown;
    });
    let versions: { from: KubeObject | undefined; to: KubeObject } = { from: live, to: merged };
    if (!flags.bool("show-managed-fields")) {
      versions = { from: live && withoutManagedFields(live), to: withoutManagedFields(merged) };
    }
    if (!flags.bool("show-secrets") && merged.kind === "Secret" && merged.apiVersion === "v1") {
      versions = maskSecrets(versions.from, versions.to);
    }
    const name = fileName(info!);
    const yaml = (object: KubeObject) => emitYaml(object as unknown as Json);
    context.files.write(`${folders.live}/${name}`, versions.from ? yaml(versions.from) : "", 0o700);
    context.files.write(`${folders.merged}/${name}`, yaml(versions.to), 0o700);
    info!.object = live ?? merged;
    if (live) warnIfDeleting(info!, context);
  });
}

async function liveObject(info: ResourceInfo, context: CommandContext): Promise<KubeObject | undefined> {
  try {
    await fetchObject(info, {}, context);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
  return info.object as KubeObject;
}

function warnOfConflict({ mapping, name }: ResourceInfo, context: CommandContext): void {
  const { info, version } = mapping!;
  const text = `Object (${info.group}/${version}, Kind=${info.kind}: ${name}) keeps changing, diffing without lock`;
  context.streams.err.write(klogLine("W", "diff.go:723", text, context));
}

function withoutManagedFields(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** `apps.v1.Deployment.default.web`. */
function fileName(info: ResourceInfo): string {
  const { info: kind, version } = info.mapping!;
  return [...(kind.group === "" ? [] : [kind.group]), version, kind.kind, info.namespace, info.name].join(".");
}
