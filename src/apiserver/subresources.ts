import { clone, type JsonObject, setKey } from "../api/json.ts";
import { updatePodCondition } from "../api/kinds/pod/state.ts";
import type { KubeObject } from "../api/object.ts";
import { ApiError, badRequest, conflict, type FieldError, field, notSimulated } from "../api/status.ts";
import type { Binding, Pod } from "../api/types/core.ts";
import { decodeOtherBody } from "./decode-body.ts";
import { existing, type Request, requestOf } from "./request.ts";
import { replaceStored, storageConflict } from "./update.ts";

/** A POST to a subresource of an object: `pods/eviction`, `pods/binding`. @throws ApiError */
export async function createSubresource(request: Request, name: string, body: JsonObject): Promise<KubeObject> {
  const path = `${request.info.resource}/${request.subresource}`;
  if (path === "pods/eviction") {
    const { evict } = await import("./eviction.ts");
    return await evict(request, name, body);
  }
  if (path === "pods/binding") return await createBinding(request, name, body);
  if (path === "serviceaccounts/token") {
    const { requestToken } = await import("./authorization/token.ts");
    return await requestToken(request, name, body);
  }
  throw notSimulated(path);
}

/** What a subresource answers that has no object to show. */
export const DONE = {
  kind: "Status",
  apiVersion: "v1",
  metadata: {},
  status: "Success",
  code: 201,
} as unknown as KubeObject;

/**
 * A POST of a Binding to `pods/NAME/binding`, or without a name to `bindings`. Models pkg/registry/core/pod/storage BindingREST and
 * LegacyBindingREST. @throws ApiError
 */
export async function createBinding(request: Request, name: string | undefined, body: JsonObject): Promise<KubeObject> {
  const binding = (await decodeOtherBody(request, { group: "", version: "v1", kind: "Binding" }, body)) as Binding;
  // Only the path of the pod keeps what the system sets.
  if (name === undefined) delete binding.metadata.uid;
  const bound = binding.metadata.name ?? "";
  if (bound !== (name ?? bound)) throw badRequest("name in URL does not match name in Binding object");
  const errors = bindingErrors(binding);
  if (errors.length > 0) throw new ApiError({ code: 500, message: aggregated(errors) });
  const { world, namespace, dryRun, warnings } = request;
  const pods = await requestOf(world, "pods", namespace, { dryRun, warnings, manager: request.manager });
  await bind(pods, bound, binding.target.name ?? "", binding.metadata);
  return DONE;
}

/** Models ValidatePodBinding. */
function bindingErrors({ target }: Binding): FieldError[] {
  const { kind = "", name = "" } = target;
  return [
    ...(kind && kind !== "Node" ? [field.notSupported("target.kind", kind, ["Node", "<empty>"])] : []),
    ...(name ? [] : [field.required("target.name")]),
  ];
}

function aggregated(errors: readonly FieldError[]): string {
  const texts = errors.map((error) => `${error.field}: ${error.body}`);
  return texts.length === 1 ? texts[0]! : `[${texts.join(", ")}]`;
}

/** Gives a pod its node, once, and what `given` has of labels and annotations. Models assignPod and setPodNodeAndMetadata. @throws ApiError Conflict */
export async function bind(
  request: Request,
  name: string,
  node: string,
  given: KubeObject["metadata"] = {},
): Promise<KubeObject> {
  const previous = existing(request, name) as Pod;
  const { uid, resourceVersion } = previous.metadata;
  const precondition = (what: string, sent: string, stored = "") =>
    storageConflict(request, name, `${what} in precondition: ${sent}, ${what} in object meta: ${stored}`);
  if (given.uid && given.uid !== uid) throw precondition("UID", given.uid, uid);
  if (given.resourceVersion && given.resourceVersion !== resourceVersion)
    throw precondition("ResourceVersion", given.resourceVersion, resourceVersion);
  const why = whyNotBound(previous, name);
  if (why !== undefined) throw conflict({ group: "", resource: "pods/binding" }, name, why);
  const next = clone(previous);
  next.spec = { ...next.spec!, nodeName: node };
  for (const member of ["annotations", "labels"] as const)
    for (const [key, value] of Object.entries(given[member] ?? {})) {
      next.metadata[member] ??= {};
      setKey(next.metadata[member], key, value);
    }
  updatePodCondition(next, { type: "PodScheduled", status: "True" }, request.world.objects.now);
  // Nobody owns what a binding sets: the field manager sees the Binding, not the pod.
  return await replaceStored({ ...request, subresource: "binding", trusted: true }, next, previous, true);
}

function whyNotBound({ metadata, spec }: Pod, name: string): string | undefined {
  if (metadata.deletionTimestamp) return `pod ${name} is being deleted, cannot be assigned to a host`;
  if (spec?.nodeName) return `pod ${name} is already assigned to node ${JSON.stringify(spec.nodeName)}`;
  return spec?.schedulingGates?.length ? `pod ${name} has non-empty .spec.schedulingGates` : undefined;
}
