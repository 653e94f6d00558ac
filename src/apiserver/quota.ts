import { sortedKeys } from "../api/json.ts";
import { addQuantities, compareQuantities, parseQuantity, type Quantity } from "../api/meta/quantity.ts";
import type { KubeObject } from "../api/object.ts";
import { countsFor, missingRequests, quotaMatches, type Usage, usageOf, usedOf } from "../api/quota/usage.ts";
import { kindByResource } from "../api/registry.ts";
import { forbidden } from "../api/status.ts";
import type { Pod, ResourceQuota } from "../api/types/core.ts";
import { groupResourceOf, type Request } from "./request.ts";

/**
 * Refuses what would use more than a ResourceQuota of the namespace allows. What is used is counted afresh. Models apiserver
 * pkg/admission/plugin/resourcequota CheckRequest. @throws ApiError Forbidden
 */
export function checkQuotas(request: Request, object: KubeObject, previous: KubeObject | undefined): void {
  const { world, key, info } = request;
  const namespace = object.metadata.namespace ?? "";
  const { now } = world.objects;
  const refuse = (message: string) => forbidden(groupResourceOf(info), object.metadata.name ?? "", message);
  const matching = world.objects
    .list<ResourceQuota>("resourcequotas", namespace)
    .filter((quota) => quotaMatches(quota, key, object));
  for (const quota of matching) {
    const { name } = quota.metadata;
    const counted = sortedKeys(quota.spec!.hard!).filter((hard) => countsFor(key, hard));
    const missing = key === "pods" ? missingRequests(object as Pod, counted) : "";
    if (missing) throw refuse(`failed quota: ${name}: ${missing}`);
  }
  const usage = usageOf(key, object, now);
  const before = previous && usageOf(key, previous, now);
  for (const quota of matching) {
    const counts = before && quotaMatches(quota, key, previous!);
    const delta: Usage = new Map();
    for (const [name, amount] of usage) {
      const more = counts ? difference(amount, before.get(name)) : amount;
      if (more.nano > 0n && quota.spec!.hard![name] !== undefined) delta.set(name, more);
    }
    if (delta.size === 0) continue;
    const list = (resource: string) => world.objects.list(resource, namespace);
    const used = usedOf(quota, list, (resource) => !!kindByResource(resource), now);
    const hard: Usage = new Map(
      Object.entries(quota.spec!.hard!).map(([name, amount]) => [name, parseQuantity(String(amount))]),
    );
    const exceeded = [...delta].flatMap(([name, amount]) => {
      const after = addQuantities(used.get(name) ?? parseQuantity("0"), amount);
      return compareQuantities(after, hard.get(name)!) > 0 ? [name] : [];
    });
    if (exceeded.length)
      throw refuse(
        `exceeded quota: ${quota.metadata.name}, requested: ${texts(delta, exceeded)}, used: ${texts(used, exceeded)}, limited: ${texts(hard, exceeded)}`,
      );
  }
}

function difference(amount: Quantity, before: Quantity | undefined): Quantity {
  if (!before) return amount;
  return { ...amount, nano: amount.nano - before.nano > 0n ? amount.nano - before.nano : 0n };
}

function texts(usage: Usage, names: readonly string[]): string {
  return [...names]
    .sort()
    .map((name) => `${name}=${usage.get(name)?.text ?? "0"}`)
    .join(",");
}
