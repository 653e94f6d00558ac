import type { KubeObject } from "../../api/object.ts";
import { type Command, type CommandContext, CommandError, defineCommand } from "../command.ts";
import { AggregateFailure, messageOf } from "../errors.ts";
import { objectPrinter } from "../output/object-printer.ts";
import { isEmptyPatch, patchOf } from "../patch-objects.ts";
import { groupResourceText } from "../resources/mapping.ts";
import type { ResourceInfo } from "../resources/visitor.ts";
import { completeRollout, findForRollout, type RolloutOptions, requireResource } from "./find.ts";

export interface RolloutChange {
  /** `restarted`. */
  done: string;
  /** Changes a private copy; throws CommandError with the end of the sentence where that cannot be. */
  change(object: KubeObject, now: number): void;
  /** The text when nothing is different. */
  unchanged(name: string): CommandError;
}

/** `rollout pause`, `resume` and `restart`. Models kubectl pkg/cmd/rollout/rollout_restart.go and its like. */
export function rolloutChange(what: RolloutChange): Command<RolloutOptions> {
  return defineCommand<RolloutOptions>({
    complete: completeRollout,
    validate: requireResource,
    async run(options, context) {
      const infos: ResourceInfo[] = [];
      const errors: unknown[] = [];
      try {
        await findForRollout(options, context).infos(infos);
      } catch (error) {
        errors.push(error);
      }
      if (infos.length === 0 && errors.length === 0) {
        context.streams.err.write(`No resources found in ${context.namespace} namespace.\n`);
      }
      for (const info of infos) {
        try {
          await changeOne(info, what, options, context);
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw new AggregateFailure(errors);
    },
  });
}

async function changeOne(
  info: ResourceInfo,
  what: RolloutChange,
  { flags }: RolloutOptions,
  context: CommandContext,
): Promise<void> {
  const patch = await patchOf(info, (copy) => {
    try {
      what.change(copy, context.clock.now());
    } catch (error) {
      throw new CommandError(`error: ${groupResourceText(info.mapping!)} "${info.name}" ${messageOf(error)}`);
    }
    return copy;
  });
  if (isEmptyPatch(patch)) throw what.unchanged(info.name);
  const { resource } = info.mapping!;
  let patched: KubeObject;
  try {
    patched = await context.client.patch(resource, info.namespace, info.name, "strategic", patch.patch, {
      fieldManager: flags.string("field-manager"),
    });
  } catch (error) {
    throw new CommandError(`failed to patch: ${messageOf(error)}`);
  }
  await (await objectPrinter(flags, context, what.done, "typed"))(patched);
}
