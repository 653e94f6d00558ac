import { goQuote } from "../../encoding/go-quote.ts";
import { dns1123SubdomainErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { dns1035LabelErrors, portNumberErrors } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { KindBehaviour } from "../kind.ts";
import type { APIService } from "./types.ts";

/** Models kube-aggregator pkg/apis/apiregistration/validation/validation.go. */
function validate({ metadata, spec = {} }: APIService): FieldError[] {
  const { group = "", version = "", groupPriorityMinimum = 0, versionPriority = 0, caBundle, service } = spec;
  const errors: FieldError[] = [];
  const name = `${version}.${group}`;
  if (metadata.name !== name) {
    const text = `must be \`spec.version+"."+spec.group\`: ${goQuote(name)}`;
    errors.push(field.invalid("metadata.name", metadata.name ?? "", text));
  }
  if (group === "" && version !== "v1")
    errors.push(field.required("spec.group", "only v1 may have an empty group and it better be legacy kube"));
  if (group !== "") errors.push(...invalidEach("spec.group", group, dns1123SubdomainErrors(group)));
  errors.push(...invalidEach("spec.version", version, dns1035LabelErrors(version)));
  if (groupPriorityMinimum <= 0 || groupPriorityMinimum > 20000)
    errors.push(
      field.invalid("spec.groupPriorityMinimum", groupPriorityMinimum, "must be positive and less than 20000"),
    );
  if (versionPriority <= 0 || versionPriority > 1000)
    errors.push(field.invalid("spec.versionPriority", versionPriority, "must be positive and less than 1000"));
  const skips = spec.insecureSkipTLSVerify ?? false;
  const skipPath = "spec.insecureSkipTLSVerify";
  if (!service) {
    if (caBundle) {
      const size = `${Buffer.from(caBundle, "base64").length} bytes`;
      errors.push(field.invalid("spec.caBundle", size, "local APIServices may not have a caBundle"));
    }
    if (skips) errors.push(field.invalid(skipPath, true, "local APIServices may not have insecureSkipTLSVerify"));
    return errors;
  }
  if (!service.namespace) errors.push(field.required("spec.service.namespace"));
  if (!service.name) errors.push(field.required("spec.service.name"));
  const port = service.port ?? 0;
  const complaints = portNumberErrors(port);
  if (complaints.length > 0)
    errors.push(field.invalid("spec.service.port", port, `port is not valid: ${complaints.join(", ")}`));
  if (skips && caBundle) errors.push(field.invalid(skipPath, true, "may not be true if caBundle is present"));
  return errors;
}

export const behaviour: KindBehaviour<APIService> = {
  setDefaults({ spec }) {
    if (spec?.service) spec.service.port ??= 443;
  },
  // The name is that of a version and its group: `v1.` too.
  validateName: () => [],
  validate,
  validateUpdate: validate,
};
