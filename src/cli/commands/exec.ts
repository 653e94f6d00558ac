import type { Pod } from "../../api/types/core.ts";
import { type CommandContext, CommandError, defineCommand, UsageError } from "../command.ts";
import { ProgramExit } from "../errors.ts";
import { podRunningTimeout } from "../pod-programs/attachable-pod.ts";
import { chooseContainer, containerNames, findContainer, isRunning } from "../pod-programs/containers.ts";
import { execute, NoSuchProgram } from "../pod-programs/execute.ts";
import { filenameOptions } from "../resources/files.ts";

interface Options {
  name: string;
  command: string[];
  container: string;
  stdin: boolean;
  tty: boolean;
  quiet: boolean;
  timeout: number;
  files: ReturnType<typeof filenameOptions>;
}

/** `exec`. Models kubectl pkg/cmd/exec/exec.go. */
export default defineCommand<Options>({
  complete({ path, args, argsLenAtDash, flags }) {
    const files = filenameOptions(flags);
    const named = args.length > 0 && argsLenAtDash !== 0;
    if (argsLenAtDash < 0 && (args.length > 1 || (args.length > 0 && files.filenames.length > 0)))
      throw new UsageError(path, "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead");
    return {
      name: named ? args[0]! : "",
      command: argsLenAtDash < 0 ? [] : args.slice(argsLenAtDash),
      container: flags.string("container"),
      stdin: flags.bool("stdin"),
      tty: flags.bool("tty"),
      quiet: flags.bool("quiet"),
      timeout: podRunningTimeout(path, flags),
      files,
    };
  },
  validate({ name, command, files }) {
    if (name === "" && files.filenames.length === 0)
      throw new CommandError("pod, type/name or --filename must be specified");
    if (command.length === 0) throw new CommandError("you must specify at least one command for the container");
  },
  async run(options, context) {
    const { attachablePod } = await import("../pod-programs/attachable-pod.ts");
    const pod = await attachablePod(options, context);
    const phase = pod.status?.phase;
    if (phase === "Succeeded" || phase === "Failed")
      throw new CommandError(`cannot exec into a container in a completed pod; current phase is ${phase}`);
    if (options.container !== "" && !findContainer(pod, options.container))
      throw new CommandError(
        `container ${options.container} is not valid for pod ${pod.metadata.name} out of: ${containerNames(pod)}`,
      );
    const container = chooseContainer(pod, options.container, options.quiet, context);
    const terminal = options.tty && options.stdin && context.streams.inputIsTerminal;
    if (options.tty && options.stdin && !terminal && !options.quiet)
      context.streams.err.write("Unable to use a TTY - input is not a terminal or the right kind of file\n");
    requireRunning(pod, container.name);
    const { command, stdin } = options;
    try {
      const status = await execute(
        { target: { kind: "container", pod, container }, command, stdin, terminal },
        context,
      );
      if (status !== 0) throw terminated(status);
    } catch (error) {
      if (error instanceof NoSuchProgram) throw await notStarted(error, pod, context);
      throw error;
    }
  },
});

/** Models pkg/kubelet/server/server.go (getExec) as it reaches the client through the upgrade of the connection. */
function requireRunning(pod: Pod, container: string): void {
  if (!pod.spec?.nodeName)
    throw new CommandError(`unable to upgrade connection: pod ${pod.metadata.name} does not have a host assigned`);
  if (!isRunning(pod, container))
    throw new CommandError(`unable to upgrade connection: container not found ("${container}")`);
}

/** Models client-go tools/remotecommand/v4.go (errorDecoderV4): printed without `error: ` before it. */
function terminated(status: number): ProgramExit {
  return new ProgramExit(`command terminated with exit code ${status}`, status);
}

/**
 * What the node's runtime says when it cannot start a program. containerd's comes as an internal error, told once by its streaming
 * server and once by the API server's translation to websockets (kubernetes staging/src/k8s.io/apiserver pkg/util/proxy
 * streamtranslator.go); dockerd prints it on the stream and exits with 127 (moby daemon/errors.go).
 */
async function notStarted(error: NoSuchProgram, pod: Pod, context: CommandContext): Promise<CommandError> {
  const why = `OCI runtime exec failed: exec failed: unable to start container process: ${error.message}: unknown`;
  const node = await context.client.get("nodes", "", pod.spec?.nodeName ?? "");
  const info = (node.status as { nodeInfo?: { containerRuntimeVersion?: string } } | undefined)?.nodeInfo;
  if (info?.containerRuntimeVersion?.startsWith("docker://")) {
    context.streams.out.write(`${why}\r\n`);
    return terminated(127);
  }
  const { execId } = await import("../pod-programs/exec-id.ts");
  const id = await execId(pod, context);
  return new CommandError(
    `Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${id}": ${why}`,
  );
}
