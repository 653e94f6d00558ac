import { decodeBase64, encodeText } from "../api/encoding/text.ts";
import { getKey } from "../api/json.ts";
import { instanceOf, runtimeOf } from "../api/kinds/pod/runtime.ts";
import type { StoredFile } from "../api/records.ts";
import type { Snapshot } from "../api/snapshot.ts";
import type { Container, HTTPGetAction, Pod, Probe, VolumeMount } from "../api/types/core.ts";
import { commandOf, imageFiles, imageOf, processOf } from "./catalogue.ts";
import type { PodView, Process } from "./image.ts";
import { mountedTexts } from "./mounted-files.ts";

/** Why a probe of a running container fails, in the kubelet's words (`HTTP probe failed with statuscode: 404`). */
export interface ProbeFailure {
  output: string;
  /** It cannot be carried out at all. */
  errored?: true;
  /** The file that its command asks for. */
  file?: string;
  /** Milliseconds since 1970 from which on it fails; absent: since the container started. */
  since?: number;
}

/**
 * Runs a probe as the kubelet does; undefined: it succeeds. A command counts as failing where that can be seen without running it: it
 * is `false`, exits with another status than 0, or asks for a file that nobody has written. Models kubernetes
 * pkg/kubelet/prober/prober.go and pkg/probe.
 */
export function probeFailure(
  snapshot: Snapshot,
  pod: Pod,
  container: Container,
  probe: Probe,
): ProbeFailure | undefined {
  if (probe.exec) return commandFailure(snapshot, pod, container, probe.exec.command ?? []);
  const target = probe.httpGet?.port ?? probe.tcpSocket?.port ?? probe.grpc?.port;
  if (target === undefined) return undefined;
  const port = probePort(container, target);
  if (port === undefined)
    return { output: `strconv.Atoi: parsing ${JSON.stringify(target)}: invalid syntax`, errored: true };
  const host = probe.httpGet?.host ?? probe.tcpSocket?.host;
  // Who asks another machine learns nothing of the container; what that one answers is not looked at.
  if (host && host !== pod.status?.podIP) return undefined;
  const process = processOf(snapshot, pod, container);
  const address = `${pod.status?.podIP ?? ""}:${port}`;
  const listens = process.listens.some(
    (listen) => listen.port === port && listen.protocol === "TCP" && !listen.loopback,
  );
  const refused = `dial tcp ${address}: connect: connection refused`;
  if (probe.httpGet) {
    const url = `${probe.httpGet.scheme === "HTTPS" ? "https" : "http"}://${address}${probe.httpGet.path ?? "/"}`;
    return listens
      ? answerFailure(snapshot, pod, container, process, probe.httpGet, port, url)
      : { output: `Get ${JSON.stringify(url)}: ${refused}` };
  }
  if (listens) return undefined;
  return {
    output: probe.grpc
      ? `timeout: failed to connect service "${address}" within 1s: context deadline exceeded`
      : refused,
  };
}

/** The number behind a probe's port; undefined: no port of the container has that name. Models pkg/probe/util.go ResolveContainerPort. */
export function probePort(container: Container, port: number | string): number | undefined {
  if (typeof port === "number") return port;
  const named = container.ports?.find(({ name }) => name === port)?.containerPort;
  return named ?? (/^\d+$/.test(port) ? Number(port) : undefined);
}

function answerFailure(
  snapshot: Snapshot,
  pod: Pod,
  container: Container,
  process: Process,
  action: HTTPGetAction,
  port: number,
  url: string,
): ProbeFailure | undefined {
  const secure = process.tls?.(port) ?? false;
  const wanted = action.scheme === "HTTPS";
  const failed = (why: string): ProbeFailure => ({ output: `Get ${JSON.stringify(url)}: ${why}` });
  if (wanted && !secure)
    return failed(
      process.http
        ? "http: server gave HTTP response to HTTPS client"
        : "tls: first record does not look like a TLS handshake",
    );
  // A Go server says so with 400, too.
  if (!wanted && secure && !process.plainHttp) return { output: "HTTP probe failed with statuscode: 400" };
  if (!process.http)
    return failed(
      process.greeting?.(port) === undefined
        ? "EOF"
        : "net/http: HTTP/1.x transport connection broken: malformed HTTP response",
    );
  const view = probeView(snapshot, pod, container);
  const address = pod.status?.podIP ?? "127.0.0.1";
  const answer = (!wanted && secure ? process.plainHttp! : process.http)(
    {
      method: "GET",
      target: action.path ?? "/",
      version: "1.1",
      headers: [
        ["Host", action.httpHeaders?.find(({ name }) => name.toLowerCase() === "host")?.value ?? `${address}:${port}`],
        ["User-Agent", "kube-probe/1.36"],
        ["Accept", "*/*"],
        ["Connection", "close"],
        ...(action.httpHeaders ?? []).flatMap(({ name, value }) =>
          name.toLowerCase() === "host" ? [] : [[name, value ?? ""] as const],
        ),
      ],
      body: new Uint8Array(),
      client: { address: pod.status?.hostIP ?? address, port: 40000 },
      server: { address, port },
    },
    view,
  );
  if ("close" in answer) return failed("EOF");
  return answer.status >= 200 && answer.status < 400
    ? undefined
    : { output: `HTTP probe failed with statuscode: ${answer.status}` };
}

