import { emitStatus } from "../../api/encoding/status-json.ts";
import { encodeText } from "../../api/encoding/text.ts";
import { ApiError } from "../../api/status.ts";
import { goErrno } from "../../platform/errno.ts";
import type { HttpAsk, HttpReply } from "../../platform/platform.ts";
import { type CommandContext, CommandError, defineCommand } from "../command.ts";
import { messageOf, SilentExit } from "../errors.ts";
import { klogLine } from "../klog.ts";
import { resolveConfig } from "../kubeconfig/resolve.ts";
import { apiRequest, wireReply } from "../proxy/api-request.ts";
import { backendOf, proxyTo } from "../proxy/backend.ts";
import { podLog } from "../proxy/pod-log.ts";
import { dated, handedOn, reply } from "../proxy/replies.ts";
import { type Routes, route } from "../proxy/routes.ts";
import { absolute } from "../resources/files.ts";

interface Options {
  port: number;
  address: string;
  /** Path of the socket; "" for a port. */
  unixSocket: string;
  routes: Routes;
}

/** The port where nobody says another. */
const PORT = 8001;

/**
 * `proxy`: the API over HTTP on loopback. `--keepalive` is for connections to a server elsewhere: there are none.
 * Models kubectl pkg/cmd/proxy/proxy.go and pkg/proxy/proxy_server.go.
 */
export default defineCommand<Options>({
  async complete({ flags }, context) {
    context.checkConfig();
    const { server } = await resolveConfig(flags, context.admin, context);
    // The simulated server answers below any path that its address has, so that nothing is put before a request's.
    const path = /^[a-z]+:\/\/[^/]*(\/[^?#]+)/.exec(server)?.[1];
    if (path !== undefined && !flags.bool("append-server-path"))
      warn(
        172,
        `Your kube context contains a server path ${path}, use --append-server-path to automatically append the path to each request`,
        context,
      );
    const unixSocket = flags.string("unix-socket");
    if (flags.bool("disable-filter") && unixSocket === "")
      warn(177, "Request filter disabled, your proxy is vulnerable to XSRF attacks, please be cautious", context);
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
    if (flags.int("port") !== PORT && unixSocket !== "")
      throw new CommandError("cannot set --unix-socket and --port at the same time");
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
      unixSocket,
      routes: { apiPrefix: prefixed("api-prefix"), staticPrefix: prefixed("www-prefix"), folder, accepts },
    };
  },
  async run({ port, address, unixSocket, routes }, context) {
    if (unixSocket === "" && address !== "127.0.0.1" && address !== "::1" && address !== "localhost")
      throw new CommandError(
        `kubemu does not simulate kubectl proxy --address ${address}: it listens on loopback alone`,
      );
    const host = address === "::1" ? "::1" : "127.0.0.1";
    const shown = host === "::1" ? "[::1]" : host;
    let queue: Promise<unknown> = Promise.resolve();
    let server: { port: number; close(): Promise<void> };
    if (unixSocket !== "") makeRoom(unixSocket, context);
    try {
      server = await context.net.serve(unixSocket === "" ? port : absolute(unixSocket, context), host, {
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
      const where = unixSocket === "" ? `tcp ${shown}:${port}` : `unix ${unixSocket}`;
      throw new CommandError(`listen ${where}: bind: ${why}`);
    }
    context.streams.out.write(`Starting to serve on ${unixSocket || `${shown}:${server.port}`}\n`);
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

/** @param line of kubectl pkg/cmd/proxy/proxy.go */
function warn(line: number, text: string, context: CommandContext): void {
  context.streams.err.write(klogLine("W", `proxy.go:${line}`, text, context));
}

/** Models kubectl pkg/cmd/proxy/proxy.go Validate. */
function warnOfFolder(folder: string, context: CommandContext): void {
  if (!context.files.exists(folder))
    warn(200, `Failed to stat static file directory ${folder}: stat ${folder}: no such file or directory`, context);
  else if (!context.files.isDirectory(folder)) warn(202, `Static file directory ${folder} is not a directory`, context);
}

/** Where the type of a file stands in its mode, and what it is of a socket. */
const TYPE = 0o170000;
const SOCKET = 0o140000;

/** A socket that somebody left goes, another file stays in the way. Throws CommandError. Models kubectl pkg/proxy/proxy_server.go ListenUnix. */
function makeRoom(path: string, context: CommandContext): void {
  const here = absolute(path, context);
  // Node says of a folder that is not there that it may not be written.
  if (!context.files.isDirectory(here.replace(/\/[^/]*$/, "") || "/"))
    throw new CommandError(`listen unix ${path}: bind: no such file or directory`);
  if (context.files.exists(here) && (context.files.stat(here).mode & TYPE) === SOCKET) context.files.unlink(here);
}
