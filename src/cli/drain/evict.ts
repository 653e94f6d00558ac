import { goQuote } from "../../api/encoding/go-quote.ts";
import type { JsonObject } from "../../api/json.ts";
import { formatDurationMs } from "../../api/meta/duration.ts";
import { ApiError, notSimulated } from "../../api/status.ts";
import type { Pod } from "../../api/types/core.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { gatherError, isNotFound, messageOf, throwAll } from "../errors.ts";
import { type NodeOptions, tell } from "./nodes.ts";
import { isLongGone } from "./pods.ts";

const RETRY_MS = 5000;
const POLL_MS = 1000;
/** So often an eviction without --timeout is tried while the clock is held: nothing else will ever change. */
const HELD_TRIES = 100;

/**
 * Evicts the pods, or deletes them with --disable-eviction, and waits until they are gone. Throws what could not be done.
 * kubectl evicts at the same time; here one pod comes after the other. Models kubectl pkg/drain/drain.go.
 */
export async function removePods(pods: readonly Pod[], options: NodeOptions, context: CommandContext): Promise<void> {
  const { flags } = options;
  const timeout = flags.duration("timeout");
  const end = timeout === 0 ? Infinity : context.clock.now() + timeout;
  const byEviction = !flags.bool("disable-eviction");
  const errors: unknown[] = [];
  const leaving: Pod[] = [];
  for (const pod of pods) {
    try {
      const gone = byEviction ? await evict(pod, end, options, context) : await remove(pod, options, context);
      if (!gone) leaving.push(pod);
    } catch (error) {
      if (!byEviction) throw error;
      gatherError(errors, error);
    }
  }
  if (byEviction && options.dryRun === "server") return throwAll(errors);
  for (const pod of leaving) {
    if (await waitUntilGone(pod, end, byEviction, options, context)) continue;
    const { name = "", namespace = "" } = pod.metadata;
    const where = `error when waiting for pod ${goQuote(name)} in namespace ${goQuote(namespace)} to terminate: `;
    errors.push(new CommandError(`${byEviction ? where : ""}context deadline exceeded`));
    if (!byEviction) break;
  }
  throwAll(errors);
}

/** True when the pod was gone already. */
async function evict(pod: Pod, end: number, { flags, dryRun }: NodeOptions, context: CommandContext): Promise<boolean> {
  const { name = "", namespace = "" } = pod.metadata;
  const grace = flags.int("grace-period");
  const server = dryRun === "server";
  const what = `error when evicting pods/${goQuote(name)} -n ${goQuote(namespace)}`;
  const body: JsonObject = {
    apiVersion: "policy/v1",
    kind: "Eviction",
    metadata: { name, namespace },
    deleteOptions: grace < 0 ? {} : { gracePeriodSeconds: grace },
  };
  for (let tries = 1; ; tries++) {
    context.streams.out.write(`evicting pod ${namespace}/${name}${server ? " (server dry run)" : ""}\n`);
    if (context.clock.now() >= end) {
      throw new CommandError(`${what}: global timeout reached: ${formatDurationMs(flags.duration("timeout"))}`);
    }
    try {
      await context.client.create("pods", namespace, body, { subresource: "eviction", name, dryRun: server });
      return false;
    } catch (error) {
      if (isNotFound(error)) return true;
      if (!(error instanceof ApiError && error.reason === "TooManyRequests")) {
        throw new CommandError(`${what}: ${messageOf(error)}`);
      }
      context.streams.err.write(`${what} (will retry after 5s): ${messageOf(error)}\n`);
    }
    if (context.clock.virtual && end === Infinity && tries === HELD_TRIES) {
      throw notSimulated("an eviction that is tried for ever; give a --timeout");
    }
    await context.flush();
    await context.clock.sleep(RETRY_MS);
  }
}

async function remove(pod: Pod, { flags, dryRun }: NodeOptions, { client }: CommandContext): Promise<boolean> {
  const grace = flags.int("grace-period");
  const { name = "", namespace = "" } = pod.metadata;
  try {
    await client.delete("pods", namespace, name, {
      dryRun: dryRun === "server",
      ...(grace < 0 ? {} : { gracePeriodSeconds: grace }),
    });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  return false;
}

/** False when the time was over. */
async function waitUntilGone(
  pod: Pod,
  end: number,
  byEviction: boolean,
  { flags, dryRun }: NodeOptions,
  context: CommandContext,
): Promise<boolean> {
  const { name = "", namespace = "", uid } = pod.metadata;
  for (;;) {
    try {
      const now = await context.client.get("pods", namespace, name);
      if (now.metadata.uid === uid) {
        if (isLongGone(now, flags, context)) {
          const seconds = flags.int("skip-wait-for-delete-timeout");
          context.streams.out.write(
            `pod ${goQuote(name)} has DeletionTimestamp older than ${seconds} seconds, skipping\n`,
          );
          return true;
        }
        if (context.clock.now() >= end) return false;
        await context.flush();
        await context.clock.sleep(POLL_MS);
        continue;
      }
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    await tell(pod, byEviction ? "evicted" : "deleted", dryRun, context);
    return true;
  }
}
