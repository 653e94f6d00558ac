import { clone, type JsonObject } from "../api/json.ts";
import { updatePodCondition } from "../api/kinds/pod/state.ts";
import type { KubeObject } from "../api/object.ts";
import { ApiError, badRequest, field, invalid } from "../api/status.ts";
import type { Pod } from "../api/types/core.ts";
import { decodeOtherBody } from "./decode-body.ts";
import { checkPreconditions, type Deletion, remove } from "./delete.ts";
import { type DeletionBody, deletionOf } from "./delete-options.ts";
import { checkBudgets } from "./disruption.ts";
import { existing, type Request } from "./request.ts";
import { DONE } from "./subresources.ts";
import { replaceStored } from "./update.ts";

const TYPE = { group: "policy", version: "v1", kind: "Eviction" };

/** A POST to `pods/NAME/eviction`. Models pkg/registry/core/pod/storage EvictionREST; budgets are asked in `disruption.ts`. @throws ApiError */
export async function evict(request: Request, name: string, body: JsonObject): Promise<KubeObject> {
  const spoken = body.apiVersion === "policy/v1beta1" ? { ...body, apiVersion: "policy/v1" } : body;
  const eviction = await decodeOtherBody(request, TYPE, spoken);
  if ((eviction.metadata.name ?? "") !== name) throw badRequest("name in URL does not match name in Eviction object");
  const given = (eviction.deleteOptions ?? {}) as DeletionBody;
  refuseIgnoredErrors(given, name);
  const dryRun = given.dryRun ?? [];
  if (request.dryRun && dryRun.length > 0 && (dryRun.length > 1 || dryRun[0] !== "All")) {
    const message = `Non-matching dry-run options in request and content: [All] and [${dryRun.join(" ")}]`;
    throw new ApiError({ code: 500, message });
  }
  const pods = { ...request, subresource: "" };
  checkBudgets(pods, existing(pods, name) as Pod);
  const isDry = request.dryRun || dryRun.length > 0;
  // It is marked before the options of its deletion are looked at.
  const { preconditions = {} } = given;
  if (!isDry) {
    checkPreconditions(pods, name, preconditions);
    await markEvicted(pods, name);
  }
  const deletion = withoutVersion(deletionOf(given), isDry);
  if (isDry && !request.dryRun) checkPreconditions(pods, name, preconditions);
  else remove(pods, name, deletion);
  return DONE;
}

/** The mark has made a new version of the pod, which the deletion is held to then. */
function withoutVersion(deletion: Deletion, isDry: boolean): Deletion {
  if (isDry || !deletion.preconditions) return deletion;
  const { resourceVersion: _, ...preconditions } = deletion.preconditions;
  return { ...deletion, preconditions };
}

function refuseIgnoredErrors(
  { ignoreStoreReadErrorWithClusterBreakingPotential: ignores }: DeletionBody,
  name: string,
): void {
  if (!ignores) return;
  const path = "deleteOptions.ignoreStoreReadErrorWithClusterBreakingPotential";
  const text = "can not be set for pod eviction, try after removing the option";
  throw invalid(TYPE, name, [field.invalid(path, true, text)]);
}

/** Models addConditionAndDeletePod: nobody owns the condition, as no handler sees it. */
async function markEvicted(request: Request, name: string): Promise<void> {
  const previous = existing(request, name) as Pod;
  const next = clone(previous);
  const reason = { reason: "EvictionByEvictionAPI", message: "Eviction API: evicting" };
  updatePodCondition(next, { type: "DisruptionTarget", status: "True", ...reason }, request.world.objects.now);
  await replaceStored({ ...request, subresource: "status", trusted: true }, next, previous, true);
}
