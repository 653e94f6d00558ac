import { equal } from "../../json.ts";
import { labelKeyErrors } from "../../meta/names.ts";
import { immutableErrors, invalidEach } from "../../meta/object-meta.ts";
import type { KubeObject } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import type { TopologySelectorTerm } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { deprecation } from "../node/deprecated-labels.ts";
import { parametersErrors, provisionerErrors } from "../storage-rules.ts";

interface StorageClass extends KubeObject {
  provisioner?: string;
  parameters?: Record<string, string>;
  reclaimPolicy?: string;
  volumeBindingMode?: string;
  allowedTopologies?: TopologySelectorTerm[];
}

const POLICIES = ["Delete", "Retain"];
const MODES = ["Immediate", "WaitForFirstConsumer"];

/** Models ValidateStorageClass of kubernetes pkg/apis/storage/validation/validation.go. */
function validate(storageClass: StorageClass): FieldError[] {
  const { provisioner = "", parameters = {}, reclaimPolicy, volumeBindingMode, allowedTopologies = [] } = storageClass;
  const errors = [
    ...provisionerErrors(provisioner, "provisioner"),
    ...parametersErrors(parameters, true, "parameters"),
  ];
  if (reclaimPolicy && !POLICIES.includes(reclaimPolicy))
    errors.push(field.notSupported("reclaimPolicy", reclaimPolicy, POLICIES));
  if (volumeBindingMode !== undefined && !MODES.includes(volumeBindingMode))
    errors.push(field.notSupported("volumeBindingMode", volumeBindingMode, MODES));
  return [...errors, ...topologiesErrors(allowedTopologies)];
}

/** Models validateAllowedTopologies and ValidateTopologySelectorTerm. */
function topologiesErrors(terms: readonly TopologySelectorTerm[]): FieldError[] {
  const errors: FieldError[] = [];
  // The real one compares with a list that begins with an empty entry for each term, so one without expressions is always a duplicate of them.
  const seen: Record<string, string[]>[] = terms.map(() => ({}));
  for (const [i, { matchLabelExpressions = [] }] of terms.entries()) {
    const path = `allowedTopologies[${i}].matchLabelExpressions`;
    const places = new Map<string, string[]>();
    for (const [j, { key = "", values = [] }] of (matchLabelExpressions ?? []).entries()) {
      const at = `${path}[${j}]`;
      if (values.length === 0) errors.push(field.required(`${at}.values`));
      for (const [k, value] of values.entries())
        if (values.indexOf(value) < k) errors.push(field.duplicate(`${at}.values[${k}]`, value));
      errors.push(...invalidEach(`${at}.key`, key, labelKeyErrors(key)));
      if (places.has(key)) errors.push(field.duplicate(`${at}.key`, key));
      places.set(key, [...new Set(values)].sort());
    }
    const all = Object.fromEntries(places);
    for (const other of seen) if (equal(all, other)) errors.push(field.duplicate(path, ""));
    seen.push(all);
  }
  return errors;
}

/** Models GetWarningsForStorageClass of kubernetes pkg/api/storage/util.go. */
function warnings({ allowedTopologies = [] }: StorageClass): string[] {
  return allowedTopologies.flatMap(({ matchLabelExpressions = [] }, i) =>
    (matchLabelExpressions ?? []).flatMap(({ key }, j) => {
      const text = deprecation(key);
      return text === undefined ? [] : [`allowedTopologies[${i}].matchLabelExpressions[${j}].key: ${text}`];
    }),
  );
}

/** Models kubernetes pkg/registry/storage/storageclass/strategy.go and SetDefaults_StorageClass. */
export const behaviour: KindBehaviour<StorageClass> = {
  setDefaults(storageClass) {
    storageClass.reclaimPolicy ??= "Delete";
    storageClass.volumeBindingMode ??= "Immediate";
  },
  validate,
  validateUpdate: (next, previous) => [
    ...validate(next),
    ...(["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"] as const).flatMap((name) =>
      immutableErrors(next[name], previous[name], name),
    ),
  ],
  warnings,
};
