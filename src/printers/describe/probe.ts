import type { Probe } from "../../api/types/core.ts";
import { listText } from "./common.ts";
import { joinHostPort } from "./endpoint-texts.ts";

/** `http-get http://:80/ delay=0s timeout=1s period=10s #success=1 #failure=3`. Models DescribeProbe. */
export function probeText(probe: Probe): string {
  const times = `delay=${probe.initialDelaySeconds ?? 0}s timeout=${probe.timeoutSeconds ?? 0}s period=${probe.periodSeconds ?? 0}s`;
  const attributes = `${times} #success=${probe.successThreshold ?? 0} #failure=${probe.failureThreshold ?? 0}`;
  return `${handlerText(probe)} ${attributes}`;
}

function handlerText({ exec, httpGet, tcpSocket, grpc }: Probe): string {
  if (exec) return `exec ${listText(exec.command)}`;
  if (httpGet) {
    const scheme = (httpGet.scheme ?? "").toLowerCase();
    const host = joinHostPort(httpGet.host ?? "", String(httpGet.port ?? 0));
    const path = escapePath(httpGet.path ?? "");
    return `http-get ${scheme && `${scheme}:`}//${host}${path && !path.startsWith("/") ? "/" : ""}${path}`;
  }
  if (tcpSocket) return `tcp-socket ${tcpSocket.host ?? ""}:${tcpSocket.port ?? 0}`;
  if (grpc) return `grpc <pod>:${grpc.port} ${grpc.service ?? ""}`;
  return "unknown";
}

/** What Go's net/url writes for a path. */
function escapePath(path: string): string {
  if (path === "*") return path;
  let out = "";
  for (const byte of Buffer.from(path)) {
    const char = String.fromCharCode(byte);
    out += /[A-Za-z0-9\-_.~$&+,/:;=@]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return out;
}
