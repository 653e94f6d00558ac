import { escapeAsGo } from "../../api/encoding/json-emit.ts";
import type { Json } from "../../api/json.ts";
import { ApiError, type Status } from "../../api/status.ts";
import type { HttpResponse } from "../client.ts";

export function jsonResponse(status: number, value: Json, headers: HttpResponse["headers"] = {}): HttpResponse {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: `${escapeAsGo(JSON.stringify(value))}\n`,
  };
}

/** The Status that a failure is sent as. Models apiserver pkg/endpoints/handlers/responsewriters ErrorToAPIStatus. */
export function statusOf(error: unknown): Status {
  if (error instanceof ApiError) return error.status;
  throw error;
}

/** Texts as `Warning:` headers. Models apimachinery pkg/util/net NewWarningHeader. */
export function warningHeaders(texts: readonly string[]): HttpResponse["headers"] {
  if (texts.length === 0) return {};
  const quoted = (text: string) => text.replace(/["\\]/g, "\\$&");
  return { warning: texts.map((text) => `299 - "${quoted(text)}"`) };
}
