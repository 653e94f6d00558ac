import type { Net } from "./platform.ts";

/** Real listening sockets, on loopback alone. */
export const realNet: Net = {
  async listen(port, address, onConnection) {
    const { createServer } = await import("node:net");
    const server = createServer(onConnection);
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, address, resolve);
    });
    const bound = server.address();
    return {
      port: typeof bound === "object" && bound ? bound.port : port,
      close: () => new Promise((resolve) => server.close(() => resolve())),
    };
  },
};
