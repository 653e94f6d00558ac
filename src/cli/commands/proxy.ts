import { emitStatus } from "../../api/encoding/status-json.ts";
import { encodeText } from "../../api/encoding/text.ts";
import { ApiError, notSimulated } from "../../api/status.ts";
import { goErrno } from "../../platform/errno.ts";
import type { HttpAsk, HttpReply } from "../../platform/platform.ts";
import { type CommandContext, CommandError, defineCommand } from "../command.ts";
import { messageOf, SilentExit } from "../errors.ts";
import { klogLine } from "../klog.ts";
import { apiRequest, wireReply } from "../proxy/api-request.ts";
import { backendOf, proxyTo } from "../proxy/backend.ts";
import { podLog } from "../proxy/pod-log.ts";
import { dated, handedOn, reply } from "../proxy/replies.ts";
import { type Routes, route } from "../proxy/routes.ts";

interface Options {
  port: number;
  address: string;
  routes: Routes;
}

/** `proxy`: the API over HTTP on loopback. Models kubectl pkg/cmd/proxy/proxy.go and pkg/proxy/proxy_server.go. */
export default defineCommand<Options>({
  complete({ flags }, context) {
    context.checkConfig();
    for (const name of ["unix-socket", "append-server-path", "keepalive"])
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
    const folder = flags.string("www");
    if (folder !== "") warnOfFolder(folder, context);
    const accepts = (ask: HttpAsk) => {
      if (flags.bool("disable-filter")) return true;
      const path = ask.target.replace(/\?.*$/, "");
      const named = ask.headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "";
      const host = named.replace(/:\d+$/, "");
      return (
        !any(rejectPaths, path) && !any(rejectMethods, ask.method) && any(acceptPaths, path) && any(acceptHosts, host)
      );
    };
    const prefixed = (name: string) => flags.string(name).replace(/\/?$/, "/");
    return {
      port: flags.int("port"),
      address: flags.string("address"),
      routes: { apiPrefix: prefixed("api-prefix"), staticPrefix: prefixed("www-prefix"), folder, accepts },
    };
  },
  async run({ port, address, routes }, context) {
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
          const inner = route(ask, routes, context.files);
          if ("status" in inner) return Promise.resolve(dated(inner, context.clock.now()));
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
      : handedOn(
          (await podLog(ask.target, context)) ?? wireReply(await context.http(apiRequest(ask))),
          context.clock.now(),
        );
    await context.flush();
    return reply;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const answer = reply(
      error.code,
      [["Content-Type", "application/json"]],
      encodeText(`${emitStatus(error.status)}\n`),
    );
    return handedOn(answer, context.clock.now());
  }
}

/** Models kubectl pkg/cmd/proxy/proxy.go Complete. */
function warnOfFolder(folder: string, context: CommandContext): void {
  const warn = (line: number, text: string) =>
    context.streams.err.write(klogLine("W", `proxy.go:${line}`, text, context));
  if (!context.files.exists(folder))
    warn(200, `Failed to stat static file directory ${folder}: stat ${folder}: no such file or directory`);
  else if (!context.files.isDirectory(folder)) warn(202, `Static file directory ${folder} is not a directory`);
}
