import { httpDate, type Image, tcp } from "../image.ts";

export const coredns: Image = {
  entrypoint: ["/coredns"],
  cmd: [],
  toolbox: { base: "none" },
  process: (argv, container) =>
    argv[0] !== "/coredns"
      ? undefined
      : {
          lifetime: { runs: true },
          listens: [{ port: 53, protocol: "UDP" }, ...tcp(53, 9153, 8080, 8181)],
          startLines: () => [
            { stream: "stdout", text: ".:53" },
            { stream: "stdout", text: "CoreDNS-1.14.3" },
            { stream: "stdout", text: `linux/amd64, go1.25.5, ${container.tag}` },
          ],
          http: (request, view) => {
            const found = request.server.port === 8080 ? request.target === "/health" : request.target === "/ready";
            const body = found ? "OK" : "404 page not found\n";
            return {
              status: found ? 200 : 404,
              headers: [
                ["Date", httpDate(view.now)],
                ["Content-Length", String(body.length)],
                ["Content-Type", "text/plain; charset=utf-8"],
              ],
              body: request.method === "HEAD" ? "" : body,
            };
          },
        },
};
