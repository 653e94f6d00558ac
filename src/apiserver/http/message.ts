import { emitStatus } from "../../api/encoding/status-json.ts";
import type { Json } from "../../api/json.ts";
import { wireJson } from "../../api/schema/wire-json.ts";
import { ApiError } from "../../api/status.ts";
import type { HttpResponse } from "../client.ts";

/** With the members of objects in the order of their Go structs. */
export async function jsonResponse(status: number, value: Json): Promise<HttpResponse> {
  return textOfJson(status, await wireJson(value));
}

const textOfJson = (status: number, json: string): HttpResponse => ({
  status,
  headers: { "content-type": "application/json" },
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
