import { ApiError } from "../api/status.ts";
import type { Propagation } from "../api/writes.ts";
import { type CommandContext, CommandError } from "./command.ts";
import { addSource, isNotFound, withoutErrors } from "./errors.ts";
import { ConvertError, parseBool } from "./flags/convert.ts";
import type { FlagValues } from "./flags/values.ts";
import { waitFor } from "./follow.ts";
import { type DryRun, operationText } from "./output/dry-run.ts";
import { requireName } from "./resources/helper.ts";
import type { ResourceInfo, Visitor } from "./resources/visitor.ts";

export interface DeleteOptions {
  ignoreNotFound: boolean;
  /** Seconds; -1 leaves it to the server. */
  gracePeriod: number;
  cascade: Propagation;
  dryRun: DryRun;
  /** `name`, or "" for a sentence. */
  output: string;
  quiet: boolean;
  wait: boolean;
  /** Milliseconds; 0 is as long as it takes. */
  timeout: number;
  /** A namespace was given, which cluster-scoped objects do not have. */
  warnClusterScope: boolean;
  /** When given, only these go. */
  only?: (info: ResourceInfo) => boolean;
}

/** Reads --cascade. Throws CommandError. Models kubectl pkg/cmd/delete/delete_flags.go (parseCascadingFlag). */
export function cascadeOf(flags: FlagValues, context: Pick<CommandContext, "streams">): Propagation {
  const value = flags.string("cascade");
  const found = { orphan: "Orphan", foreground: "Foreground", background: "Background" } as const;
  let on: boolean;
  try {
    on = parseBool(value);
  } catch (error) {
    if (!(error instanceof ConvertError)) throw error;
    if (Object.hasOwn(found, value)) return found[value as keyof typeof found];
    throw new CommandError(`invalid cascade value (${value}). Must be "background", "foreground", or "orphan"`);
  }
  const name = on ? "background" : "orphan";
  context.streams.err.write(
    `warning: --cascade=${value} is deprecated (boolean value) and can be replaced with --cascade=${name}.\n`,
  );
  return found[name];
}

/**
 * Deletes what `visit` finds, tells of each, and waits until they have gone.
 * Models kubectl pkg/cmd/delete/delete.go (DeleteResult).
 */
export async function deleteObjects(visit: Visitor, options: DeleteOptions, context: CommandContext): Promise<void> {
  const gone: { info: ResourceInfo; uid: string }[] = [];
  let found = 0;
  let warn = options.warnClusterScope;
  try {
    await visit(async (info, error) => {
      if (error !== undefined) throw error;
      if (options.only && !options.only(info!)) return;
      found++;
      if (warn && !info!.mapping!.info.namespaced) {
        context.warn("deleting cluster-scoped resources, not scoped to the provided namespace");
        warn = false;
      }
      if (options.dryRun !== "client") gone.push({ info: info!, uid: await deleteOne(info!, options, context) });
      if (!options.quiet) context.streams.out.write(sentence(info!, options));
    });
  } catch (error) {
    const left = withoutErrors(error, (one) => options.ignoreNotFound && isNotFound(one));
    if (left !== undefined) throw left;
  }
  if (found === 0) context.streams.out.write("No resources found\n");
  else if (options.wait && options.dryRun === "none") await waitUntilGone(gone, options.timeout, context);
}

/** The uid of what was deleted. */
async function deleteOne(info: ResourceInfo, options: DeleteOptions, { client }: CommandContext): Promise<string> {
  try {
    requireName(info.name);
    const object = await client.delete(info.mapping!.resource, info.namespace, info.name, {
      dryRun: options.dryRun === "server",
      propagationPolicy: options.cascade,
      ...(options.gracePeriod >= 0 ? { gracePeriodSeconds: options.gracePeriod } : {}),
    });
    return object.metadata.uid ?? "";
  } catch (error) {
    throw addSource("deleting", info.source, error);
  }
}

/** `deployment.apps`: a kind as these texts name it. */
export function kindText(info: ResourceInfo): string {
  const { kind, group } = info.mapping!.info;
  return group === "" ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
}

function sentence(info: ResourceInfo, options: DeleteOptions): string {
  if (options.output === "name") return `${kindText(info)}/${info.name}\n`;
  const deleted = options.gracePeriod === 0 ? "force deleted" : "deleted";
  const where = info.mapping!.info.namespaced ? ` from ${info.namespace} namespace` : "";
  return `${kindText(info)} "${info.name}" ${operationText(`${deleted}${where}`, options.dryRun)}\n`;
}

/** Models kubectl pkg/cmd/wait/delete.go (IsDeleted). */
async function waitUntilGone(
  gone: readonly { info: ResourceInfo; uid: string }[],
  timeout: number,
  context: CommandContext,
): Promise<void> {
  const end = timeout === 0 ? Infinity : context.clock.now() + timeout;
  for (const { info, uid } of gone) {
    const { resource, info: kind } = info.mapping!;
    const of = { resource, namespace: info.namespace, name: info.name };
    try {
      await context.client.get(resource, info.namespace, info.name);
    } catch (error) {
      if (isNotFound(error) || isMethodNotSupported(error)) continue;
      throw error;
    }
    const left = end === Infinity ? Infinity : end - context.clock.now();
    const reached = await waitFor(
      { ...of, timeout: left },
      (now) => now === undefined || now.metadata.uid !== uid,
      context,
    );
    if (!reached) throw new CommandError(`timed out waiting for the condition on ${kind.resource}/${info.name}`);
  }
}

/** A kind that cannot be read cannot be waited for. */
function isMethodNotSupported(error: unknown): boolean {
  return error instanceof ApiError && error.reason === "MethodNotAllowed";
}
