import { byteLength } from "../../encoding/text.ts";
import { equal, getKey, sortedKeys } from "../../json.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { configKeyErrors } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { ConfigMap } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { frozenErrors, MAX_DATA } from "../shared-rules.ts";

/** Models ValidateConfigMap of kubernetes pkg/apis/core/validation/validation.go. */
function validate({ data = {}, binaryData = {} }: ConfigMap): FieldError[] {
  const errors: FieldError[] = [];
  let size = 0;
  for (const key of sortedKeys(data)) {
    const path = `data[${key}]`;
    errors.push(...invalidEach(path, key, configKeyErrors(key)));
    if (Object.hasOwn(binaryData, key)) errors.push(field.invalid(path, key, "duplicate of key present in binaryData"));
    size += byteLength(String(getKey(data, key)));
  }
  for (const key of sortedKeys(binaryData)) {
    errors.push(...invalidEach(`binaryData[${key}]`, key, configKeyErrors(key)));
    size += Math.floor((String(getKey(binaryData, key)).replace(/=+$/, "").length * 3) / 4);
  }
  // The real one gives an empty path, which Go prints like this.
  if (size > MAX_DATA) errors.push(field.tooLong("[]", MAX_DATA));
  return errors;
}

/** Models kubernetes pkg/registry/core/configmap/strategy.go. */
export const behaviour: KindBehaviour<ConfigMap> = {
  validate,
  validateUpdate: (next, previous) => [
    ...frozenErrors(next.immutable, previous.immutable, {
      data: equal(next.data ?? {}, previous.data ?? {}),
      binaryData: equal(next.binaryData ?? {}, previous.binaryData ?? {}),
    }),
    ...validate(next),
  ],
};
