import { dns1123LabelErrors, dns1123SubdomainErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { PodResourceClaim, ResourceClaim } from "../../types/core.ts";
import { internalStructure } from "./spec-diff.ts";

/** Claims of devices, by a pod and by its containers. Models validatePodResourceClaims and validateResourceClaimNames of kubernetes pkg/apis/core/validation/validation.go. */

export function podClaimsErrors(claims: readonly PodResourceClaim[], path: string): FieldError[] {
  const names = new Set<string>();
  return claims.flatMap((claim, i) => {
    const at = `${path}[${i}]`;
    const { name = "", resourceClaimName, resourceClaimTemplateName } = claim;
    const errors: FieldError[] = [];
    if (!name) errors.push(field.required(`${at}.name`));
    else if (names.has(name)) errors.push(field.duplicate(`${at}.name`, name));
    else errors.push(...invalidEach(`${at}.name`, name, dns1123LabelErrors(name)));
    names.add(name);
    const refuse = (text: string) => field.invalid(at, internalStructure(claim, "PodResourceClaim"), text);
    const both = resourceClaimName !== undefined && resourceClaimTemplateName !== undefined;
    if (both) errors.push(refuse("at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified"));
    if (resourceClaimName === undefined && resourceClaimTemplateName === undefined)
      errors.push(refuse("must specify one of: `resourceClaimName`, `resourceClaimTemplateName`"));
    for (const member of ["resourceClaimName", "resourceClaimTemplateName"] as const) {
      const value = claim[member];
      if (value !== undefined) errors.push(...invalidEach(`${at}.${member}`, value, dns1123SubdomainErrors(value)));
    }
    return errors;
  });
}

/** `known`: the names of the pod's claims. */
export function claimNamesErrors(claims: readonly ResourceClaim[], known: readonly string[], path: string) {
  const taken = new Set<string>();
  return claims.flatMap(({ name = "", request = "" }, i) => {
    const at = `${path}[${i}]`;
    if (!name) return [field.required(at)];
    const errors: FieldError[] = [];
    if (taken.has(name)) errors.push(field.duplicate(at, name));
    else {
      const key = request ? `${name}/${request}` : name;
      if (request) errors.push(...invalidEach(`${at}.request`, request, dns1123LabelErrors(request)));
      if (taken.has(key)) errors.push(field.duplicate(at, key));
      else if (!request)
        for (const other of taken) if (other.startsWith(`${name}/`)) errors.push(field.duplicate(at, name));
      taken.add(key);
    }
    if (!known.includes(name)) errors.push(unknownClaim(name, known, at));
    return errors;
  });
}

function unknownClaim(name: string, known: readonly string[], path: string): FieldError {
  const error = field.notFound(path, name);
  const names = known.length === 0 ? " which is empty" : `: ${[...new Set(known)].sort().join(", ")}`;
  return { ...error, body: `${error.body}: must be one of the names in pod.spec.resourceClaims${names}` };
}
