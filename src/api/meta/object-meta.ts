import { equal, getKey, type Json, sortedKeys } from "../json.ts";
import type { LabelSelector, ObjectMeta, OwnerReference } from "../object.ts";
import { type FieldError, field } from "../status.ts";
import { labelKeyErrors, labelValueErrors } from "./names.ts";
import { type NameRule, nameIsDnsLabel } from "./value-rules.ts";

/**
 * The checks of metadata that all kinds share. Models k8s.io/apimachinery pkg/api/validation/objectmeta.go and
 * pkg/apis/meta/v1/validation. Where the real one ranges over a Go map, in random order, this goes by sorted keys.
 */

const ANNOTATIONS_LIMIT = 256 * 1024;

export const FIELD_IMMUTABLE = "field is immutable";

/** The errors of `complaints` about one value. */
export function invalidEach(path: string, value: Json | undefined, complaints: readonly string[]): FieldError[] {
  return complaints.map((complaint) => field.invalid(path, value, complaint));
}

export function immutableErrors(next: unknown, previous: unknown, path: string): FieldError[] {
  return equal(next, previous) ? [] : [field.invalid(path, next as Json, FIELD_IMMUTABLE)];
}

export function nonnegativeErrors(value: number | undefined, path: string): FieldError[] {
  return (value ?? 0) < 0 ? [field.invalid(path, value, "must be greater than or equal to 0")] : [];
}

/** Labels, also a Service's selector: keys and values, both reported at the map's own path. */
export function labelsErrors(labels: Record<string, string> | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const key of sortedKeys(labels ?? {})) {
    const value = String(getKey(labels!, key));
    errors.push(...invalidEach(path, key, labelKeyErrors(key)), ...invalidEach(path, value, labelValueErrors(value)));
  }
  return errors;
}

export function annotationsErrors(annotations: Record<string, string> | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  let units = 0;
  for (const key of sortedKeys(annotations ?? {})) {
    errors.push(...invalidEach(path, key, labelKeyErrors(key.toLowerCase())));
    units += key.length + String(getKey(annotations!, key)).length;
  }
  // No unit of UTF-16 takes more than three bytes.
  if (units * 3 > ANNOTATIONS_LIMIT && bytesOf(annotations!) > ANNOTATIONS_LIMIT)
    errors.push(field.tooLong(path, ANNOTATIONS_LIMIT));
  return errors;
}

function bytesOf(annotations: Record<string, string>): number {
  const encoder = new TextEncoder();
  let size = 0;
  for (const key of Object.keys(annotations))
    size += encoder.encode(key).length + encoder.encode(String(getKey(annotations, key))).length;
  return size;
}

function ownerReferencesErrors(owners: OwnerReference[] | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  let controller = "";
  for (const owner of owners ?? []) {
    if (!owner.apiVersion) errors.push(field.invalid(`${path}.apiVersion`, "", "version must not be empty"));
    if (!owner.kind) errors.push(field.invalid(`${path}.kind`, "", "must not be empty"));
    if (!owner.name) errors.push(field.invalid(`${path}.name`, "", "must not be empty"));
    if (!owner.uid) errors.push(field.invalid(`${path}.uid`, "", "must not be empty"));
    if (owner.apiVersion === "v1" && owner.kind === "Event")
      errors.push(field.invalid(path, ownerJson(owner), "/v1, Kind=Event is disallowed from being an owner"));
    if (!owner.controller) continue;
    const name = `${owner.kind}/${owner.name}`;
    if (controller)
      errors.push(
        field.invalid(
          path,
          owners!.map(ownerJson),
          `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${name}`,
        ),
      );
    else controller = name;
  }
  return errors;
}

// The order of the Go structure's fields, in which the value is printed.
function ownerJson(owner: OwnerReference): Json {
  const { apiVersion, kind, name, uid, controller, blockOwnerDeletion } = owner;
  return {
    apiVersion: apiVersion ?? "",
    kind: kind ?? "",
    name: name ?? "",
    uid: uid ?? "",
    controller,
    blockOwnerDeletion,
  };
}

function finalizersErrors(finalizers: string[] | undefined, path: string): FieldError[] {
  const errors = (finalizers ?? []).flatMap((name) => invalidEach(path, name, labelKeyErrors(name)));
  if (finalizers?.includes("orphan") && finalizers.includes("foregroundDeletion"))
    errors.push(field.invalid(path, finalizers, "finalizer orphan and foregroundDeletion cannot be both set"));
  return errors;
}

const STANDARD_FINALIZERS = ["kubernetes", "orphan", "foregroundDeletion"];

// Models validateKubeFinalizerName, which all kinds of the kubernetes repository are asked on top of apimachinery's rules.
function kubeFinalizersErrors(finalizers: string[] | undefined, path: string): FieldError[] {
  return (finalizers ?? []).flatMap((name, i) =>
    name.includes("/") || STANDARD_FINALIZERS.includes(name)
      ? []
      : [field.invalid(`${path}[${i}]`, name, "name is neither a standard finalizer name nor is it fully qualified")],
  );
}

