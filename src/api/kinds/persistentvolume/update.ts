import { equal, type Json } from "../../json.ts";
import { FIELD_IMMUTABLE, immutableErrors } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { NodeSelectorRequirement, PersistentVolumeSpec, VolumeNodeAffinity } from "../../types/core.ts";
import { stableName } from "../node/deprecated-labels.ts";
import { describeSpecChange, internalStructure } from "../pod/spec-diff.ts";
import { SOURCES } from "./sources.ts";

/** What a volume may not change. Models ValidatePersistentVolumeUpdate of kubernetes pkg/apis/core/validation/validation.go. */
export function updateErrors(next: PersistentVolumeSpec, previous: PersistentVolumeSpec): FieldError[] {
  const errors: FieldError[] = [];
  const after = withoutNewSecret(next, previous);
  if (SOURCES.some((name) => !equal(after[name], previous[name]))) {
    const change = describeSpecChange(previous, after, "PersistentVolumeSource");
    const text = `spec.persistentvolumesource is immutable after creation\n${change}`;
    errors.push(field.forbidden("spec.persistentvolumesource", text));
  }
  errors.push(...immutableErrors(next.volumeMode, previous.volumeMode, "volumeMode"));
  if (previous.nodeAffinity && !sameAffinity(next.nodeAffinity, previous.nodeAffinity)) {
    const shown = next.nodeAffinity ? internalStructure(next.nodeAffinity, "VolumeNodeAffinity") : null;
    errors.push(field.invalid("nodeAffinity", shown, `${FIELD_IMMUTABLE}, except for updating from beta label to GA`));
  }
  if (previous.volumeAttributesClassName !== undefined && next.volumeAttributesClassName === undefined)
    errors.push(field.forbidden("spec.volumeAttributesClassName", "update from non-nil value to nil is forbidden"));
  return errors;
}

/** The secret for making a volume larger may be named later. */
function withoutNewSecret(next: PersistentVolumeSpec, previous: PersistentVolumeSpec): PersistentVolumeSpec {
  if (!previous.csi || previous.csi.controllerExpandSecretRef || !next.csi?.controllerExpandSecretRef) return next;
  const { controllerExpandSecretRef: _, ...csi } = next.csi;
  return { ...next, csi };
}

function sameAffinity(next: VolumeNodeAffinity | undefined, previous: VolumeNodeAffinity): boolean {
  const news = next?.required?.nodeSelectorTerms ?? [];
  const olds = previous.required?.nodeSelectorTerms ?? [];
  const same = (after: NodeSelectorRequirement[] = [], before: NodeSelectorRequirement[] = []) =>
    after.length === before.length &&
    after.every((one, i) => equal(renamed(before[i]!, one.key), one as unknown as Json));
  return (
    next !== undefined &&
    news.length === olds.length &&
    news.every(
      (term, i) =>
        same(term.matchExpressions, olds[i]!.matchExpressions) && same(term.matchFields, olds[i]!.matchFields),
    )
  );
}

function renamed(requirement: NodeSelectorRequirement, key: string): NodeSelectorRequirement {
  return stableName(requirement.key) === key ? { ...requirement, key } : requirement;
}
