import { equal } from "../../json.ts";
import type { PodTemplate } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { dropDisabledFields } from "../pod/dropped-fields.ts";
import { podTemplateErrors } from "../pod/spec-validation.ts";
import { setPodTemplateDefaults } from "../pod/template-defaults.ts";
import { podTemplateWarnings } from "../pod/warnings.ts";

const validate = ({ template }: PodTemplate) => podTemplateErrors(template ?? {}, "template");

/** Models kubernetes pkg/registry/core/podtemplate/strategy.go. */
export const behaviour: KindBehaviour<PodTemplate> = {
  hasGeneration: true,
  setDefaults(object) {
    object.template ??= {};
    setPodTemplateDefaults(object.template);
  },
  prepareForCreate: ({ template }) => dropDisabledFields(template?.spec),
  prepareForUpdate: ({ template }) => dropDisabledFields(template?.spec),
  validate,
  validateUpdate: validate,
  warnings: ({ template = {} }, previous) =>
    previous && equal(template, previous.template) ? [] : podTemplateWarnings(template, "template"),
};
