import { posix } from "node:path";
import type { Files, HttpAsk, HttpReply } from "../../platform/platform.ts";
import { notFoundPage, plainReply, redirected } from "./replies.ts";
import { staticFile } from "./static-files.ts";

export interface Routes {
  /** `/`, `/custom/`: below it is the API. */
  apiPrefix: string;
  /** `/static/`: below it are the files of the folder. */
  staticPrefix: string;
  /** "" for no files. */
  folder: string;
  /** Whether a request of the API may pass. */
  accepts(ask: HttpAsk): boolean;
}

/**
 * What answers a request: the API (the request as the API takes it), or the reply of the proxy itself. Models kubectl
 * pkg/proxy/proxy_server.go NewServer and Go's http.ServeMux.
 */
export function route(
  ask: HttpAsk,
  { apiPrefix, staticPrefix, folder, accepts }: Routes,
  files: Files,
): HttpAsk | HttpReply {
  const [, typed = "/", query = ""] = /^([^?]*)(.*)$/s.exec(ask.target) ?? [];
  const path = decoded(typed);
  if (path === undefined) return plainReply(400, "400 Bad Request");
  const clean = posix.normalize(path);
  if (clean !== path) return redirected(encodeURI(clean) + query);
  const prefixes = folder === "" ? [apiPrefix] : [apiPrefix, staticPrefix];
  if (prefixes.includes(`${path}/`)) return redirected(`${typed}/${query}`);
  const [longest] = prefixes.filter((prefix) => path.startsWith(prefix)).sort((a, b) => b.length - a.length);
  if (longest === undefined) return notFoundPage();
  if (folder !== "" && longest === staticPrefix)
    return staticFile(folder, path.slice(staticPrefix.length - 1), ask, files);
  // What is called as the API itself is stays as it is.
  const inner = apiPrefix.startsWith("/api") ? ask : { ...ask, target: `/${ask.target.slice(apiPrefix.length)}` };
  return accepts(inner) ? inner : plainReply(403, "Forbidden");
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
