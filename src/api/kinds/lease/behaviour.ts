import type { KubeObject } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import type { KindBehaviour } from "../kind.ts";

interface Lease extends KubeObject {
  spec?: { leaseDurationSeconds?: number; leaseTransitions?: number; preferredHolder?: string; strategy?: string };
}

/** Models ValidateLeaseSpec of kubernetes pkg/apis/coordination/validation/validation.go. */
function validate({ spec = {} }: Lease): FieldError[] {
  const { leaseDurationSeconds: duration, leaseTransitions: transitions } = spec;
  const errors: FieldError[] = [];
  if (duration !== undefined && duration <= 0)
    errors.push(field.invalid("spec.leaseDurationSeconds", duration, "must be greater than 0"));
  if (transitions !== undefined && transitions < 0)
    errors.push(field.invalid("spec.leaseTransitions", transitions, "must be greater than or equal to 0"));
  if (spec.preferredHolder && !spec.strategy)
    errors.push(field.forbidden("spec.preferredHolder", "may only be specified if `strategy` is defined"));
  return errors;
}

/** Models kubernetes pkg/registry/coordination/lease/strategy.go: without the feature CoordinatedLeaderElection, which is off. */
function dropDisabled(next: Lease, previous?: Lease): void {
  if (previous?.spec?.strategy === undefined) delete next.spec?.strategy;
  if (previous?.spec?.preferredHolder === undefined) delete next.spec?.preferredHolder;
}

export const behaviour: KindBehaviour<Lease> = {
  anyFinalizers: true,
  prepareForCreate: (lease) => dropDisabled(lease),
  prepareForUpdate: (next, previous) => dropDisabled(next, previous),
  validate,
  validateUpdate: validate,
};
