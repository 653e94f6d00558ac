import type { JsonObject } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { patchLive } from "../apply/patcher.ts";
import type { CommandContext } from "../command.ts";
import { modifiedConfiguration } from "../last-applied.ts";
import { createObject, patchObject } from "../resources/helper.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

export interface MergeOptions {
  serverSide: boolean;
  forceConflicts: boolean;
  fieldManager: string;
  /** The version that the live object must still have; undefined to compare without it. */
  resourceVersion: string | undefined;
}

/** What applying the manifest would leave, by a dry run of the server. Models InfoObject.Merged of kubectl pkg/cmd/diff/diff.go. */
export async function mergedObject(
  info: ResourceInfo,
  manifest: KubeObject,
  live: KubeObject | undefined,
  options: MergeOptions,
  context: CommandContext,
): Promise<KubeObject> {
  const write = { dryRun: true, fieldManager: options.fieldManager };
  if (options.serverSide) {
    const force = options.forceConflicts;
    return patchObject(info, "apply", manifest as unknown as JsonObject, { ...write, force }, context);
  }
  if (live === undefined) return createObject(info, manifest, write, context);
  const { resourceVersion } = options;
  const outcome = await patchLive(
    info,
    live,
    modifiedConfiguration(manifest, false),
    {
      write,
      overwrite: true,
      openapi: true,
      force: false,
      cascade: "Background",
      gracePeriod: -1,
      timeout: 0,
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
    },
    context,
  );
  if (outcome.error !== undefined) throw outcome.error;
  return outcome.object!;
}
