import type { CommandContext } from "./command.ts";
import type { FlagValues } from "./flags/values.ts";
import { parseTimeout } from "./kubeconfig/resolve.ts";

/** Seconds after which a server ends a watch at the earliest. Models kube-apiserver --min-request-timeout. */
const SERVER_TIMEOUT = 1800;

/** What ends a watch. Models kubectl pkg/util/interrupt. */
const TERMINATION = ["SIGHUP", "SIGINT", "SIGTERM", "SIGQUIT"] as const;

/**
 * Runs `follow` until what it watches ends: after --request-timeout or the server's own, when the clock is held and nothing more can
 * happen, or with a signal. The exit status is that of kubectl pkg/util/interrupt: 1 for a signal, else 0.
 */
export async function untilInterrupted(
  flags: FlagValues,
  context: CommandContext,
  follow: (limits: { timeoutSeconds: number; signal: AbortSignal }) => Promise<void>,
): Promise<number> {
  const timeout = parseTimeout(flags.string("request-timeout")) / 1000;
  const controller = new AbortController();
  // A held clock never waits for anybody.
  if (!context.clock.virtual) void context.processes.untilInterrupt(TERMINATION).then(() => controller.abort());
  await follow({ timeoutSeconds: timeout === 0 ? SERVER_TIMEOUT : timeout, signal: controller.signal });
  return controller.signal.aborted ? 1 : 0;
}
