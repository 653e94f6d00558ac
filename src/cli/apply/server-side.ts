import type { Json, JsonObject } from "../../api/json.ts";
import { LAST_APPLIED } from "../../api/meta/last-applied.ts";
import type { KubeObject } from "../../api/object.ts";
import { ApiError } from "../../api/status.ts";
import type { WriteOptions } from "../../apiserver/client.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { messageOf } from "../errors.ts";
import { lastAppliedOf } from "../last-applied.ts";
import { fetchObject } from "../resources/fetch.ts";
import { patchObject, refresh } from "../resources/helper.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

/** The field manager of a server-side apply that names none. */
export const SERVER_SIDE_MANAGER = "kubectl";
const LAST_APPLIED_MANAGER = "kubectl-last-applied";
const RETRIES = 5;

const CONFLICT_ADVICE = `
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

/**
 * Sends the manifest for the server to apply, and moves what client-side apply owned to this manager. `info.object` becomes the
 * server's. Models applyOneObject, saveLastApplyAnnotationIfNecessary and migrateToSSAIfNecessary of kubectl pkg/cmd/apply/apply.go.
 */
export async function applyServerSide(
  info: ResourceInfo,
  options: { write: WriteOptions; force: boolean; subresource: string },
  context: CommandContext,
): Promise<void> {
  const { write, force, subresource } = options;
  const manifest = info.object as unknown as JsonObject;
  // Once it is set, kubectl's helper keeps the subresource for the requests that follow.
  const request = { ...write, ...(subresource === "" ? {} : { subresource }) };
  const send = () => patchObject(info, "apply", manifest, { ...request, force }, context);
  try {
    refresh(info, await send());
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== "Conflict") throw error;
    throw new CommandError(`${error.message}${CONFLICT_ADVICE}`);
  }
  const warn = (text: string, error: unknown) =>
    context.streams.err.write(
      `Warning: ${text} This is non-fatal and will be retried next time you apply. Error: ${messageOf(error)}\n`,
    );
  try {
    await keepAnnotation(info, request, context);
  } catch (error) {
    warn(`failed to migrate ${LAST_APPLIED} for Server-Side Apply.`, error);
    return;
  }
  let moved: boolean;
  try {
    moved = await moveOwnership(info, request, context);
  } catch (error) {
    warn("server rejected managed fields migration to Server-Side Apply.", error);
    return;
  }
  if (!moved) return;
  try {
    refresh(info, await send());
  } catch (error) {
    warn("failed to re-apply configuration after performing Server-Side Apply migration.", error);
  }
}

/** The annotation of client-side apply gets an owner of its own, so that the manifest does not take it away. */
async function keepAnnotation(info: ResourceInfo, write: WriteOptions, context: CommandContext): Promise<void> {
  if (write.fieldManager !== SERVER_SIDE_MANAGER) return;
  const object = info.object as KubeObject;
  const last = lastAppliedOf(object);
  if (last === undefined) return;
  const { ownersOfLastApplied } = await import("../../api/managed-fields/csa-upgrade.ts");
  if (ownersOfLastApplied(object.metadata.managedFields ?? [], "Apply").length > 0) return;
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = metadata;
  const just = {
    apiVersion,
    kind,
    metadata: {
      name: name ?? "",
      ...(namespace === undefined ? {} : { namespace }),
      annotations: { [LAST_APPLIED]: last },
    },
  };
  const options = { ...write, fieldManager: LAST_APPLIED_MANAGER };
  refresh(info, await patchObject(info, "apply", just, options, context));
}

async function moveOwnership(info: ResourceInfo, write: WriteOptions, context: CommandContext): Promise<boolean> {
  const { ownersOfLastApplied, upgradePatch } = await import("../../api/managed-fields/csa-upgrade.ts");
  const entriesOf = () => (info.object as KubeObject).metadata.managedFields ?? [];
  const from = new Set(ownersOfLastApplied(entriesOf(), "Update").map((entry) => entry.manager ?? ""));
  for (let attempt = 1; ; attempt++) {
    const version = (info.object as KubeObject).metadata.resourceVersion ?? "";
    const patch = upgradePatch(entriesOf(), [...from].sort(), write.fieldManager ?? "", version);
    if (patch === undefined) return false;
    try {
      refresh(info, await patchObject(info, "json", patch as unknown as Json, write, context));
      return true;
    } catch (error) {
      if (!(error instanceof ApiError) || error.reason !== "Conflict" || attempt === RETRIES) throw error;
    }
    await fetchObject(info, {}, context);
  }
}
