import type { Exchange } from "../../network/http/message.ts";
import type { Operation } from "./config.ts";
import type { Console } from "./console.ts";
import { CurlError } from "./error.ts";
import type { CurlUrl } from "./url.ts";

const DETAILS = `
More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.`;

/** What the TLS handshake makes of the other end: throws CurlError 35 or 60. Models lib/vtls/openssl.c. */
export function checkTls(
  exchange: Exchange,
  url: CurlUrl,
  operation: Operation,
  console: Console,
  close: () => void,
): void {
  const fail = (code: number, message: string) => {
    console.info(message.split("\n")[0]!);
    close();
    return new CurlError(code, message);
  };
  if (url.scheme !== "https") {
    // A server that speaks TLS takes plain HTTP for a broken handshake and hangs up.
    if (exchange.kind === "notTls") throw fail(52, "Empty reply from server");
    return;
  }
  if (exchange.kind === "notTls") throw fail(35, "OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number");
  if (exchange.kind !== "response" || !exchange.tls || operation.insecure) return;
  const { trusted, names } = exchange.tls;
  if (!trusted) throw fail(60, `SSL certificate problem: unable to get local issuer certificate${DETAILS}`);
  if (!names.some((name) => matchesName(name, url.host)))
    throw fail(60, `SSL: no alternative certificate subject name matches target host name '${url.host}'${DETAILS}`);
}

/** Models lib/vtls/hostcheck.c: a star stands for one label, the first. */
function matchesName(pattern: string, host: string): boolean {
  const wanted = host.toLowerCase().replace(/\.$/, "");
  const name = pattern.toLowerCase();
  if (!name.startsWith("*.")) return name === wanted;
  const dot = wanted.indexOf(".");
  return dot > 0 && wanted.slice(dot) === name.slice(1) && name.split(".").length > 2;
}
