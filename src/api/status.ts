import { goQuote } from "./encoding/go-quote.ts";
import { escapeAsGo } from "./encoding/json-emit.ts";
import type { Json } from "./json.ts";

/** Models k8s.io/apimachinery pkg/apis/meta/v1/types.go (Status, StatusReason, StatusCause). */
export interface StatusCause {
  reason?: string;
  message?: string;
  field?: string;
}
export interface Status {
  kind: "Status";
  apiVersion: "v1";
  metadata: Record<string, never>;
  status: "Failure" | "Success";
  message?: string;
  reason?: string;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    uid?: string;
    causes?: StatusCause[];
    retryAfterSeconds?: number;
  };
  code?: number;
}

/** The one error class of the API. What it is, is read from `status.reason` and `status.code`, never from the text. */
export class ApiError extends Error {
  readonly status: Status;
  constructor(status: Omit<Status, "kind" | "apiVersion" | "metadata" | "status">) {
    super(status.message);
    this.name = "ApiError";
    this.status = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", ...status };
  }
  get reason(): string {
    return this.status.reason ?? "";
  }
  get code(): number {
    return this.status.code ?? 500;
  }
}

/** `services` or `deployments.apps`: how the API server names a resource in its errors. */
export interface GroupResource {
  group: string;
  resource: string;
}
export function groupResource(gr: GroupResource): string {
  return gr.group ? `${gr.resource}.${gr.group}` : gr.resource;
}

// The constructors below model k8s.io/apimachinery pkg/api/errors/errors.go.

export function notFound(gr: GroupResource, name: string): ApiError {
  return new ApiError({
    reason: "NotFound",
    code: 404,
    message: `${groupResource(gr)} ${goQuote(name)} not found`,
    details: { name, group: gr.group, kind: gr.resource },
  });
}

export function alreadyExists(gr: GroupResource, name: string): ApiError {
  return new ApiError({
    reason: "AlreadyExists",
    code: 409,
    message: `${groupResource(gr)} ${goQuote(name)} already exists`,
    details: { name, group: gr.group, kind: gr.resource },
  });
}

export function conflict(gr: GroupResource, name: string, message: string): ApiError {
  return new ApiError({
    reason: "Conflict",
    code: 409,
    message: `Operation cannot be fulfilled on ${groupResource(gr)} ${goQuote(name)}: ${message}`,
    details: { name, group: gr.group, kind: gr.resource },
  });
}

export function forbidden(gr: GroupResource, name: string, message: string): ApiError {
  return new ApiError({
    reason: "Forbidden",
    code: 403,
    message:
      name === ""
        ? `${groupResource(gr)} is forbidden: ${message}`
        : `${groupResource(gr)} ${goQuote(name)} is forbidden: ${message}`,
    details: { name, group: gr.group, kind: gr.resource },
  });
}

export function badRequest(message: string): ApiError {
  return new ApiError({ reason: "BadRequest", code: 400, message });
}

export function methodNotSupported(gr: GroupResource, action: string): ApiError {
  return new ApiError({
    reason: "MethodNotAllowed",
    code: 405,
    message: `${action} is not supported on resources of kind "${groupResource(gr)}"`,
    details: { group: gr.group, kind: gr.resource },
  });
}

/** A path that has no such method: a subresource that can be read alone, a name where a list is posted to. */
export function methodNotAllowed(): ApiError {
  return new ApiError({
    reason: "MethodNotAllowed",
    code: 405,
    message: "the server does not allow this method on the requested resource",
    details: {},
  });
}

export function internalError(message: string): ApiError {
  return new ApiError({
    reason: "InternalError",
    code: 500,
    message: `Internal error occurred: ${message}`,
    details: { causes: [{ message }] },
  });
}

/** Something that kubemu knows of but does not simulate. Printed as `error: kubemu does not simulate X`, exit status 1. */
export function notSimulated(what: string): ApiError {
  return new ApiError({ reason: "NotSimulated", code: 501, message: `kubemu does not simulate ${what}` });
}

