import type { HttpReply, Net } from "./platform.ts";

/** Real HTTP servers, on loopback alone. */
export const realNet: Net = {
  async serve(place, address, handlers) {
    const { createServer } = await import("node:http");
    const server = createServer({ requireHostHeader: false }, (request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const raw = request.rawHeaders;
        const headers = raw.flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[name, raw[i + 1] ?? ""]] : []));
        const stop = new AbortController();
        response.on("close", () => stop.abort());
        handlers
          .request({
            method: request.method ?? "GET",
            target: request.url ?? "/",
            version: request.httpVersion === "1.0" ? "1.0" : "1.1",
            headers,
            body: Buffer.concat(parts),
            signal: stop.signal,
          })
          .then((reply) => answer(reply, response))
          .catch(() => request.socket.destroy());
      });
    });
    if (handlers.connection) server.on("connection", handlers.connection);
    server.on("clientError", (_error, socket) => socket.destroy());
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      if (typeof place === "number") server.listen(place, address, resolve);
      else {
        // The socket is made before `listen` returns.
        const mask = process.umask(0o077);
        server.listen(place, resolve);
        process.umask(mask);
      }
    });
    const bound = server.address();
    return {
      port: typeof bound === "object" && bound ? bound.port : 0,
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  },
};

async function answer(reply: HttpReply | undefined, response: import("node:http").ServerResponse): Promise<void> {
  if (!reply) {
    response.destroy();
    return;
  }
  response.sendDate = false;
  // What stays open is not said, as other servers do not say it.
  response.removeHeader("connection");
  // Node writes a character as a byte.
  const bytes = (text: string) => Buffer.from(text).toString("latin1");
  response.writeHead(
    reply.status,
    reply.reason,
    reply.headers.flatMap(([name, value]) => [name, bytes(value)]),
  );
  if (reply.body instanceof Uint8Array) {
    response.end(reply.body);
    return;
  }
  response.flushHeaders();
  for await (const part of reply.body)
    if (!response.write(part)) await new Promise((resolve) => response.once("drain", resolve));
  response.end();
}
