import { type CommandContext, CommandError, type Invocation } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";
import { filenameOptions } from "../resources/files.ts";
import { findResources } from "../resources/find.ts";
import type { FoundResources } from "../resources/query.ts";

export interface RolloutOptions {
  args: string[];
  flags: FlagValues;
}

export function completeRollout({ args, flags }: Invocation, context: CommandContext): RolloutOptions {
  context.checkNamespace();
  return { args, flags };
}

/** Throws CommandError when nothing is named. */
export function requireResource({ args, flags }: RolloutOptions): void {
  const { filenames, kustomize } = filenameOptions(flags);
  if (args.length === 0 && filenames.length === 0 && kustomize === "") {
    throw new CommandError("required resource not specified");
  }
}

/** The same, and for a --revision that is none. */
export function requireResourceAndRevision(options: RolloutOptions): void {
  requireResource(options);
  const revision = options.flags.int("revision");
  if (revision < 0) throw new CommandError(`revision must be a positive integer: ${revision}`);
}

/** What the `rollout` commands work on. */
export function findForRollout({ args, flags }: RolloutOptions, context: CommandContext): FoundResources {
  return findResources(
    {
      args,
      files: filenameOptions(flags),
      namespace: context.namespace,
      enforceNamespace: context.namespaceGiven,
      labelSelector: flags.string("selector"),
      allowEmptySelector: true,
      continueOnError: true,
      latest: true,
      flatten: true,
      typed: true,
    },
    context,
  );
}
