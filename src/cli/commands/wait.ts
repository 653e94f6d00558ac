import type { KubeObject } from "../../api/object.ts";
import { notFound } from "../../api/status.ts";
import { type CommandContext, CommandError, defineCommand } from "../command.ts";
import { isNotFound, withoutErrors } from "../errors.ts";
import type { FlagValues } from "../flags/values.ts";
import { follow } from "../follow.ts";
import { objectPrinter, type PrintObject } from "../output/object-printer.ts";
import { findByFlags } from "../resources/by-flags.ts";
import type { ResourceInfo } from "../resources/visitor.ts";
import { type Condition, parseConditions } from "../wait-conditions.ts";

interface WaitOptions {
  args: string[];
  flags: FlagValues;
  conditions: Condition[];
  /** Milliseconds. */
  timeout: number;
  print: PrintObject;
}

const WEEK = 168 * 60 * 60 * 1000;
const TIMED_OUT = "timed out waiting for the condition";
/** What client-go makes of a request when the time is over. */
const NO_TIME_LEFT = "client rate limiter Wait returned an error: context deadline exceeded";

/** When all of them are to have been met, in milliseconds since 1970, and whether one has waited until then. */
interface Deadline {
  at: number;
  isOver: boolean;
}

/** `wait`. Models kubectl pkg/cmd/wait/wait.go. */
export default defineCommand<WaitOptions>({
  async complete({ flags, args }, context) {
    const print = await objectPrinter(flags, context, "condition met");
    context.checkConfig();
    const timeout = flags.duration("timeout");
    const conditions = await parseConditions(flags.list("for"));
    return { args, flags, print, conditions, timeout: timeout < 0 ? WEEK : timeout };
  },
  async run(options, context) {
    const deadline: Deadline = { at: context.clock.now() + options.timeout, isOver: false };
    const { conditions } = options;
    if (conditions.some(({ kind }) => kind === "create")) await waitForCreation(options, deadline.at, context);
    const forDelete = conditions.some(({ kind }) => kind === "delete");
    let count = 0;
    try {
      await findByFlags(options.args, options.flags, {}, context).visit(async (info, error) => {
        if (error !== undefined) throw error;
        count++;
        for (const condition of conditions) {
          await options.print(await meet(condition, info!, options.timeout, deadline, context));
        }
      });
    } catch (error) {
      const left = forDelete ? withoutErrors(error, isNotFound) : error;
      if (left !== undefined) throw left;
    }
    if (count === 0 && !forDelete) throw new CommandError("no matching resources found");
  },
});

async function waitForCreation(options: WaitOptions, end: number, context: CommandContext): Promise<void> {
  for (;;) {
    let found = false;
    try {
      await findByFlags(options.args, options.flags, {}, context).visit((_, error) => {
        if (error !== undefined) throw error;
        found = true;
      });
      if (found) return;
    } catch (error) {
      // One that several visitors have gathered is no NotFound, be it made of nothing else.
      if (!isNotFound(error)) throw error;
    }
    const left = end - context.clock.now();
    if (left <= 0) throw new CommandError(TIMED_OUT);
    await context.flush();
    await context.clock.sleep(Math.min(500, left));
  }
}

/** The object that meets the condition; throws CommandError when none does in time. */
async function meet(
  condition: Condition,
  info: ResourceInfo,
  timeout: number,
  deadline: Deadline,
  context: CommandContext,
): Promise<KubeObject> {
  if (condition.kind === "create") return info.object as KubeObject;
  const { resource, info: kind } = info.mapping!;
  const name = `${kind.resource}/${info.name}`;
  if (timeout === 0) {
    const now = await getOrNothing(info, context);
    if (condition.kind === "delete") {
      if (!now) return info.object as KubeObject;
    } else {
      if (!now) throw notFound({ group: kind.group, resource: kind.resource }, info.name);
      if (condition.met(now)) return now;
    }
    throw new CommandError(`condition not met for ${name}`);
  }
  // Here a request is the first thing that finds the time to be over.
  if (deadline.isOver && condition.kind === "delete") throw new CommandError(NO_TIME_LEFT);
  let first = true;
  let last = info.object as KubeObject;
  const left = Math.max(0, deadline.at - context.clock.now());
  for await (const now of follow(resource, info.namespace, info.name, left, context)) {
    if (condition.kind === "delete") {
      if (!now || now.metadata.uid !== last.metadata.uid) return last;
    } else if (now) {
      last = now;
      if (condition.met(now)) return now;
    } else if (first) throw notFound({ group: kind.group, resource: kind.resource }, info.name);
    first = false;
  }
  deadline.isOver = true;
  throw new CommandError(`${TIMED_OUT} on ${name}`);
}

async function getOrNothing(info: ResourceInfo, { client }: CommandContext): Promise<KubeObject | undefined> {
  try {
    return await client.get(info.mapping!.resource, info.namespace, info.name);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