/** What a process sees of its pod when the kubelet asks: nothing is kept of it, and it calls nobody. */
function probeView(snapshot: Snapshot, pod: Pod, container: Container): PodView {
  const startedAt = Date.parse(
    pod.status?.containerStatuses?.find(({ name }) => name === container.name)?.state?.running?.startedAt ?? "",
  );
  const env: Record<string, string> = { ...imageOf(snapshot, container.image ?? "").env };
  for (const { name, value } of container.env ?? []) if (value !== undefined) env[name] = value;
  return {
    pod,
    container,
    env,
    now: snapshot.now,
    seed: snapshot.cluster.seed,
    startedAt: Number.isNaN(startedAt) ? snapshot.now : startedAt,
    changedFile(path) {
      const stored = storedFile(snapshot, pod, container, path);
      if (stored && "removed" in stored) return "removed";
      if (stored && "folder" in stored) return "folder";
      const data = stored ? ("text" in stored ? encodeText(stored.text) : decodeBase64(stored.base64)) : undefined;
      if (data) return { data, writtenAt: stored?.at ?? snapshot.now };
      const text = mountedTexts(snapshot, pod, container, path.slice(0, path.lastIndexOf("/")))?.get(path);
      if (text !== undefined) return { data: encodeText(text), writtenAt: snapshot.now };
      const mount = mountOf(container, `${path}/`);
      return mount === undefined ? undefined : path === rootOf(mount) ? "folder" : "removed";
    },
    memory: {},
    call: () => ({ failure: "unresolved" }),
    fetch: () => ({ failure: "unresolved" }),
  };
}

const rootOf = ({ mountPath }: VolumeMount) => mountPath.replace(/\/$/, "");

/** The volume that a path lies in. */
function mountOf(container: Container, path: string): VolumeMount | undefined {
  return (container.volumeMounts ?? []).find((mount) => path.startsWith(`${rootOf(mount)}/`));
}

function storedFile(snapshot: Snapshot, pod: Pod, container: Container, path: string): StoredFile | undefined {
  const mount = mountOf(container, path);
  if (mount) {
    const inner = [mount.subPath ?? "", path.slice(rootOf(mount).length + 1)].filter((part) => part !== "").join("/");
    return getKey(getKey(runtimeOf(snapshot, pod)?.volumes ?? {}, mount.name) ?? {}, inner);
  }
  return getKey(instanceOf(snapshot, pod, container.name)?.files ?? {}, path);
}

/** Folders where an image has no files of its own: what is there somebody has written. */
const SCRATCH = /^\/(tmp|run|var\/run|var\/tmp)\/[^\s'"$*?]+$/;

function commandFailure(
  snapshot: Snapshot,
  pod: Pod,
  container: Container,
  command: readonly string[],
): ProbeFailure | undefined {
  const last = command.at(-1)?.trim() ?? "";
  if (command[0] === "false" || last === "false" || /(^|[;&\s])exit [1-9]\d*$/.test(last)) return { output: "" };
  const shell = /^(\/bin\/)?(ba|a|da)?sh$/.test(command[0] ?? "") && command[1] === "-c" && command.length === 3;
  const words = shell ? last.split(/\s+/) : command;
  const [program = "", ...args] = words[0] === "[" && words.at(-1) === "]" ? ["test", ...words.slice(1, -1)] : words;
  const plain = args.filter((word) => !word.startsWith("-"));
  const [path = ""] = plain;
  if (!["cat", "ls", "stat", "test"].includes(program.replace(/^.*\//, "")) || plain.length !== 1) return undefined;
  const stored = storedFile(snapshot, pod, container, path);
  const removed = stored !== undefined && "removed" in stored;
  if (stored && !removed) return undefined;
  if (!removed && (!SCRATCH.test(path) || isGiven(snapshot, pod, container, path))) return undefined;
  const { base } = imageOf(snapshot, container.image ?? "").toolbox;
  const since = stored && "removed" in stored ? stored.at : undefined;
  return { output: complaint(program, path, base === "debian"), file: path, ...(since !== undefined && { since }) };
}

/** Whether image, volume or the container's own program may have put a file there. */
function isGiven(snapshot: Snapshot, pod: Pod, container: Container, path: string): boolean {
  const folder = path.slice(0, path.lastIndexOf("/"));
  const lifecycle = container.lifecycle?.postStart?.exec?.command ?? [];
  const { lifetime } = processOf(snapshot, pod, container);
  // A script that is followed has written what it has come to.
  const command = "runs" in lifetime && lifetime.program === "script" ? [] : commandOf(snapshot, container);
  return (
    path in imageFiles(snapshot, container) ||
    mountedTexts(snapshot, pod, container, folder)?.has(path) === true ||
    [...command, ...lifecycle].some((word) => word.includes(path))
  );
}

/** The words of coreutils and of BusyBox. */
function complaint(program: string, path: string, coreutils: boolean): string {
  const missing = "No such file or directory";
  switch (program.replace(/^.*\//, "")) {
    case "cat":
      return coreutils ? `cat: ${path}: ${missing}` : `cat: can't open '${path}': ${missing}`;
    case "ls":
      return coreutils ? `ls: cannot access '${path}': ${missing}` : `ls: ${path}: ${missing}`;
    case "stat":
      return coreutils ? `stat: cannot statx '${path}': ${missing}` : `stat: can't stat '${path}': ${missing}`;
    default:
      return "";
  }
}
