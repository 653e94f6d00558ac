import { emitYaml } from "../../api/encoding/yaml-emit.ts";
import type { Json } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { ApiError } from "../../api/status.ts";
import { warnIfDeleting } from "../apply/one-object.ts";
import type { PruneSettings, Visited } from "../apply/prune.ts";
import { type CommandContext, CommandError, defineCommand, UsageError } from "../command.ts";
import { maskSecrets } from "../diff/mask.ts";
import { mergedObject } from "../diff/merged.ts";
import { runDiff } from "../diff/program.ts";
import { isNotFound, messageOf } from "../errors.ts";
import type { FlagValues } from "../flags/values.ts";
import { klogLine } from "../klog.ts";
import { fetchObject } from "../resources/fetch.ts";
import { type FilenameOptions, filenameOptions, requireFilename } from "../resources/files.ts";
import { findResources } from "../resources/find.ts";
import type { Mapping } from "../resources/mapping.ts";
import type { ResourceInfo } from "../resources/visitor.ts";
import { temporaryPath } from "../temporary.ts";
import { applyManager } from "./apply.ts";

interface DiffOptions {
  flags: FlagValues;
  files: FilenameOptions;
  fieldManager: string;
  prune?: Pick<PruneSettings, "mappings">;
}

/** `diff`. Models kubectl pkg/cmd/diff/diff.go. */
export default defineCommand<DiffOptions>({
  async complete({ path, flags, args }, context) {
    if (args.length > 0) throw new UsageError(path, `Unexpected args: [${args.join(" ")}]`);
    const files = filenameOptions(flags);
    requireFilename(files);
    if (flags.bool("force-conflicts") && !flags.bool("server-side")) {
      throw new CommandError("--force-conflicts only works with --server-side");
    }
    context.checkConfig();
    const options = { flags, files, fieldManager: applyManager(flags) };
    if (!flags.bool("prune")) return options;
    const { readAllowlist } = await import("../apply/prune.ts");
    return { ...options, prune: { mappings: readAllowlist(flags.list("prune-allowlist")) } };
  },
  async run(options, context) {
    const { files } = context;
    const live = temporaryPath("LIVE-", "", context);
    const merged = temporaryPath("MERGED-", "", context);
    files.mkdir(live, 0o700);
    files.mkdir(merged, 0o700);
    try {
      const visited = { namespaces: new Set<string>(), uids: new Set<string>() };
      try {
        await writeVersions(options, { live, merged }, visited, context);
      } finally {
        if (options.prune) await writePruned(options, options.prune, live, visited, context);
      }
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
  visited: { namespaces: Set<string>; uids: Set<string> },
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
    if (info!.mapping!.info.namespaced) visited.namespaces.add(info!.namespace);
    if (live?.metadata.uid) visited.uids.add(live.metadata.uid);
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
    const isMasked = !flags.bool("show-secrets") && merged.kind === "Secret" && merged.apiVersion === "v1";
    if (isMasked) versions = maskSecrets(versions.from, versions.to);
    // What masks a Secret makes something even of one that is not there.
    const absent = isMasked ? "null\n" : "";
    const name = fileName(info!.mapping!, info!.namespace, info!.name);
    context.files.write(`${folders.live}/${name}`, versions.from ? yaml(versions.from) : absent, 0o700);
    context.files.write(`${folders.merged}/${name}`, yaml(versions.to), 0o700);
    info!.object = live ?? merged;
    if (live) warnIfDeleting(info!, context);
  });
}

/**
 * Writes what `apply --prune` would delete into the folder of what is, as it is: managedFields and Secrets' data too. A failure is told and
 * changes nothing else. Models kubectl pkg/cmd/diff/prune.go.
 */
async function writePruned(
  { flags }: DiffOptions,
  { mappings }: Pick<PruneSettings, "mappings">,
  folder: string,
  visited: Visited,
  context: CommandContext,
): Promise<void> {
  const { eachPrunable } = await import("../apply/prune.ts");
  const write = async (object: KubeObject, namespace: string, mapping: Mapping) =>
    context.files.write(`${folder}/${fileName(mapping, namespace, object.metadata.name ?? "")}`, yaml(object), 0o700);
  try {
    await eachPrunable(visited, { mappings, selector: flags.string("selector") }, write, context);
  } catch (error) {
    const text = `pruning failed and could not be evaluated err: ${messageOf(error)}`;
    context.streams.err.write(klogLine("W", "diff.go:760", text, context));
  }
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
function fileName({ info, version }: Mapping, namespace: string, name: string): string {
  return [...(info.group === "" ? [] : [info.group]), version, info.kind, namespace, name].join(".");
}

function yaml(object: KubeObject): string {
  return emitYaml(object as unknown as Json);
}
