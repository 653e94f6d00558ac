import { decodeText } from "../../api/encoding/text.ts";
import { httpDate, type Image, type ImageRequest, type PodView, splitTarget, tcp } from "../image.ts";

/** registry.k8s.io/echoserver: nginx with a Lua page that describes the request, on 8080. */
export const echoserver: Image = {
  entrypoint: [],
  cmd: ["/usr/local/bin/run.sh"],
  toolbox: { base: "debian", extra: ["nginx"] },
  process: (argv, container) =>
    argv[0] !== "/usr/local/bin/run.sh"
      ? undefined
      : {
          lifetime: { runs: true },
          listens: [...tcp(8080), { port: 8443, protocol: "TCP" }],
          tls: (port) => port === 8443,
          startLines: () => [
            { stream: "stdout", text: "Generating self-signed cert" },
            { stream: "stdout", text: "Starting nginx" },
          ],
          http: (request, view) => {
            const old = /^1\.[0-4]$/.test(container.tag);
            const body = old ? describeOld(request) : describe(request, view);
            return {
              status: 200,
              headers: [
                ["Server", old ? "nginx/1.10.0" : "nginx/1.14.2"],
                ["Date", httpDate(view.now)],
                ["Content-Type", "text/plain"],
                ["Transfer-Encoding", "chunked"],
                ["Connection", "keep-alive"],
              ],
              body: request.method === "HEAD" ? "" : body,
              log: [
                {
                  stream: "stdout",
                  text: `${request.client.address} - - [${clfTime(view.now)}] "${request.method} ${request.target} HTTP/${request.version}" 200 ${body.length} "-" "${userAgent(request)}"`,
                },
              ],
            };
          },
        },
};

/** Time of the common log format. */
export function clfTime(ms: number): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(ms).toUTCString())!;
  return `${day}/${month}/${year}:${time} +0000`;
}

const userAgent = (request: ImageRequest) =>
  request.headers.find(([name]) => name.toLowerCase() === "user-agent")?.[1] ?? "-";

const sortedHeaders = (request: ImageRequest) =>
  request.headers.map(([name, value]) => `\t${name.toLowerCase()}=${value}`).sort();

function describe(request: ImageRequest, view: PodView): string {
  const { pod } = view;
  const { path, query } = splitTarget(request.target);
  const host = request.headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "";
  return [
    "",
    "",
    `Hostname: ${view.env.HOSTNAME ?? pod.metadata.name}`,
    "",
    "Pod Information:",
    ...(view.env.POD_NAME
      ? [
          `\tnode name:\t${view.env.NODE_NAME ?? ""}`,
          `\tpod name:\t${view.env.POD_NAME}`,
          `\tpod namespace:\t${view.env.POD_NAMESPACE ?? ""}`,
          `\tpod IP:\t${view.env.POD_IP ?? ""}`,
        ]
      : ["\t-no pod information available-"]),
    "",
    "Server values:",
    "\tserver_version=nginx: 1.14.2 - lua: 10015",
    "",
    "Request Information:",
    `\tclient_address=${request.client.address}`,
    `\tmethod=${request.method}`,
    `\treal path=${request.target}`,
    `\tquery=${query}`,
    `\trequest_version=${request.version}`,
    "\trequest_scheme=http",
    `\trequest_uri=http://${host.replace(/:\d+$/, "")}:8080${path}${query ? `?${query}` : ""}`,
    "",
    "Request Headers:",
    ...sortedHeaders(request),
    "",
    "Request Body:",
    request.body.length > 0 ? decodeText(request.body) : "\t-no body in request-",
    "",
    "",
  ].join("\n");
}

/** What 1.4 says, the version of "Using Source IP" in older editions. */
function describeOld(request: ImageRequest): string {
  const { query } = splitTarget(request.target);
  const host = request.headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "";
  return [
    "CLIENT VALUES:",
    `client_address=${request.client.address}`,
    `command=${request.method}`,
    `real path=${request.target}`,
    `query=${query || "nil"}`,
    `request_version=${request.version}`,
    `request_uri=http://${host.replace(/:\d+$/, "")}:8080${request.target}`,
    "",
    "SERVER VALUES:",
    "server_version=nginx: 1.10.0 - lua: 10001",
    "",
    "HEADERS RECEIVED:",
    ...sortedHeaders(request).map((line) => line.slice(1)),
    "BODY:",
    request.body.length > 0 ? decodeText(request.body) : "-no body in request-",
  ].join("\n");
}
