import { encodeText } from "../../api/encoding/text.ts";
import type { Operation } from "./config.ts";
import { percentEncode } from "./percent.ts";
import type { RequestPlan } from "./request.ts";
import type { CurlUrl } from "./url.ts";

/** 301, 302 and 303 turn a POST into a GET; 303 everything but HEAD. Models Curl_follow. */
export function redirectedPlan(operation: Operation, plan: RequestPlan, status: number): RequestPlan {
  const kept = operation.keepPost.has(status);
  const isPost = plan.body !== undefined && (plan.method === "POST" || operation.method !== undefined);
  const drop = (status === 301 || status === 302) && isPost && !kept;
  const see = status === 303 && plan.method !== "HEAD" && !kept;
  if (!drop && !see) return plan;
  return { method: operation.method ?? "GET" };
}

/** A redirection is resolved against the URL with the login of `-u` in it. */
export function withLogin(url: CurlUrl, login: string | undefined): CurlUrl {
  if (login === undefined) return url;
  const [user = "", ...rest] = login.split(":");
  const escaped = (text: string) => percentEncode(encodeText(text));
  return { ...url, user: escaped(user), password: escaped(rest.join(":")) };
}

/** Logins and cookies are for the origin that they were given for. */
export function sameOrigin(a: CurlUrl, b: CurlUrl): boolean {
  return a.host.toLowerCase() === b.host.toLowerCase() && a.port === b.port && a.scheme === b.scheme;
}
