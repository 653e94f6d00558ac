import { emitStatus } from "../../api/encoding/status-json.ts";
import { encodeText } from "../../api/encoding/text.ts";
import { reasonPhrase } from "../../api/meta/http-reasons.ts";
import { ApiError, notSimulated } from "../../api/status.ts";
import { goErrno } from "../../platform/errno.ts";
import type { HttpAsk, HttpReply } from "../../platform/platform.ts";
import { type CommandContext, CommandError, defineCommand } from "../command.ts";
import { messageOf, SilentExit } from "../errors.ts";
import { apiRequest, wireReply } from "../proxy/api-request.ts";
import { backendOf, proxyTo } from "../proxy/backend.ts";
import { podLog } from "../proxy/pod-log.ts";

interface Options {
  port: number;
  address: string;
  prefix: string;
  /** Whether a request may pass. */
  accepts(ask: HttpAsk): boolean;
}

/** `proxy`: the API over HTTP on loopback. Models kubectl pkg/cmd/proxy/proxy.go and pkg/proxy/proxy_server.go. */
export default defineCommand<Options>({
  complete({ flags }, context) {
    context.checkConfig();
    for (const name of ["www", "www-prefix", "unix-socket", "append-server-path", "keepalive"])
      if (flags.changed(name)) throw notSimulated(`kubectl proxy --${name}`);
    const patterns = (name: string) =>
      flags
        .string(name)
        .split(",")
        .map((text) => new RegExp(text));
    const [acceptPaths, rejectPaths, acceptHosts, rejectMethods] = [
      patterns("accept-paths"),
      patterns("reject-paths"),
      patterns("accept-hosts"),
      patterns("reject-methods"),
    ];
    const any = (list: RegExp[], text: string) => list.some((pattern) => pattern.test(text));
    const prefix = flags.string("api-prefix");
    return {
      port: flags.int("port"),
      address: flags.string("address"),
      prefix: prefix.endsWith("/") ? prefix : `${prefix}/`,
      accepts: (ask) => {
        if (flags.bool("disable-filter")) return true;
        const path = ask.target.replace(/\?.*$/, "");
        const named = ask.headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "";
        const host = named.replace(/:\d+$/, "");
        return (
          !any(rejectPaths, path) && !any(rejectMethods, ask.method) && any(acceptPaths, path) && any(acceptHosts, host)
        );
      },
    };
  },
  async run({ port, address, prefix, accepts }, context) {
    if (address !== "127.0.0.1" && address !== "::1" && address !== "localhost")
      throw new CommandError(
        `kubemu does not simulate kubectl proxy --address ${address}: it listens on loopback alone`,
      );
    const host = address === "::1" ? "::1" : "127.0.0.1";
    const shown = host === "::1" ? "[::1]" : host;
    let queue: Promise<unknown> = Promise.resolve();
    let server: { port: number; close(): Promise<void> };
    try {
      server = await context.net.serve(port, host, {
        request(ask) {
          if (!accepts(ask)) return Promise.resolve(plain(403, "Forbidden"));
          if (!ask.target.startsWith(prefix)) return Promise.resolve(plain(404, "Not Found", "404 page not found"));
          const inner = { ...ask, target: `/${ask.target.slice(prefix.length)}` };
          const answer = queue.then(() => respond(inner, context));
          queue = answer.catch(() => undefined);
          return answer;
        },
      });
    } catch (error) {
      const why = goErrno(error) ?? messageOf(error);
      throw new CommandError(`listen tcp ${shown}:${port}: bind: ${why}`);
    }
    context.streams.out.write(`Starting to serve on ${shown}:${server.port}\n`);
    await context.flush();
    await context.processes.untilInterrupt();
    await server.close();
    // kubectl has no handler: the signal ends it.
    throw new SilentExit(130);
  },
});

/** One request, whole: what it has changed is stored before it is answered. */
async function respond(ask: HttpAsk, context: CommandContext): Promise<HttpReply | undefined> {
  try {
    const backend = backendOf(ask.target);
    const reply = backend
      ? await proxyTo(backend, ask, context)
      : ((await podLog(ask.target, context)) ?? wireReply(await context.http(apiRequest(ask))));
    await context.flush();
    return reply;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const body = encodeText(`${emitStatus(error.status)}\n`);
    return {
      status: error.code,
      reason: reasonPhrase(error.code),
      headers: [
        ["Content-Type", "application/json"],
        ["Content-Length", String(body.length)],
      ],
      body,
    };
  }
}

function plain(status: number, reason: string, text = reason): HttpReply {
  const body = encodeText(`${text}\n`);
  return {
    status,
    reason,
    headers: [
      ["Content-Type", "text/plain; charset=utf-8"],
      ["X-Content-Type-Options", "nosniff"],
      ["Content-Length", String(body.length)],
    ],
    body,
  };
}
