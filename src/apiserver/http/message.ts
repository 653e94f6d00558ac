import type { Json } from "../../api/json.ts";
import { ApiError, type Status } from "../../api/status.ts";

/** A request to the API server, as it comes off the wire. */
export interface HttpRequest {
  method: string;
  /** Percent-decoded, without the query. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
  /** Aborted when the client hangs up: ends a watch. */
  signal?: AbortSignal;
}

export interface HttpResponse {
  status: number;
  /** A list stands for several headers of one name. */
  headers: Record<string, string | string[]>;
  /** A whole body, or its chunks as they come. */
  body: string | AsyncIterable<string>;
}

export function jsonResponse(status: number, value: Json, headers: HttpResponse["headers"] = {}): HttpResponse {
  return { status, headers: { "content-type": "application/json", ...headers }, body: `${JSON.stringify(value)}\n` };
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
