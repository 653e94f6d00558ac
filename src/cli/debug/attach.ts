import { notFound, notSimulated } from "../../api/status.ts";
import type { Pod } from "../../api/types/core.ts";
import { statusOf } from "../../programs/container-log.ts";
import type { CommandContext } from "../command.ts";
import { isNotFound } from "../errors.ts";
import { attach } from "../pod-programs/attach.ts";
import { printContainerLog } from "../pod-programs/log-lines.ts";
import type { DebugOptions } from "./pods.ts";

/** How often the pod is looked at, in milliseconds. */
const INTERVAL = 100;

/** Attaches to a container once it runs; of one that has ended already the log is printed. Models handleAttachPod of debug.go. */
export async function attachWhenRunning(
  made: Pod,
  container: string,
  { stdin, tty, quiet }: DebugOptions,
  context: CommandContext,
): Promise<void> {
  const pod = await waitForContainer(made, container, quiet, context);
  if (statusOf(pod, container)?.state?.terminated) return await printContainerLog(pod, container, context);
  await attach(pod, { stdin, tty, quiet, container, timeout: 0 }, context);
}

/** Waits as long as it takes: kubectl has no timeout here. */
async function waitForContainer(
  { metadata: { namespace = "", name = "" } }: Pod,
  container: string,
  quiet: boolean,
  context: CommandContext,
): Promise<Pod> {
  let told = "";
  for (;;) {
    const pod = await thePod(namespace, name, context);
    const { waiting, running, terminated } = statusOf(pod, container)?.state ?? {};
    if (running || terminated) return pod;
    const message = waiting?.message ?? "";
    if (!quiet && message !== "" && message !== told) {
      context.streams.err.write(`Warning: container ${container}: ${message}\n`);
      told = message;
    }
    // With a held clock it would be for ever.
    if (context.clock.virtual && (message !== "" || !pod.spec?.nodeName))
      throw notSimulated("waiting for a container that does not start");
    await context.flush();
    await context.clock.sleep(INTERVAL);
  }
}

async function thePod(namespace: string, name: string, { client }: CommandContext): Promise<Pod> {
  try {
    return (await client.get("pods", namespace, name)) as Pod;
  } catch (error) {
    if (isNotFound(error)) throw notFound({ group: "", resource: "pods" }, "");
    throw error;
  }
}
