import { isFinished } from "../../api/kinds/pod/state.ts";
import type { Container, Pod } from "../../api/types/core.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { ProgramExit } from "../errors.ts";
import { chooseContainer, containerNames, findContainer, isRunning } from "./containers.ts";
import type { NoSuchProgram } from "./execute.ts";

/**
 * The container of a pod in which a program is to run; `""`: the default one, of which `told` tells unless `quiet`.
 * Models kubectl pkg/cmd/exec/exec.go ExecOptions.Run.
 */
export function execContainer(
  pod: Pod,
  name: string,
  quiet: boolean,
  context: CommandContext,
  told = context.streams.err,
): Container {
  if (isFinished(pod))
    throw new CommandError(`cannot exec into a container in a completed pod; current phase is ${pod.status!.phase}`);
  if (name !== "" && !findContainer(pod, name))
    throw new CommandError(
      `container ${name} is not valid for pod ${pod.metadata.name} out of: ${containerNames(pod)}`,
    );
  return chooseContainer(pod, name, quiet, context, told);
}

/** Models pkg/kubelet/server/server.go (getExec) as it reaches the client through the upgrade of the connection. */
export function requireRunning(pod: Pod, container: string): void {
  if (!pod.spec?.nodeName)
    throw new CommandError(`unable to upgrade connection: pod ${pod.metadata.name} does not have a host assigned`);
  if (!isRunning(pod, container))
    throw new CommandError(`unable to upgrade connection: container not found ("${container}")`);
}

/** Models client-go tools/remotecommand/v4.go (errorDecoderV4): printed without `error: ` before it. */
export function terminated(status: number): ProgramExit {
  return new ProgramExit(`command terminated with exit code ${status}`, status);
}

/**
 * What the node's runtime says when it cannot start a program. containerd's comes as an internal error, told once by its streaming
 * server and once by the API server's translation to websockets (kubernetes staging/src/k8s.io/apiserver pkg/util/proxy
 * streamtranslator.go); dockerd prints it on the stream and exits with 127 (moby daemon/errors.go).
 */
export async function notStarted(
  error: NoSuchProgram,
  pod: Pod,
  context: CommandContext,
  out: (text: string) => void = (text) => context.streams.out.write(text),
): Promise<CommandError> {
  const why = `OCI runtime exec failed: exec failed: unable to start container process: ${error.message}: unknown`;
  const node = await context.client.get("nodes", "", pod.spec?.nodeName ?? "");
  const info = (node.status as { nodeInfo?: { containerRuntimeVersion?: string } } | undefined)?.nodeInfo;
  if (info?.containerRuntimeVersion?.startsWith("docker://")) {
    out(`${why}\r\n`);
    return terminated(127);
  }
  const { execId } = await import("./exec-id.ts");
  const id = await execId(pod, context);
  return new CommandError(
    `Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${id}": ${why}`,
  );
}
