import { MONTHS } from "../../api/meta/calendar.ts";
import { header, type ImageRequest, type LogLine, type PodView } from "../image.ts";

/** A line of the access log: `log_format main` of the image's nginx.conf. */
export function accessLine(request: ImageRequest, view: PodView, status: number, size: number): string {
  const at = new Date(view.now);
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${at.toISOString().slice(11, 19)} +0000`;
  const value = (name: string) => header(request, name) || "-";
  return `${request.client.address} - - [${time}] "${request.method} ${request.target} HTTP/${request.version === "2" ? "2.0" : request.version}" ${status} ${size} "${value("referer")}" "${value("user-agent")}" "${value("x-forwarded-for")}"`;
}

/** How the error log begins a line. */
export function errorTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ").replaceAll("-", "/");
}

/** What a container has logged once it serves; `entrypoint`: whether the image's entry script ran before. */
export function startLines(view: PodView, version: string, entrypoint: boolean): LogLine[] {
  const script = (text: string): LogLine => ({ stream: "stdout", text });
  const notice = (text: string): LogLine => ({
    stream: "stderr",
    text: `${errorTime(view.startedAt)} [notice] 1#1: ${text}`,
  });
  const [, minor = 0] = version.split(".").map(Number);
  const entry = [
    script("/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration"),
    script("/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/"),
    script("/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh"),
    script("10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf"),
    script("10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf"),
    ...(minor >= 25 ? [script("/docker-entrypoint.sh: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh")] : []),
    script("/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh"),
    script("/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh"),
    script("/docker-entrypoint.sh: Configuration complete; ready for start up"),
  ];
  // The entry script came with 1.19; before it nginx said nothing at its start.
  if (minor < 19) return [];
  return [
    ...(entrypoint ? entry : []),
    notice('using the "epoll" event method'),
    notice(`nginx/${version}`),
    notice("built by gcc 14.2.0 (Debian 14.2.0-19)"),
    notice("OS: Linux 6.12.54-linuxkit"),
    notice("getrlimit(RLIMIT_NOFILE): 1048576:1048576"),
    notice("start worker processes"),
    ...Array.from({ length: 8 }, (_, worker) => notice(`start worker process ${29 + worker}`)),
  ];
}
