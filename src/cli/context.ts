import type { ApiClient } from "../apiserver/client.ts";
import type { Platform, Streams } from "../platform/platform.ts";
import type { CommandContext } from "./command.ts";
import type { ParsedArguments } from "./flags/parse.ts";
import type { FlagValues } from "./flags/values.ts";
import { parseTimeout, resolveConfig } from "./kubeconfig/resolve.ts";
import type { Session } from "./session.ts";
import { printWarnings, WarningPrinter } from "./warnings.ts";

/** What a command is given, by the flags that every command takes; and the printer of its warnings. */
export async function openContext(
  parsed: ParsedArguments,
  session: Session,
  platform: Platform,
  streams: Streams,
  flush: () => Promise<void>,
): Promise<{ context: CommandContext; warnings: WarningPrinter }> {
  const warnings = new WarningPrinter(streams.err);
  const config = await resolveConfig(parsed.flags, session.admin, platform);
  const client = await logged(parsed.flags, await clientFor(parsed, session, config.token), config.server, {
    ...platform,
    streams,
  });
  const context: CommandContext = {
    client: printWarnings(client, warnings, config.checkRequest),
    server: client,
    admin: session.admin,
    http: (request) => session.http(request),
    clock: platform.clock,
    files: platform.files,
    processes: platform.processes,
    net: platform.net,
    streams,
    get namespace() {
      return config.namespace();
    },
    namespaceGiven: config.namespaceGiven,
    contextNamespace: config.contextNamespace,
    checkConfig: config.check,
    checkRequest: config.checkRequest,
    checkNamespace: () => void config.namespace(),
    warn: (text) => warnings.warn(text),
    flush,
  };
  return { context, warnings };
}

/** The client of who has the token, and of whom `--as` and its companions name. */
async function clientFor({ flags }: ParsedArguments, session: Session, token: string): Promise<ApiClient> {
  if (flags.string("as") === "") return token === "" ? session.client : session.signIn(token);
  const as = (await import("./kubeconfig/impersonation.ts")).userOf(flags);
  return token === "" ? session.impersonate(as) : session.signIn(token, as);
}

/** With -v the client tells of its features, from 6 on of its requests. */
async function logged(
  flags: FlagValues,
  client: ApiClient,
  server: string,
  context: Pick<CommandContext, "clock" | "processes" | "streams">,
): Promise<ApiClient> {
  const verbosity = flags.int("v");
  if (verbosity < 1) return client;
  const { RequestLog } = await import("./request-log/request-log.ts");
  const log = new RequestLog(verbosity, server, parseTimeout(flags.string("request-timeout")), context);
  log.begin(flags.string("kubeconfig"));
  return verbosity < 6 ? client : log.wrap(client);
}
