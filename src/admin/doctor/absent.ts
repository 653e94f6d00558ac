import type { Snapshot } from "../../api/snapshot.ts";
import type { Service } from "../../api/types/core.ts";
import { editDistance } from "./distance.ts";
import { type Finding, inNamespace } from "./finding.ts";

/** Further than so is another name, not a slip. */
const MAX_SLIPS = 2;

/** A Service that somebody asks for and that is not there: it is in another namespace, or called a little otherwise. */
export function absentService(
  snapshot: Snapshot,
  { service, namespace, currentNamespace }: { service: string; namespace: string; currentNamespace: string },
): Finding | undefined {
  if (snapshot.get("services", namespace, service)) return undefined;
  const services = snapshot.list<Service>("services");
  const elsewhere = services.find(({ metadata }) => metadata.name === service);
  const alike = services.find(
    ({ metadata }) => metadata.namespace === namespace && editDistance(metadata.name!, service) <= MAX_SLIPS,
  );
  const found = elsewhere ?? alike;
  if (!found) return undefined;
  const { name, namespace: there = "default" } = found.metadata;
  return {
    severity: "error",
    code: "service-missing",
    object: `service/${service}`,
    namespace,
    problem: `there is no Service of this name here; there is service/${name} in namespace ${there}`,
    fix: [`kubemu doctor svc/${name}${inNamespace({ namespace: there, currentNamespace })}`],
  };
}