/**
 * The simulator itself cannot go on: its state file, or what its environment says. The message says why and how to go on. Printed as
 * `error: <message>`, exit status 1.
 */
export function unusable(message: string): ApiError {
  return new ApiError({ reason: "Unusable", code: 503, message });
}

/** Models k8s.io/apimachinery pkg/util/validation/field/errors.go. */
export type FieldErrorType =
  | "FieldValueNotFound"
  | "FieldValueRequired"
  | "FieldValueDuplicate"
  | "FieldValueInvalid"
  | "FieldValueNotSupported"
  | "FieldValueForbidden"
  | "FieldValueTooLong"
  | "FieldValueTooMany"
  | "FieldValueTypeInvalid"
  | "InternalError";

export interface FieldError {
  type: FieldErrorType;
  field: string;
  /** `Required value`, `Invalid value: 0: must be …`: the text after `field: `. */
  body: string;
}

/** How Go prints a value in `Invalid value: …`: strings quoted, structures as JSON. */
function goValue(value: Json | undefined): string {
  if (value === undefined || value === null) return "null";
  return typeof value === "string" ? goQuote(value) : escapeAsGo(JSON.stringify(value));
}

/** Most messages quote names. */

export const field = {
  required: (path: string, detail = ""): FieldError => ({
    type: "FieldValueRequired",
    field: path,
    body: detail ? `Required value: ${detail}` : "Required value",
  }),
  invalid: (path: string, value: Json | undefined, detail: string): FieldError => ({
    type: "FieldValueInvalid",
    field: path,
    body: `Invalid value: ${goValue(value)}${detail ? `: ${detail}` : ""}`,
  }),
  duplicate: (path: string, value: Json | undefined): FieldError => ({
    type: "FieldValueDuplicate",
    field: path,
    body: `Duplicate value: ${goValue(value)}`,
  }),
  /** `supported` is printed in the order given; Go's callers sort it. */
  notSupported: (path: string, value: Json | undefined, supported: readonly string[]): FieldError => ({
    type: "FieldValueNotSupported",
    field: path,
    body: `Unsupported value: ${goValue(value)}${supported.length ? `: supported values: ${supported.map(goQuote).join(", ")}` : ""}`,
  }),
  forbidden: (path: string, detail: string): FieldError => ({
    type: "FieldValueForbidden",
    field: path,
    body: `Forbidden: ${detail}`,
  }),
  tooLong: (path: string, maxLength: number): FieldError => ({
    type: "FieldValueTooLong",
    field: path,
    body: `Too long: may not be more than ${maxLength} bytes`,
  }),
  tooMany: (path: string, actual: number, max: number): FieldError => ({
    type: "FieldValueTooMany",
    field: path,
    body: `Too many: ${actual}: must have at most ${max} items`,
  }),
  notFound: (path: string, value: Json | undefined): FieldError => ({
    type: "FieldValueNotFound",
    field: path,
    body: `Not found: ${goValue(value)}`,
  }),
  internal: (path: string, message: string): FieldError => ({
    type: "InternalError",
    field: path,
    body: `Internal error: ${message}`,
  }),
};

/** `kind` as `Service` or `Deployment.apps`. Models errors.NewInvalid. */
export function invalid(kind: { group: string; kind: string }, name: string, errors: FieldError[]): ApiError {
  const qualified = kind.group ? `${kind.kind}.${kind.group}` : kind.kind;
  const texts = [...new Set(errors.map((error) => `${error.field}: ${error.body}`))];
  const list = texts.length > 1 ? `[${texts.join(", ")}]` : texts.join("");
  return new ApiError({
    reason: "Invalid",
    code: 422,
    message: `${qualified} ${goQuote(name)} is invalid${list ? `: ${list}` : ""}`,
    details: {
      name,
      group: kind.group,
      kind: kind.kind,
      causes: errors.map((error) => ({ reason: error.type, message: error.body, field: error.field })),
    },
  });
}
