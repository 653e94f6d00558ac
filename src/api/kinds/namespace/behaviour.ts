import { setKey } from "../../json.ts";
import { labelKeyErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { nameIsDnsLabel } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { Namespace } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";

const NAME_LABEL = "kubernetes.io/metadata.name";
const FINALIZER = "kubernetes";

/** Models ValidateNamespace of kubernetes pkg/apis/core/validation/validation.go. */
function validate({ spec }: Namespace): FieldError[] {
  return finalizersErrors(spec, () => "spec.finalizers");
}

function finalizersErrors(spec: Namespace["spec"], pathOf: (i: number) => string): FieldError[] {
  return (spec?.finalizers ?? []).flatMap((name, i) => {
    const path = pathOf(i);
    const errors = invalidEach(path, name, labelKeyErrors(name));
    if (!name.includes("/") && !["kubernetes", "orphan", "foregroundDeletion"].includes(name))
      errors.push(field.invalid(path, name, "name is neither a standard finalizer name nor is it fully qualified"));
    return errors;
  });
}

/** Models kubernetes pkg/registry/core/namespace/strategy.go and SetDefaults_Namespace. */
export const behaviour: KindBehaviour<Namespace> = {
  validateName: nameIsDnsLabel,
  setDefaults(namespace) {
    namespace.spec ??= {};
    namespace.status ??= {};
    namespace.status.phase ||= "Active";
    labelByName(namespace);
  },
  prepareForCreate(namespace) {
    // A generated name is known only now.
    labelByName(namespace);
    namespace.status = { phase: "Active" };
    const finalizers = namespace.spec!.finalizers ?? [];
    if (!finalizers.includes(FINALIZER)) namespace.spec!.finalizers = [...finalizers, FINALIZER];
  },
  prepareForUpdate(next, previous, { subresource }) {
    if (subresource === "finalize") return;
    next.spec!.finalizers = previous.spec?.finalizers;
  },
  validate,
  validateUpdate: (next, _previous, { subresource }) =>
    subresource === "finalize" ? finalizersErrors(next.spec, (i) => `spec.finalizers[${i}]`) : validate(next),
  validateStatusUpdate({ metadata, status }) {
    const expected = metadata.deletionTimestamp ? "Terminating" : "Active";
    if (status?.phase === expected) return [];
    const when = metadata.deletionTimestamp ? "not empty" : "empty";
    const text = `may only be '${expected}' if \`deletionTimestamp\` is ${when}`;
    return [field.invalid("status.Phase", status?.phase ?? "", text)];
  },
  selectableFields: ({ status }) => ({ "status.phase": status?.phase ?? "" }),
  selectableFieldNames: ["status.phase"],
};

function labelByName({ metadata }: Namespace): void {
  if (!metadata.name) return;
  metadata.labels ??= {};
  setKey(metadata.labels, NAME_LABEL, metadata.name);
}
