import { escapeAsGo } from "../../api/encoding/json-emit.ts";
import { emitStatus } from "../../api/encoding/status-json.ts";
import type { Json } from "../../api/json.ts";
import { ApiError } from "../../api/status.ts";
import type { HttpResponse } from "../client.ts";

export function jsonResponse(status: number, value: Json, headers: HttpResponse["headers"] = {}): HttpResponse {
  return textOfJson(status, escapeAsGo(JSON.stringify(value)), headers);
}

const textOfJson = (status: number, json: string, headers: HttpResponse["headers"] = {}): HttpResponse => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: `${json}\n`,
});

/** A failure as it is sent: a Status. Models apiserver pkg/endpoints/handlers/responsewriters ErrorToAPIStatus. @throws what is no failure of the API */
export function failureResponse(error: unknown): HttpResponse {
  if (!(error instanceof ApiError)) throw error;
  return textOfJson(error.code, emitStatus(error.status));
}

/** Texts as `Warning:` headers. Models apimachinery pkg/util/net NewWarningHeader. */
export function warningHeaders(texts: readonly string[]): HttpResponse["headers"] {
  if (texts.length === 0) return {};
  const quoted = (text: string) => text.replace(/["\\]/g, "\\$&");
  return { warning: texts.map((text) => `299 - "${quoted(text)}"`) };
}
