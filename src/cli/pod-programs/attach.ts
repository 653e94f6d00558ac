import { isFinished, isReady } from "../../api/kinds/pod/state.ts";
import type { Container, Pod } from "../../api/types/core.ts";
import { LogCollector, mainCommand, pendingPrograms } from "../../programs/main-process.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { isNotFound, ProgramExit } from "../errors.ts";
import { chooseContainer, isRunning } from "./containers.ts";
import { executeAt, NoSuchProgram } from "./execute.ts";
import { printContainerLog } from "./log-lines.ts";
import { openPlace, ownStreams, type ProgramStreams } from "./run-program.ts";

export interface AttachOptions {
  stdin: boolean;
  tty: boolean;
  quiet: boolean;
  /** `-c`; "": the pod's default. */
  container: string;
  /** Milliseconds. */
  timeout: number;
}

export interface RunAttachOptions extends AttachOptions {
  /** spec.restartPolicy as `run` was told. */
  restart: "Always" | "OnFailure" | "Never";
  leaveStdinOpen: boolean;
}

/**
 * What `run` does with the pod that it has just made: waits until it runs, attaches, and answers with the exit status of its process
 * where the restart policy lets it have one. Models kubectl pkg/cmd/run/run.go (handleAttachPod, waitForPod).
 */
export async function attachToPod(context: CommandContext, made: Pod, options: RunAttachOptions): Promise<number> {
  const pod = await waitForPod(
    made,
    options.timeout,
    context,
    (now) => isFinished(now) || (now.status?.phase === "Running" && (isReady(now) || hasRun(now))),
  );
  if (isFinished(pod) || hasRun(pod)) {
    const container = chooseContainer(pod, options.container, options.quiet, context);
    await printContainerLog(pod, container.name, context);
  } else {
    const container = chooseContainer(pod, options.container, true, context);
    await printContainerLog(pod, container.name, context);
    await attach(pod, options, context);
  }
  if (options.leaveStdinOpen || options.restart === "Always") return 0;
  const done = await waitForPod(pod, options.timeout, context, (now) =>
    options.restart === "OnFailure" ? now.status?.phase === "Succeeded" : isFinished(now),
  );
  return exitStatus(done);
}

function exitStatus(pod: Pod): number {
  if (pod.status?.phase === "Succeeded") return 0;
  const { namespace, name } = pod.metadata;
  const terminated = pod.status?.containerStatuses?.[0]?.state?.terminated;
  if (!terminated || terminated.exitCode === 0)
    throw new CommandError(`pod ${namespace}/${name} failed with unknown exit code`);
  throw new ProgramExit(
    `pod ${namespace}/${name} terminated (${terminated.reason ?? ""})\n${terminated.message ?? ""}`,
    terminated.exitCode,
  );
}

/**
 * A program that ended at once has been running and ready between two looks: the real kubectl, which watches, saw it so and printed its
 * log. That it is restarted meanwhile is of no interest.
 */
function hasRun(pod: Pod): boolean {
  return (pod.status?.containerStatuses ?? []).some(
    ({ state, lastState }) => state?.terminated !== undefined || lastState?.terminated !== undefined,
  );
}

/** The pod once it is as wanted. @throws CommandError after `timeout` milliseconds */
async function waitForPod(
  { metadata: { namespace = "", name = "" } }: Pod,
  timeout: number,
  context: CommandContext,
  wanted: (pod: Pod) => boolean,
): Promise<Pod> {
  const until = context.clock.now() + timeout;
  for (;;) {
    let pod: Pod;
    try {
      pod = (await context.client.get("pods", namespace, name)) as Pod;
    } catch (error) {
      if (!isNotFound(error)) throw error;
      const { notFound } = await import("../../api/status.ts");
      throw notFound({ group: "", resource: "pods" }, "");
    }
    if (wanted(pod)) return pod;
    const left = until - context.clock.now();
    if (left <= 0) throw new CommandError("timed out waiting for the condition");
    await context.flush();
    await context.clock.sleep(Math.min(100, left));
  }
}

/**
 * Attaches to the main process of a running container until it ends or the input does. Models kubectl pkg/cmd/attach/attach.go (Run).
 */
export async function attach(pod: Pod, options: AttachOptions, context: CommandContext): Promise<void> {
  const { streams } = context;
  let container: Container;
  try {
    container = chooseContainer(pod, options.container, options.quiet, context);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError(`cannot attach to the container: ${error.message}`);
  }
  let { tty } = options;
  if (tty && !container.tty) {
    tty = false;
    if (!options.quiet)
      streams.err.write(`error: Unable to use a TTY - container ${container.name} did not allocate one\n`);
  } else if (container.tty) tty = true;
  const raw = tty && options.stdin && streams.inputIsTerminal;
  if (tty && options.stdin && !raw && !options.quiet)
    streams.err.write("Unable to use a TTY - input is not a terminal or the right kind of file\n");
  if (!options.quiet) {
    streams.err.write(
      "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\n",
    );
    streams.err.write("If you don't see a command prompt, try pressing enter.\n");
  }
  if (!isRunning(pod, container.name))
    throw new CommandError(
      `unable to upgrade connection: container ${container.name} not found in pod ${pod.metadata.name}_${pod.metadata.namespace}`,
    );
  await runMainProcess(pod, container, raw, options.stdin, context);
  if (raw && !options.quiet && options.stdin) streams.out.write(reattachMessage(pod, container.name));
}

function reattachMessage({ metadata, spec }: Pod, container: string): string {
  const command = `'kubectl attach ${metadata.name} -c ${container} -n ${metadata.namespace} -i -t'`;
  return spec?.ephemeralContainers?.some(({ name }) => name === container)
    ? `Session ended, the ephemeral container will not be restarted but may be reattached using ${command} if it is still running\n`
    : `Session ended, resume using ${command} command\n`;
}

/** A process that waits for its input gets it now; of one that runs by itself the output is shown as it comes. */
async function runMainProcess(
  pod: Pod,
  container: Container,
  raw: boolean,
  stdin: boolean,
  context: CommandContext,
): Promise<void> {
  const target = { kind: "container", pod, container } as const;
  const open = await openPlace(target, context);
  const waiting = pendingPrograms(open.snapshot, pod, "attached").some(({ name }) => name === container.name);
  if (!waiting) {
    const { followContainerLog } = await import("./log-lines.ts");
    return await followContainerLog(pod, container.name, context);
  }
  if (!stdin) return;
  const log = new LogCollector(pod, container.name, open.snapshot.now);
  const own = ownStreams(context, stdin);
  const streams: ProgramStreams = {
    ...own,
    isTerminal: container.tty === true,
    out: (text) => {
      log.add("stdout", text);
      own.out(text);
    },
    // A terminal has one stream for both.
    err: (text) => {
      log.add(container.tty ? "stdout" : "stderr", text);
      if (container.tty) own.out(text);
      else own.err(text);
    },
  };
  let status: number;
  try {
    const command = mainCommand(open.snapshot, container);
    status = await executeAt(open, { target, command, stdin, terminal: raw }, streams, context);
  } catch (error) {
    if (!(error instanceof NoSuchProgram)) throw error;
    status = 127;
  }
  open.network.record([...log.effects(), log.exit(status)]);
  await open.save();
}
