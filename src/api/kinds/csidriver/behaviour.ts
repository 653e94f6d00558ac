import { equal } from "../../json.ts";
import { immutableErrors } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { KindBehaviour } from "../kind.ts";
import type { CSIDriver } from "./types.ts";

const TOKENS_IN_ATTRIBUTES =
  "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes";
const POLICIES = ["File", "None", "ReadWriteOnceWithFSType"];
const MODES = ["Persistent", "Ephemeral"];

/** Models validateCSIDriverSpec of kubernetes pkg/apis/storage/validation/validation.go. */
function validate({ spec = {} }: CSIDriver): FieldError[] {
  const { fsGroupPolicy, tokenRequests = [], volumeLifecycleModes = [] } = spec;
  const errors: FieldError[] = [];
  if (fsGroupPolicy !== undefined && !POLICIES.includes(fsGroupPolicy))
    errors.push(field.notSupported("spec.fsGroupPolicy", fsGroupPolicy, POLICIES));
  const audiences = new Set<string>();
  for (const [i, { audience, expirationSeconds: seconds }] of tokenRequests.entries()) {
    const path = `spec.tokenRequests[${i}]`;
    if (audiences.has(audience)) {
      errors.push(field.duplicate(`${path}.audience`, audience));
      continue;
    }
    audiences.add(audience);
    if (seconds === undefined) continue;
    const wrong = (text: string) => errors.push(field.invalid(`${path}.expirationSeconds`, seconds, text));
    if (seconds < 600) wrong("may not specify a duration less than 10 minutes");
    if (seconds > 2 ** 32) wrong("may not specify a duration larger than 2^32 seconds");
  }
  for (const mode of volumeLifecycleModes)
    if (!MODES.includes(mode)) errors.push(field.notSupported("spec.volumeLifecycleModes", mode, MODES));
  const period = spec.nodeAllocatableUpdatePeriodSeconds;
  if (period !== undefined && period < 10)
    errors.push(
      field.invalid("spec.nodeAllocatableUpdatePeriodSeconds", period, "must be greater than or equal to 10 seconds"),
    );
  const inSecrets = spec.serviceAccountTokenInSecrets;
  if (inSecrets !== undefined && tokenRequests.length === 0)
    errors.push(
      field.invalid(
        "spec.serviceAccountTokenInSecrets",
        inSecrets,
        "serviceAccountTokenInSecrets is set but no tokenRequests are specified",
      ),
    );
  return errors;
}

export const behaviour: KindBehaviour<CSIDriver> = {
  /** Models kubernetes pkg/apis/storage/v1/defaults.go. */
  setDefaults(driver) {
    driver.spec ??= {};
    const { spec } = driver;
    spec.attachRequired ??= true;
    spec.podInfoOnMount ??= false;
    spec.storageCapacity ??= false;
    spec.fsGroupPolicy ??= "ReadWriteOnceWithFSType";
    if (!spec.volumeLifecycleModes?.length) spec.volumeLifecycleModes = ["Persistent"];
    spec.requiresRepublish ??= false;
    spec.seLinuxMount ??= false;
  },
  prepareForCreate({ spec }) {
    // The feature gate VolumeLimitScaling is off.
    delete spec?.preventPodSchedulingIfMissing;
  },
  prepareForUpdate(next, previous) {
    if (previous.spec?.preventPodSchedulingIfMissing === undefined) delete next.spec?.preventPodSchedulingIfMissing;
    // Unlike most kinds', the first generation is none.
    if (!equal(next.spec, previous.spec)) next.metadata.generation = (previous.metadata.generation ?? 0) + 1;
  },
  validate,
  validateUpdate: (next, previous) => [
    ...validate(next),
    ...immutableErrors(next.spec?.attachRequired, previous.spec?.attachRequired, "spec.attachedRequired"),
    ...immutableErrors(
      next.spec?.volumeLifecycleModes,
      previous.spec?.volumeLifecycleModes,
      "spec.volumeLifecycleModes",
    ),
  ],
  warnings({ spec = {} }, previous) {
    const { tokenRequests = [], serviceAccountTokenInSecrets } = spec;
    const same = previous !== undefined && equal(previous.spec?.tokenRequests ?? [], tokenRequests);
    return tokenRequests.length === 0 || serviceAccountTokenInSecrets !== undefined || same
      ? []
      : [TOKENS_IN_ATTRIBUTES];
  },
};
