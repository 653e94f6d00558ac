import type { ContainerView, Image, Process } from "./image.ts";
import { httpDate } from "./image.ts";
import { scriptOf, userlandProcess } from "./shell.ts";

/** An image that kubemu does not know: it runs, and answers a plain page on the ports that its container declares. */
export const generic: Image = {
  entrypoint: ["/entrypoint"],
  cmd: [],
  toolbox: { base: "debian" },
  process(argv, container) {
    // A script is followed, as in other images.
    if (scriptOf(argv) !== undefined) return undefined;
    if (argv[0] !== "/entrypoint") {
      // Arguments of an unknown image's own program, or a command that only it has, say nothing about how long it runs.
      const userland = userlandProcess(argv, { base: "debian" }, true);
      if (!("cannotStart" in userland.lifetime)) return userland;
    }
    return pageServer(container);
  },
};

function pageServer(container: ContainerView): Process {
  return {
    lifetime: { runs: true },
    listens: container.ports.map((port) => ({
      port: port.containerPort,
      protocol: port.protocol === "UDP" || port.protocol === "SCTP" ? port.protocol : "TCP",
    })),
    http: (request, view) => {
      const body = `${view.pod.metadata.name}\n`;
      return {
        status: 200,
        headers: [
          ["Content-Type", "text/plain; charset=utf-8"],
          ["Date", httpDate(view.now)],
          ["Content-Length", String(body.length)],
        ],
        body: request.method === "HEAD" ? "" : body,
      };
    },
  };
}
