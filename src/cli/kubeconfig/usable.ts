import { goQuote } from "../../api/encoding/go-quote.ts";
import type { JsonObject } from "../../api/json.ts";
import { type GoUrl, parseGoUrl } from "../../api/meta/go-url.ts";
import { ParseError } from "../../api/meta/parse-error.ts";
import { notSimulated } from "../../api/status.ts";
import type { Platform } from "../../platform/platform.ts";
import { CommandError } from "../command.ts";
import { ProgramExit } from "../errors.ts";
import type { FlagValues } from "../flags/values.ts";
import { absolute, openError } from "../resources/files.ts";

export type FileContext = Pick<Platform, "files" | "processes">;

/**
 * What is wrong with how the user signs in. A user without anything is the cluster's own, who stands for one with a token.
 * Models client-go tools/clientcmd/validation.go (validateAuthInfo).
 */
export function signInProblems(
  flags: FlagValues,
  name: string,
  user: JsonObject | undefined,
  context: FileContext,
): string[] {
  const problems: string[] = [];
  const certificate = flags.string("client-certificate");
  const key = flags.string("client-key");
  if (certificate !== "") {
    if (key === "" && !user?.["client-key"] && !user?.["client-key-data"])
      problems.push(
        `client-key-data or client-key must be specified for ${name} to use the clientCert authentication method.`,
      );
    problems.push(...unreadable("client-cert", certificate, name, context));
    if (key !== "") problems.push(...unreadable("client-key", key, name, context));
  }
  const isOwn = user !== undefined && Object.keys(user).length === 0;
  const methods: string[] = [];
  if (isOwn || flags.string("token") !== "" || user?.token) methods.push("token");
  if (["username", "password"].some((one) => flags.string(one) !== "" || user?.[one])) methods.push("basicAuth");
  if (methods.length > 1)
    problems.push(
      `more than one authentication method found for ${name}; found [${methods.join(" ")}], only one is allowed`,
    );
  return problems;
}

/** What is wrong with the cluster's certificates. Models validateClusterInfo. */
export function clusterProblems(flags: FlagValues, name: string, context: FileContext): string[] {
  const authority = flags.string("certificate-authority");
  return authority === "" ? [] : unreadable("certificate-authority", authority, name, context);
}

/** Refuses by name what would decide who the user is, or which server answers, and is not simulated. @throws ApiError NotSimulated */
export function refuseUnsimulatedAccess(flags: FlagValues): void {
  if (flags.string("client-certificate") !== "") throw notSimulated("signing in with --client-certificate");
  if (flags.string("tls-server-name") !== "") throw notSimulated("--tls-server-name");
}

/** Nobody answers at another address than `own`: on this machine the connection is refused, elsewhere nothing is known. @throws CommandError, ApiError */
export function requireServer(server: string, own: string): void {
  const url = urlOf(server);
  if (!url) throw new CommandError(`host must be a URL or a host:port pair: ${goQuote(server)}`);
  if (server.replace(/\/$/, "") === own) return;
  if (/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d*)?$/.test(url.host))
    throw new ProgramExit(
      `The connection to the server ${url.host} was refused - did you specify the right host or port?`,
      1,
    );
  throw notSimulated(`the API server at ${server}`);
}

/** Models client-go rest/url_utils.go (DefaultServerURL). */
function urlOf(server: string): GoUrl | undefined {
  // Without a scheme there may be no path either.
  const texts = /\/./.test(server) ? [server] : [server, `http://${server}`];
  for (const text of texts) {
    try {
      const url = parseGoUrl(text);
      if (url.scheme !== "" && url.host !== "") return url;
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
    }
  }
  return undefined;
}

function unreadable(what: string, path: string, name: string, context: FileContext): string[] {
  try {
    context.files.read(absolute(path, context));
    return [];
  } catch (error) {
    return [`unable to read ${what} ${path} for ${name} due to ${openError(path, error)}`];
  }
}
