import type { KubeObject } from "../../api/object.ts";
import type { Pod } from "../../api/types/core.ts";
import { type CommandContext, CommandError, defineCommand, type Invocation, UsageError } from "../command.ts";
import { isNotFound } from "../errors.ts";
import { namedObject, podRunningTimeout } from "../pod-programs/attachable-pod.ts";
import { type LogOptions, logRequests } from "../pod-programs/log-requests.ts";
import { showLogs } from "../pod-programs/show-logs.ts";

interface Options {
  invocation: Invocation;
  object: KubeObject | Pod[];
  log: LogOptions;
  /** `-c` and a second argument both. */
  twoContainers: boolean;
  sinceTime: string;
}

/** `logs`. Models kubectl pkg/cmd/logs/logs.go. */
export default defineCommand<Options>({
  async complete(invocation, context) {
    const { args, flags, path } = invocation;
    const selector = flags.string("selector");
    const usage = `expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command`;
    if ((args.length === 0 && selector === "") || args.length > 2) throw new UsageError(path, usage);
    if (args.length === 1 && selector !== "")
      throw new UsageError(path, "only a selector (-l) or a POD name is allowed");
    const timeout = podRunningTimeout(path, flags);
    const sinceTime = flags.string("since-time");
    const since = flags.duration("since");
    const log: LogOptions = {
      container: args.length === 2 ? args[1]! : flags.string("container"),
      allContainers: flags.bool("all-containers"),
      allPods: flags.bool("all-pods"),
      follow: flags.bool("follow"),
      previous: flags.bool("previous"),
      timestamps: flags.bool("timestamps"),
      prefix: flags.bool("prefix") || flags.bool("all-pods"),
      ignoreErrors: flags.bool("ignore-errors"),
      limitBytes: flags.int("limit-bytes"),
      mostFollowed: flags.int("max-log-requests"),
      timeout,
      tail: flags.int("tail") !== -1 ? flags.int("tail") : selector !== "" && !flags.changed("tail") ? 10 : undefined,
      sinceTime: sinceTime === "" ? undefined : parseTime(sinceTime),
      sinceSeconds: since === 0 ? undefined : Math.round(since / 1000),
    };
    return {
      invocation,
      object: await findObject(args[0] ?? "", selector, timeout, context),
      log,
      twoContainers: flags.changed("container") && args.length === 2,
      sinceTime,
    };
  },
  validate({ log, twoContainers, sinceTime }) {
    if (sinceTime !== "" && log.sinceSeconds !== undefined)
      throw new CommandError("at most one of `sinceTime` or `sinceSeconds` may be specified");
    if (log.allContainers && log.container !== "")
      throw new CommandError(`--all-containers=true should not be specified with container name ${log.container}`);
    if (twoContainers) throw new CommandError("only one of -c or an inline [CONTAINER] arg is allowed");
    if (log.limitBytes < 0) throw new CommandError("--limit-bytes must be greater than 0");
    if (log.sinceSeconds !== undefined && log.sinceSeconds < 0)
      throw new CommandError("--since must be greater than 0");
    if (log.tail !== undefined && log.tail < -1) throw new CommandError("--tail must be greater than or equal to -1");
  },
  async run({ object, log }, context) {
    const requests = await logRequests(object, log, context);
    if (log.follow && requests.length > 1 && requests.length > log.mostFollowed)
      throw new CommandError(
        `you are attempting to follow ${requests.length} log streams, but maximum allowed concurrency is ${log.mostFollowed}, use --max-log-requests to increase the limit`,
      );
    await showLogs(requests, log, context);
  },
});

async function findObject(
  name: string,
  labelSelector: string,
  timeout: number,
  context: CommandContext,
): Promise<KubeObject | Pod[]> {
  if (name === "") {
    const { items } = await context.client.list("pods", { namespace: context.namespace, labelSelector });
    if (items.length === 0) context.streams.err.write(`No resources found in ${context.namespace} namespace.\n`);
    return items as Pod[];
  }
  try {
    return await namedObject({ name, timeout }, context);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new CommandError(
      `error from server (NotFound): ${(error as Error).message} in namespace "${context.namespace}"`,
    );
  }
}

/** RFC 3339. Models kubectl pkg/util/util.go (ParseRFC3339). */
function parseTime(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time) || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text))
    throw new CommandError(`parsing time "${text}" as "2006-01-02T15:04:05Z07:00": cannot parse "${text}" as "2006"`);
  return time;
}
