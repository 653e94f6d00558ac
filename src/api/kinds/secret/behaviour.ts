import { encodeBase64, encodeText } from "../../encoding/text.ts";
import { equal, getKey, setKey, sortedKeys } from "../../json.ts";
import { immutableErrors, invalidEach } from "../../meta/object-meta.ts";
import { configKeyErrors } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { Secret } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { frozenErrors, MAX_DATA } from "../shared-rules.ts";

/** Keys that a Secret of the type must have. Basic auth asks for one of its two. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/dockercfg": [".dockercfg"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/basic-auth": ["username", "password"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
};

/** Models ValidateSecret of kubernetes pkg/apis/core/validation/validation.go. */
function validate({ data = {}, type = "", metadata }: Secret): FieldError[] {
  const errors: FieldError[] = [];
  let size = 0;
  for (const key of sortedKeys(data)) {
    errors.push(...invalidEach(`data[${key}]`, key, configKeyErrors(key)));
    size += decoded(getKey(data, key)).length;
  }
  if (size > MAX_DATA) errors.push(field.tooLong("data", MAX_DATA));
  const account = "kubernetes.io/service-account.name";
  if (type === "kubernetes.io/service-account-token" && !metadata.annotations?.[account])
    errors.push(field.required(`metadata.annotations[${account}]`));
  const required = Object.hasOwn(REQUIRED, type) ? REQUIRED[type]! : [];
  const missing = required.filter((key) =>
    type === "kubernetes.io/ssh-auth" ? decoded(getKey(data, key)).length === 0 : !Object.hasOwn(data, key),
  );
  if (type !== "kubernetes.io/basic-auth" || missing.length === required.length)
    errors.push(...missing.map((key) => field.required(`data[${key}]`)));
  if (missing.length === 0 && (type === "kubernetes.io/dockercfg" || type === "kubernetes.io/dockerconfigjson"))
    errors.push(...jsonErrors(decoded(getKey(data, required[0]!)), `data[${required[0]}]`));
  return errors;
}

function jsonErrors(text: string, path: string): FieldError[] {
  const wrong = jsonComplaint(text);
  return wrong ? [field.invalid(path, "<secret contents redacted>", wrong)] : [];
}

/** What Go's encoding/json says of a text that is no object; where it breaks off, or at its first wrong character. */
function jsonComplaint(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (value === null || (typeof value === "object" && !Array.isArray(value))) return undefined;
    const kind = Array.isArray(value) ? "array" : typeof value === "boolean" ? "bool" : typeof value;
    return `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`;
  } catch {
    const first = text.trimStart()[0];
    if (first === undefined || first === "{" || first === "[" || first === '"') return "unexpected end of JSON input";
    return `invalid character '${first}' looking for beginning of value`;
  }
}

function decoded(value: unknown): string {
  return typeof value === "string" ? atob(value) : "";
}

/** Models kubernetes pkg/registry/core/secret/strategy.go, SetDefaults_Secret and the conversion of `stringData`. */
export const behaviour: KindBehaviour<Secret> = {
  setDefaults(secret) {
    secret.type ||= "Opaque";
    if (!secret.stringData) return;
    secret.data ??= {};
    for (const key of sortedKeys(secret.stringData)) {
      const bytes = encodeText(String(getKey(secret.stringData, key)));
      setKey(secret.data, key, encodeBase64(bytes));
    }
    delete secret.stringData;
  },
  validate,
  validateUpdate: (next, previous) => [
    ...immutableErrors(next.type, previous.type, "type"),
    ...frozenErrors(next.immutable, previous.immutable, { data: equal(next.data ?? {}, previous.data ?? {}) }),
    ...validate(next),
  ],
  selectableFields: ({ type }) => ({ type: type ?? "" }),
  selectableFieldNames: ["type"],
};
