import { equal } from "../api/json.ts";
import type { KubeObject, OwnerReference } from "../api/object.ts";
import type { Request } from "./request.ts";

/**
 * An owner that the object names twice stays once, with a warning; owners of one uid that differ elsewhere both stay. `isPatch`: what a patch
 * leaves is looked at after admission, which the warning says. Models dedupOwnerReferencesAndAddWarning of apiserver pkg/endpoints/handlers/rest.go.
 */
export function dedupOwnerReferences({ warnings }: Request, { metadata }: KubeObject, isPatch = false): void {
  const owners = metadata.ownerReferences;
  if (!owners || owners.length < 2) return;
  const kept: OwnerReference[] = [];
  const again: string[] = [];
  for (const owner of owners)
    if (kept.some((other) => equal(other, owner))) again.push(owner.uid);
    else kept.push(owner);
  if (again.length === 0) return;
  metadata.ownerReferences = kept;
  const when = isPatch ? " after mutating admission happens" : "";
  warnings.push(
    `.metadata.ownerReferences contains duplicate entries${when}; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${again.join(", ")}`,
  );
}
