import { encodeText } from "../../api/encoding/text.ts";
import { compareStrings } from "../../api/json.ts";
import { reasonPhrase } from "../../api/meta/http-reasons.ts";
import type { HttpReply } from "../../platform/platform.ts";

export function reply(status: number, headers: readonly [string, string][], body: Uint8Array): HttpReply {
  return {
    status,
    reason: reasonPhrase(status),
    headers: [...headers, ["Content-Length", String(body.length)]],
    body,
  };
}

/** The reply with its time, where Go's server puts it: before the length that it has counted itself. */
export function dated(answer: HttpReply, now: number): HttpReply {
  const date = ["Date", new Date(now).toUTCString()] as const;
  const last = answer.headers.at(-1);
  if (last?.[0] !== "Content-Length") return { ...answer, headers: [...answer.headers, date] };
  return { ...answer, headers: [...answer.headers.slice(0, -1), date, last] };
}

/** The same for what comes from the API server: its headers in the order of their names, as a proxy hands them on. */
export function handedOn(answer: HttpReply, now: number): HttpReply {
  const headers = [...answer.headers, ["Date", new Date(now).toUTCString()] as const];
  return { ...answer, headers: headers.sort(([a], [b]) => compareStrings(a, b)) };
}

/** Models Go's http.Error. */
export const plainReply = (status: number, text: string): HttpReply =>
  reply(
    status,
    [
      ["Content-Type", "text/plain; charset=utf-8"],
      ["X-Content-Type-Options", "nosniff"],
    ],
    encodeText(`${text}\n`),
  );

export const notFoundPage = (): HttpReply => plainReply(404, "404 page not found");

/** Elsewhere below the same path. */
export const moved = (location: string): HttpReply => reply(301, [["Location", location]], new Uint8Array());

/** Models Go's http.Redirect, as http.ServeMux calls it. */
export function redirected(path: string): HttpReply {
  const page = encodeText(`<a href="${path}">Temporary Redirect</a>.\n\n`);
  return reply(
    307,
    [
      ["Content-Type", "text/html; charset=utf-8"],
      ["Location", path],
    ],
    page,
  );
}
