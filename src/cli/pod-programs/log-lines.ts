import type { ContainerLog } from "../../api/records.ts";
import type { Pod } from "../../api/types/core.ts";
import { containerLog } from "../../programs/container-log.ts";
import type { CommandContext } from "../command.ts";
import { isRunning } from "./containers.ts";

export type LogLine = ContainerLog["lines"][number];

/** A line as it was printed: one that the program has not ended has no line end. */
export function lineText({ text, open }: Pick<LogLine, "text" | "open">): string {
  return open ? text : `${text}\n`;
}

/** Prints what a container has logged so far. */
export async function printContainerLog(pod: Pod, container: string, context: CommandContext): Promise<void> {
  for (const line of await linesOf(pod, container, false, context)) context.streams.out.write(lineText(line));
}

/** Lines of a container, oldest first; `previous`: of its last instance. */
export async function linesOf(
  pod: Pod,
  container: string,
  previous: boolean,
  context: CommandContext,
): Promise<LogLine[]> {
  return containerLog(await context.admin.snapshot(), pod, container, previous);
}

/** How often a followed log is looked at, in milliseconds. */
const INTERVAL = 100;

/** Prints what comes, until the container has ended; a held clock ends it at once, as nothing more can come. */
export async function followContainerLog(
  pod: Pod,
  container: string,
  context: CommandContext,
  print: (line: LogLine) => void = (line) => context.streams.out.write(lineText(line)),
  seen = Number.POSITIVE_INFINITY,
): Promise<void> {
  const { namespace = "", name = "", uid } = pod.metadata;
  let shown = seen === Number.POSITIVE_INFINITY ? (await linesOf(pod, container, false, context)).length : seen;
  for (;;) {
    await context.flush();
    const snapshot = await context.admin.snapshot();
    const now = snapshot.get<Pod>("pods", namespace, name);
    const there = now !== undefined && now.metadata.uid === uid;
    const lines = there ? containerLog(snapshot, now, container, false) : [];
    for (const line of lines.slice(shown)) print(line);
    shown = Math.max(shown, lines.length);
    if (!there || !isRunning(now, container) || context.clock.virtual) break;
    await context.clock.sleep(INTERVAL);
  }
  await context.flush();
}
