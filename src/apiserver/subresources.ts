import { clone, type JsonObject } from "../api/json.ts";
import type { KubeObject } from "../api/object.ts";
import { conflict, notSimulated } from "../api/status.ts";
import type { Pod } from "../api/types/core.ts";
import { remove } from "./delete.ts";
import { existing, type Request } from "./request.ts";
import { replaceStored } from "./update.ts";

/** A POST to a subresource of an object: `pods/eviction`, `pods/binding`. @throws ApiError */
export async function createSubresource(request: Request, name: string, body: JsonObject): Promise<KubeObject> {
  const path = `${request.info.resource}/${request.subresource}`;
  if (path === "pods/eviction") return await evict(request, name, body);
  if (path === "pods/binding") return await bind(request, name, ((body.target ?? {}) as { name?: string }).name ?? "");
  if (path === "serviceaccounts/token") {
    const { requestToken } = await import("./authorization/token.ts");
    return await requestToken(request, name, body);
  }
  throw notSimulated(path);
}

/** Models pkg/registry/core/pod/storage EvictionREST; budgets are asked in `disruption.ts`. */
async function evict(request: Request, name: string, body: JsonObject): Promise<KubeObject> {
  const { checkBudgets } = await import("./disruption.ts");
  checkBudgets(request, existing(request, name) as Pod);
  const options = (body.deleteOptions ?? {}) as { gracePeriodSeconds?: number };
  return remove(
    { ...request, subresource: "" },
    name,
    options.gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds: options.gracePeriodSeconds },
  );
}

/** Gives a pod its node, once. Models pkg/registry/core/pod/storage BindingREST. @throws ApiError Conflict */
export async function bind(request: Request, name: string, node: string): Promise<KubeObject> {
  const previous = existing(request, name) as Pod;
  const { nodeName } = previous.spec ?? {};
  if (nodeName)
    throw conflict(
      { group: "", resource: "pods/binding" },
      name,
      `pod ${name} is already assigned to node ${JSON.stringify(nodeName)}`,
    );
  const next = clone(previous);
  next.spec = { ...next.spec!, nodeName: node };
  // Nobody owns what a binding sets: the field manager sees the Binding, not the pod.
  return await replaceStored({ ...request, subresource: "binding", trusted: true }, next, previous, true);
}
