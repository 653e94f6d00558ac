import { decodeText, encodeText } from "../../api/encoding/text.ts";
import { badRequest } from "../../api/status.ts";
import type { Pod } from "../../api/types/core.ts";
import { statusOf } from "../../programs/container-log.ts";
import type { CommandContext } from "../command.ts";
import { followContainerLog, type LogLine, linesOf, lineText } from "./log-lines.ts";
import type { LogOptions, LogRequest } from "./log-requests.ts";

/** Prints the logs of several containers, one after the other, or with --follow as they come. Models logs.go (RunLogsContext). */
export async function showLogs(
  requests: readonly LogRequest[],
  options: LogOptions,
  context: CommandContext,
): Promise<void> {
  const follow: (() => Promise<void>)[] = [];
  for (const request of requests) {
    try {
      await requireLog(request, options.previous, context);
    } catch (error) {
      if (!options.ignoreErrors) throw error;
      context.streams.out.write(`error: ${(error as Error).message}\n`);
      continue;
    }
    const all = await linesOf(request.pod, request.container, options.previous, context);
    const print = printer(request, options, context);
    for (const line of await selected(all, options, context)) print(line);
    if (options.follow && !options.previous)
      follow.push(() => followContainerLog(request.pod, request.container, context, print, all.length));
  }
  await Promise.all(follow.map((wait) => wait()));
}

/** All that a container has logged so far. @throws ApiError when there is no log to read */
export async function wholeLog(request: LogRequest, context: CommandContext): Promise<string> {
  await requireLog(request, false, context);
  return (await linesOf(request.pod, request.container, false, context)).map(lineText).join("");
}

async function selected(
  lines: readonly LogLine[],
  { tail, sinceTime, sinceSeconds }: LogOptions,
  context: CommandContext,
): Promise<readonly LogLine[]> {
  const { now } = await context.admin.snapshot();
  const from = sinceTime ?? (sinceSeconds === undefined ? undefined : now - sinceSeconds * 1000);
  const last = tail === undefined || tail < 0 ? lines : tail === 0 ? [] : lines.slice(-tail);
  return from === undefined ? last : last.filter(({ time }) => Date.parse(time) >= from);
}

/** Writes lines as the flags say, up to the limit of bytes for this container. */
function printer({ pod, container }: LogRequest, options: LogOptions, context: CommandContext) {
  const prefix = options.prefix ? `[pod/${pod.metadata.name}/${container}] ` : "";
  let left = options.limitBytes === 0 ? Number.POSITIVE_INFINITY : options.limitBytes;
  return (line: LogLine) => {
    if (left <= 0) return;
    const bytes = encodeText(`${options.timestamps ? `${line.time} ` : ""}${lineText(line)}`);
    const shown = bytes.length > left ? bytes.slice(0, left) : bytes;
    left -= shown.length;
    context.streams.out.write(prefix + decodeText(shown));
  };
}

/**
 * What the kubelet and the API server say of a log that is not there.
 * Models kubernetes pkg/registry/core/pod/strategy.go (LogLocation) and pkg/kubelet/kubelet_pods.go (validateContainerLogStatus).
 */
async function requireLog({ pod, container }: LogRequest, previous: boolean, context: CommandContext): Promise<void> {
  const { namespace = "", name = "" } = pod.metadata;
  const now = (await context.client.get("pods", namespace, name)) as Pod;
  if (!now.spec?.nodeName) throw badRequest(`pod ${name} does not have a host assigned`);
  const status = statusOf(now, container);
  const { waiting, running, terminated } = status?.state ?? {};
  if (previous) {
    if (!status?.lastState?.terminated)
      throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
    return;
  }
  const label = `container "${container}" in pod "${name}"`;
  if (running || terminated || status?.lastState?.terminated) return;
  if (!waiting) throw badRequest(`${label} is not available`);
  if (waiting.reason === "ErrImagePull") throw badRequest(`${label} is waiting to start: image can't be pulled`);
  if (waiting.reason === "ImagePullBackOff")
    throw badRequest(`${label} is waiting to start: trying and failing to pull image`);
  throw badRequest(`${label} is waiting to start: ${waiting.reason}`);
}
