import { type Json, withoutNulls } from "../../api/json.ts";
import { LAST_APPLIED } from "../../api/meta/last-applied.ts";
import type { KubeObject } from "../../api/object.ts";
import type { Propagation } from "../../api/writes.ts";
import type { WriteOptions } from "../../apiserver/client.ts";
import type { CommandContext } from "../command.ts";
import { addSource, isNotFound } from "../errors.ts";
import type { FlagValues } from "../flags/values.ts";
import { lastAppliedOf, modifiedConfiguration } from "../last-applied.ts";
import type { DryRun } from "../output/dry-run.ts";
import { fetchObject } from "../resources/fetch.ts";
import { createObject, describeInfo, objectName, refresh } from "../resources/helper.ts";
import type { ResourceInfo } from "../resources/visitor.ts";
import { type PatchSettings, patchLive, patchLocally } from "./patcher.ts";

export interface ClientSideOptions {
  flags: FlagValues;
  dryRun: DryRun;
  cascade: Propagation;
  write: WriteOptions;
}

/**
 * Client-side apply of one manifest: creates the object or patches it. `info.object` becomes what is there after it.
 * Returns what was done: `created`, `configured`, `unchanged`. Models applyOneObject of kubectl pkg/cmd/apply/apply.go.
 */
export async function modifyManifest(
  info: ResourceInfo,
  options: ClientSideOptions,
  context: CommandContext,
): Promise<string> {
  const local = info.object as KubeObject;
  const modified = modifiedConfiguration(local, true);
  try {
    await fetchObject(info, {}, context);
  } catch (error) {
    if (isNotFound(error)) return create(info, modified, options, context);
    const doing = `retrieving current configuration of:\n${describeInfo(info)}\nfrom server for:`;
    throw addSource(doing, info.source, error);
  }
  const live = info.object as KubeObject;
  if (lastAppliedOf(live) === undefined) {
    context.streams.err.write(
      `Warning: resource ${objectName(info)} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
    );
  }
  const patch = options.dryRun === "client" ? patchLocally : patchLive;
  const outcome = await patch(info, live, modified, settingsOf(options), context);
  if (outcome.error !== undefined) {
    const doing = `applying patch:\n${outcome.patch}\nto:\n${describeInfo(info)}\nfor:`;
    throw addSource(doing, info.source, outcome.error);
  }
  refresh(info, outcome.object!);
  warnIfDeleting(info, context);
  return outcome.patch === "{}" ? "unchanged" : "configured";
}

function settingsOf({ flags, cascade, write }: ClientSideOptions): PatchSettings {
  return {
    write,
    overwrite: flags.bool("overwrite"),
    openapi: flags.bool("openapi-patch"),
    force: flags.bool("force"),
    cascade,
    gracePeriod: flags.int("grace-period"),
    timeout: flags.duration("timeout"),
  };
}

async function create(
  info: ResourceInfo,
  modified: KubeObject,
  { dryRun, write }: ClientSideOptions,
  context: CommandContext,
): Promise<string> {
  const object = withoutNulls(modified as unknown as Json) as unknown as KubeObject;
  info.object = object;
  if (dryRun === "client") return "created";
  try {
    refresh(info, await createObject(info, object, write, context));
  } catch (error) {
    throw addSource("creating", info.source, error);
  }
  return "created";
}

/** Models WarnIfDeleting. */
export function warnIfDeleting(info: ResourceInfo, context: Pick<CommandContext, "streams">): void {
  const { metadata } = (info.object ?? {}) as Partial<KubeObject>;
  if (!metadata?.deletionTimestamp) return;
  context.streams.err.write(
    `Warning: Detected changes to resource ${metadata.name} which is currently being deleted.\n`,
  );
}