/** On creation, after the name has been generated. `nameRule`: the kind's own (KindBehaviour.validateName). */
export function validateObjectMeta(
  meta: ObjectMeta,
  namespaced: boolean,
  nameRule: NameRule,
  path = "metadata",
  anyFinalizers = false,
): FieldError[] {
  const errors: FieldError[] = [];
  if (meta.generateName)
    errors.push(...invalidEach(`${path}.generateName`, meta.generateName, nameRule(meta.generateName, true)));
  if (!meta.name) errors.push(field.required(`${path}.name`, "name or generateName is required"));
  else errors.push(...invalidEach(`${path}.name`, meta.name, nameRule(meta.name, false)));
  if (namespaced) {
    if (!meta.namespace) errors.push(field.required(`${path}.namespace`));
    else errors.push(...invalidEach(`${path}.namespace`, meta.namespace, nameIsDnsLabel(meta.namespace, false)));
  } else if (meta.namespace) errors.push(field.forbidden(`${path}.namespace`, "not allowed on this type"));
  errors.push(
    ...nonnegativeErrors(meta.generation, `${path}.generation`),
    ...labelsErrors(meta.labels, `${path}.labels`),
    ...annotationsErrors(meta.annotations, `${path}.annotations`),
    ...ownerReferencesErrors(meta.ownerReferences, `${path}.ownerReferences`),
    ...finalizersErrors(meta.finalizers, `${path}.finalizers`),
    ...(anyFinalizers ? [] : kubeFinalizersErrors(meta.finalizers, `${path}.finalizers`)),
  );
  return errors;
}

/**
 * On update. `next` has already been given the previous generation, uid (where absent), creationTimestamp and deletion times, as
 * rest.BeforeUpdate does.
 */
export function validateObjectMetaUpdate(
  next: ObjectMeta,
  previous: ObjectMeta,
  path = "metadata",
  anyFinalizers = false,
): FieldError[] {
  const errors: FieldError[] = [];
  if (previous.deletionTimestamp) {
    const added = (next.finalizers ?? []).filter((name) => !previous.finalizers?.includes(name));
    if (added.length > 0)
      errors.push(
        field.forbidden(
          `${path}.finalizers`,
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${[
            ...new Set(added),
          ]
            .sort()
            .map((name) => JSON.stringify(name))
            .join(", ")}}`,
        ),
      );
  }
  if (!next.resourceVersion)
    errors.push(field.invalid(`${path}.resourceVersion`, "", "must be specified for an update"));
  if ((next.generation ?? 0) < (previous.generation ?? 0))
    errors.push(field.invalid(`${path}.generation`, next.generation ?? 0, "must not be decremented"));
  errors.push(
    ...immutableErrors(next.name ?? "", previous.name ?? "", `${path}.name`),
    ...immutableErrors(next.namespace ?? "", previous.namespace ?? "", `${path}.namespace`),
    ...immutableErrors(next.uid ?? "", previous.uid ?? "", `${path}.uid`),
    ...immutableErrors(next.creationTimestamp, previous.creationTimestamp, `${path}.creationTimestamp`),
    ...immutableErrors(next.deletionTimestamp, previous.deletionTimestamp, `${path}.deletionTimestamp`),
    ...immutableErrors(
      next.deletionGracePeriodSeconds,
      previous.deletionGracePeriodSeconds,
      `${path}.deletionGracePeriodSeconds`,
    ),
    ...labelsErrors(next.labels, `${path}.labels`),
    ...annotationsErrors(next.annotations, `${path}.annotations`),
    ...ownerReferencesErrors(next.ownerReferences, `${path}.ownerReferences`),
    ...(anyFinalizers ? [] : kubeFinalizersErrors(next.finalizers, `${path}.finalizers`)),
  );
  return errors;
}

/** Models ValidateLabelSelector of pkg/apis/meta/v1/validation. */
export function labelSelectorErrors(selector: LabelSelector | undefined, path: string): FieldError[] {
  if (!selector) return [];
  const errors = labelsErrors(selector.matchLabels, `${path}.matchLabels`);
  for (const [i, expression] of (selector.matchExpressions ?? []).entries()) {
    const at = `${path}.matchExpressions[${i}]`;
    const values = expression.values ?? [];
    if (expression.operator === "In" || expression.operator === "NotIn") {
      if (values.length === 0)
        errors.push(field.required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
    } else if (expression.operator === "Exists" || expression.operator === "DoesNotExist") {
      if (values.length > 0)
        errors.push(
          field.forbidden(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
        );
    } else errors.push(field.invalid(`${at}.operator`, expression.operator ?? "", "not a valid selector operator"));
    errors.push(...invalidEach(`${at}.key`, expression.key, labelKeyErrors(expression.key)));
    for (const [j, value] of values.entries())
      errors.push(...invalidEach(`${at}.values[${j}]`, value, labelValueErrors(value)));
  }
  return errors;
}
