import type { Json, JsonObject } from "../api/json.ts";
import type { KubeList, KubeObject } from "../api/object.ts";
import type { DeleteOptions, ListOptions, PatchType, WriteOptions } from "./client.ts";
import type { Request } from "./request.ts";
import { allShown, shown } from "./shown.ts";

/**
 * What the server does of a write once it is admitted, by the client's verb: the subresource decides who handles it. Each handler's
 * code is loaded by the first request that needs it. All throw what the server answers.
 */
export async function create(
  request: Request,
  body: JsonObject,
  { subresource, name = "" }: WriteOptions & { name?: string },
): Promise<KubeObject> {
  if (subresource) {
    const { createSubresource } = await import("./subresources.ts");
    return await createSubresource(request, name, body);
  }
  if (request.info.kind === "Binding") {
    const { createBinding } = await import("./subresources.ts");
    return await createBinding(request, undefined, body);
  }
  if (!request.info.verbs.includes("get")) {
    const { review } = await import("./authorization/reviews.ts");
    const { ADMIN } = await import("./authorization/user.ts");
    return await review(request, request.user ?? ADMIN, body);
  }
  const { create } = await import("./create.ts");
  return await shown(request, await create(request, body));
}

export async function update(
  request: Request,
  name: string,
  body: JsonObject,
  { subresource }: WriteOptions,
): Promise<KubeObject> {
  if (subresource === "scale") {
    const { updateScale } = await import("./scale.ts");
    return await updateScale(request, name, body);
  }
  const { update } = await import("./update.ts");
  return await shown(request, await update(request, name, body));
}

export async function patch(
  request: Request,
  name: string,
  type: PatchType,
  body: Json,
  { subresource, force = false }: WriteOptions & { force?: boolean },
): Promise<KubeObject> {
  if (subresource === "scale") {
    const { patchScale } = await import("./scale.ts");
    return await patchScale(request, name, type, body, force);
  }
  const { patch } = await import("./patch.ts");
  return await shown(request, await patch(request, name, type, body, force));
}

export async function remove(request: Request, name: string, options: DeleteOptions): Promise<KubeObject> {
  const { remove } = await import("./delete.ts");
  return await shown(request, remove(request, name, deletionOf(options)));
}

export async function removeCollection(request: Request, options: ListOptions & DeleteOptions): Promise<KubeList> {
  const { select } = await import("./read.ts");
  const { remove } = await import("./delete.ts");
  const removed = select(request, options).map(({ metadata: { namespace = "", name = "" } }) =>
    remove({ ...request, namespace }, name, deletionOf(options)),
  );
  const items = await allShown(request, removed);
  return { apiVersion: request.apiVersion, kind: `${request.info.kind}List`, metadata: {}, items };
}

function deletionOf({ gracePeriodSeconds, propagationPolicy, preconditions }: DeleteOptions) {
  return {
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    ...(propagationPolicy ? { propagation: propagationPolicy } : {}),
    ...(preconditions ? { preconditions } : {}),
  };
}
