import { decodeText } from "../../api/encoding/text.ts";
import { type Certificate, readCertificates } from "../../api/x509.ts";
import { isIP } from "../../network/dns/names.ts";
import type { Exchange, TlsSession } from "../../network/http/message.ts";
import type { ProgramContext } from "../program.ts";
import type { Operation } from "./config.ts";
import type { Console } from "./console.ts";
import { CurlError } from "./error.ts";
import type { CurlUrl } from "./url.ts";

const DETAILS = `
More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.`;

const DEFAULT_STORE = "/etc/ssl/certs/ca-certificates.crt";

/** What OpenSSL finds wrong with a chain. Models crypto/x509/x509_txt.c and ssl/statem/statem_lib.c (ssl_x509err2alert). */
interface Flaw {
  code: number;
  text: string;
  alert: string;
}

const SELF_SIGNED: Flaw = { code: 18, text: "self-signed certificate", alert: "unknown CA (560)" };
const NO_ISSUER: Flaw = { code: 20, text: "unable to get local issuer certificate", alert: "unknown CA (560)" };
const EXPIRED: Flaw = { code: 10, text: "certificate has expired", alert: "certificate expired (557)" };
const NOT_YET: Flaw = { code: 9, text: "certificate is not yet valid", alert: "bad certificate (554)" };

/** A TLS connection that stands: the session, and what OpenSSL said of its certificate (0: nothing). */
export interface Secured {
  session: TlsSession;
  verifyResult: number;
  /** The tickets for later sessions are still to come. */
  fresh: boolean;
}

/**
 * The handshake, as the first answer on a connection shows the other end: throws CurlError 35, 60 or 77. undefined: no TLS is spoken.
 * Models lib/vtls/openssl.c (ossl_connect_step1 to 3, servercert, Curl_ossl_verifyhost) of curl 7.88.
 */
export function handshake(
  exchange: Exchange,
  url: CurlUrl,
  operation: Operation,
  context: ProgramContext,
  console: Console,
  close: () => void,
): Secured | undefined {
  const fail = (code: number, message: string) => {
    console.info(message.split("\n")[0]!);
    close();
    return new CurlError(code, message);
  };
  if (url.scheme !== "https") return undefined;
  const trust = trustOf(operation, context);
  const onlyOld = operation.httpVersion === "1.1" || operation.httpVersion === "1.0";
  console.info(`ALPN: offers ${onlyOld ? "" : "h2,"}http/1.1`);
  console.data("}", 5);
  message(console, "OUT", "TLS handshake, Client hello (1)", 512);
  if (trust === "unreadable") {
    const message = `error setting certificate file: ${operation.caFile}`;
    console.info(message);
    const error = fail(77, message);
    console.info(message);
    throw error;
  }
  if (!operation.insecure) {
    console.info(` CAfile: ${operation.caFile ?? DEFAULT_STORE}`);
    console.info(" CApath: /etc/ssl/certs");
  }
  if (exchange.kind === "notTls") {
    console.data("{", 5);
    throw fail(35, "OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number");
  }
  if (exchange.kind !== "response" || !exchange.tls) return undefined;
  console.data("{", 5);
  const session = exchange.tls;
  const { certificate } = session;
  const protocol = onlyOld ? "http/1.1" : session.protocol;
  message(console, "IN", "TLS handshake, Server hello (2)", 122);
  message(console, "IN", "TLS handshake, Encrypted Extensions (8)", 13 + protocol.length);
  if (session.asksClient) message(console, "IN", "TLS handshake, Request CERT (13)", 96);
  message(console, "IN", "TLS handshake, Certificate (11)", certificate.size + 13);
  const flaw = flawOf(session, trust, context.now());
  if (flaw && !operation.insecure) {
    message(console, "OUT", `TLS alert, ${flaw.alert}`, 2);
    throw fail(60, `SSL certificate problem: ${flaw.text}${DETAILS}`);
  }
  const finished = session.library === "go" ? 36 : 52;
  message(console, "IN", "TLS handshake, CERT verify (15)", certificate.signature + 8);
  message(console, "IN", "TLS handshake, Finished (20)", finished);
  message(console, "OUT", "TLS change cipher, Change cipher spec (1)", 1);
  if (session.asksClient) message(console, "OUT", "TLS handshake, Certificate (11)", 8);
  message(console, "OUT", "TLS handshake, Finished (20)", finished);
  const cipher = session.library === "go" ? "TLS_AES_128_GCM_SHA256" : "TLS_AES_256_GCM_SHA384";
  console.info(`SSL connection using TLSv1.3 / ${cipher}`);
  console.info(`ALPN: server accepted ${protocol}`);
  console.info("Server certificate:");
  console.info(` subject: ${certificate.subject}`);
  console.info(` start date: ${opensslTime(certificate.notBefore)}`);
  console.info(` expire date: ${opensslTime(certificate.notAfter)}`);
  if (!operation.insecure) {
    const problem = verifyHost(certificate, url.host, console);
    if (problem !== undefined) {
      const error = fail(60, `${problem}${DETAILS}`);
      console.data("}", 5);
      message(console, "OUT", "TLS alert, close notify (256)", 2);
      throw error;
    }
  }
  console.info(` issuer: ${certificate.issuer}`);
  console.info(
    flaw
      ? ` SSL certificate verify result: ${flaw.text} (${flaw.code}), continuing anyway.`
      : " SSL certificate verify ok.",
  );
  if (protocol === "h2") console.data("}", 5);
  console.info(`using HTTP/${protocol === "h2" ? "2" : "1.1"}`);
  return { session: { ...session, protocol }, verifyResult: flaw?.code ?? 0, fresh: true };
}

