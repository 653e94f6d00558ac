import { nameIsDnsLabel } from "../../meta/value-rules.ts";
import type { Service } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { setDefaults } from "./defaults.ts";
import { dropTypeDependentFields } from "./type-change.ts";
import { validateService, validateServiceStatusUpdate, validateServiceUpdate } from "./validation.ts";
import { serviceStatusWarnings, serviceWarnings } from "./warnings.ts";

/**
 * Models kubernetes pkg/registry/core/service/strategy.go. Addresses and node ports are allocated (network/allocators/service.ts)
 * after the defaults and before these preparations, as the real storage does.
 */
export const behaviour: KindBehaviour<Service> = {
  setDefaults,
  validateName: nameIsDnsLabel,
  prepareForCreate(service) {
    service.status = { loadBalancer: {} };
  },
  prepareForUpdate(next, previous, { subresource }) {
    if (subresource !== "status") dropTypeDependentFields(next, previous);
  },
  validate: (service) => validateService(service, undefined),
  validateUpdate: validateServiceUpdate,
  validateStatusUpdate: validateServiceStatusUpdate,
  warnings: (next, _previous, { subresource }) =>
    subresource === "status" ? serviceStatusWarnings(next) : serviceWarnings(next),
  selectableFields: ({ spec }) => ({ "spec.clusterIP": spec?.clusterIP ?? "", "spec.type": spec?.type ?? "" }),
  selectableFieldNames: ["spec.clusterIP", "spec.type"],
};
