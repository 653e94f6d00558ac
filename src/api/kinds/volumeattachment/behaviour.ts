import { equal } from "../../json.ts";
import { dns1123SubdomainErrors } from "../../meta/names.ts";
import { FIELD_IMMUTABLE, invalidEach } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { KindBehaviour } from "../kind.ts";
import { volumeSpecErrors } from "../persistentvolume/validation.ts";
import { csiDriverNameErrors } from "../storage-rules.ts";
import type { VolumeAttachment } from "./types.ts";

const EXACTLY_ONE = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";

/** Models ValidateVolumeAttachment of kubernetes pkg/apis/storage/validation/validation.go. */
function validate({ spec = {} }: VolumeAttachment): FieldError[] {
  const { attacher = "", nodeName = "", source = {} } = spec;
  const { inlineVolumeSpec: inline, persistentVolumeName: name } = source;
  const path = "spec.source.persistentVolumeName";
  const errors = csiDriverNameErrors(attacher, "spec.attacher");
  if (!inline && name === undefined) errors.push(field.required("spec.source", EXACTLY_ONE));
  else if (inline && name !== undefined) errors.push(field.forbidden("spec.source", EXACTLY_ONE));
  else if (name === "") errors.push(field.required(path, "must specify non empty persistentVolumeName"));
  else if (inline && name === undefined)
    errors.push(...volumeSpecErrors(inline, "spec.source.inlineVolumeSpec", undefined));
  errors.push(...invalidEach("spec.nodeName", nodeName, dns1123SubdomainErrors(nodeName)));
  if (name !== undefined) errors.push(...invalidEach(path, name, dns1123SubdomainErrors(name)));
  return errors;
}

/** The spec with the names of the Go fields, as the real server writes it. */
function goSpec({ spec = {} }: VolumeAttachment) {
  const { persistentVolumeName = null, inlineVolumeSpec = null } = spec.source ?? {};
  return {
    Attacher: spec.attacher ?? "",
    Source: { PersistentVolumeName: persistentVolumeName, InlineVolumeSpec: inlineVolumeSpec as null },
    NodeName: spec.nodeName ?? "",
  };
}

export const behaviour: KindBehaviour<VolumeAttachment> = {
  validate,
  validateUpdate: (next, previous) => [
    ...validate(next),
    ...(equal(next.spec, previous.spec) ? [] : [field.invalid("spec", goSpec(next), FIELD_IMMUTABLE)]),
  ],
};