/** What comes before the answer: the tickets of a new session, and the header of the record that the answer is in. */
export function beforeAnswer(secured: Secured, console: Console): void {
  console.data("{", 5);
  if (!secured.fresh) return;
  secured.fresh = false;
  const { library, protocol } = secured.session;
  const tickets = library === "go" ? [122] : [265, 265];
  for (const size of tickets) message(console, "IN", "TLS handshake, Newsession Ticket (4)", size);
  if (tickets.length > 1) console.info("old SSL session ID is stale, removing");
  // The API server asks clients whom it does not know to come back on another connection; the letters are curl's.
  if (library === "go" && protocol === "h2") console.info("recveived GOAWAY, error=0, last_stream=1");
  console.data("{", 5);
}

/** One message of the protocol, and how long it is. */
function message(console: Console, direction: "IN" | "OUT", what: string, size: number): void {
  console.info(`TLSv1.3 (${direction}), ${what}:`);
  console.data(direction === "IN" ? "{" : "}", size);
}

/** The authorities of `--cacert`; undefined: the machine's own. */
function trustOf(operation: Operation, context: ProgramContext): readonly Certificate[] | "unreadable" | undefined {
  if (operation.caFile === undefined) return undefined;
  const data = context.files.read(operation.caFile);
  const found = data ? readCertificates(decodeText(data)) : [];
  return found.length > 0 || operation.insecure ? found : "unreadable";
}

function flawOf(session: TlsSession, trust: readonly Certificate[] | undefined, now: number): Flaw | undefined {
  const { certificate } = session;
  const selfSigned = certificate.issuer === certificate.subject;
  const known =
    trust === undefined
      ? session.trusted
      : trust.some((authority) =>
          selfSigned ? authority.der === certificate.der : authority.subject === certificate.issuer,
        );
  if (!known) return selfSigned ? SELF_SIGNED : NO_ISSUER;
  if (now < certificate.notBefore) return NOT_YET;
  return now > certificate.notAfter ? EXPIRED : undefined;
}

/** The name that was asked for stands in the certificate; else what is wrong. */
function verifyHost(certificate: Certificate, host: string, console: Console): string | undefined {
  const { dnsNames, addresses, commonName } = certificate;
  const wanted = host.toLowerCase().replace(/\.$/, "");
  if (isIP(host)) {
    if (addresses.includes(host)) {
      console.info(` subjectAltName: host "${host}" matched cert's IP address!`);
      return undefined;
    }
  } else {
    const matched = dnsNames.find((name) => matchesName(name, wanted));
    if (matched !== undefined) {
      console.info(` subjectAltName: host "${host}" matched cert's "${matched}"`);
      return undefined;
    }
  }
  if (dnsNames.length > 0 || addresses.length > 0) {
    console.info(` subjectAltName does not match ${host}`);
    return `SSL: no alternative certificate subject name matches target host name '${host}'`;
  }
  if (commonName === undefined) return "SSL: unable to obtain common name from peer certificate";
  if (!matchesName(commonName, wanted))
    return `SSL: certificate subject name '${commonName}' does not match target host name '${host}'`;
  console.info(` common name: ${commonName} (matched)`);
  return undefined;
}

/** Models lib/vtls/hostcheck.c: a star stands for one label, the first. */
function matchesName(pattern: string, wanted: string): boolean {
  const name = pattern.toLowerCase();
  if (!name.startsWith("*.")) return name === wanted;
  const dot = wanted.indexOf(".");
  return dot > 0 && wanted.slice(dot) === name.slice(1) && name.split(".").length > 2;
}

/** ASN1_TIME_print: `Nov 23 00:02:03 2026 GMT`, the day in two columns. */
function opensslTime(ms: number): string {
  const [, day = "", month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(ms).toUTCString()) ?? [];
  return `${month} ${String(Number(day)).padStart(2)} ${time} ${year} GMT`;
}
