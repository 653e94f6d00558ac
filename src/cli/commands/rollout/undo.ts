import type { Json } from "../../../api/json.ts";
import { OWN_ANNOTATIONS, sameTemplate, withoutHash } from "../../../api/kinds/deployment/replica-sets.ts";
import { LAST_APPLIED } from "../../../api/meta/last-applied.ts";
import type { KubeObject } from "../../../api/object.ts";
import type { Deployment } from "../../../api/types/apps.ts";
import { type CommandContext, CommandError, defineCommand } from "../../command.ts";
import { messageOf } from "../../errors.ts";
import { type DryRun, dryRunOf, operationText } from "../../output/dry-run.ts";
import { objectPrinter } from "../../output/object-printer.ts";
import type { ResourceInfo } from "../../resources/visitor.ts";
import { findForRollout, type RolloutOptions, requireResource } from "../../rollout/find.ts";
import { type Revision, revisionsOf, templateText } from "../../rollout/history.ts";

interface UndoOptions extends RolloutOptions {
  dryRun: DryRun;
  toRevision: number;
}

/** `rollout undo`. Models kubectl pkg/cmd/rollout/rollout_undo.go and pkg/polymorphichelpers/rollback.go. */
export default defineCommand<UndoOptions>({
  complete({ args, flags }, context) {
    const dryRun = dryRunOf(flags, context);
    context.checkNamespace();
    return { args, flags, dryRun, toRevision: flags.int("to-revision") };
  },
  validate: requireResource,
  async run(options, context) {
    await findForRollout(options, context).visit(async (info, error) => {
      if (error !== undefined) throw error;
      const object = info!.object as KubeObject;
      if (object.metadata.annotations?.[LAST_APPLIED] !== undefined) {
        context.streams.err.write(
          `Warning: resource ${info!.mapping!.info.resource}/${info!.name} was previously managed with 'kubectl apply'. Rolling back will not update the ${LAST_APPLIED} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.\n`,
        );
      }
      const result = await rollBack(info!, options, context);
      const print = await objectPrinter(options.flags, context, operationText(result, options.dryRun), "typed");
      await print(object);
    });
  },
});

/** Rolls one workload back; the end of the sentence that tells of it. */
async function rollBack(info: ResourceInfo, options: UndoOptions, context: CommandContext): Promise<string> {
  const { toRevision, dryRun } = options;
  const revisions = await revisionsOf(info, { name: "rollbacker", task: "rollbacker" }, context);
  const deployment = info.mapping!.info.kind === "Deployment";
  const target = targetOf(revisions, toRevision, deployment ? info.name : undefined);
  const object = info.object as Deployment;
  if (dryRun === "client") {
    const text = await templateText(target.template, context);
    return deployment ? text : `will roll back to ${text}`;
  }
  if (deployment && object.spec?.paused) {
    throw new CommandError(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  }
  if (sameTemplate(target.template, object.spec!.template)) {
    return `skipped rollback (current template already matches revision ${toRevision})`;
  }
  const { resource } = info.mapping!;
  const write = { dryRun: dryRun === "server" };
  try {
    if (deployment) {
      await context.client.patch(resource, info.namespace, info.name, "json", deploymentPatch(object, target), write);
    } else {
      const patch = { spec: { template: { $patch: "replace", ...target.template } } } as unknown as Json;
      await context.client.patch(resource, info.namespace, info.name, "strategic", patch, write);
    }
  } catch (error) {
    throw new CommandError(`failed restoring revision ${toRevision}: ${messageOf(error)}`);
  }
  return "rolled back";
}

/** The revision of that number; of number 0 the one before the last. `deployment` is the name of one. */
function targetOf(revisions: readonly Revision[], number: number, deployment: string | undefined): Revision {
  if (number === 0) {
    const previous = revisions[revisions.length - 2];
    if (previous) return previous;
    throw new CommandError(
      deployment === undefined
        ? "no last revision to roll back to"
        : `no rollout history found for deployment "${deployment}"`,
    );
  }
  const found = revisions.find((revision) => revision.number === number);
  if (!found) throw new CommandError(`unable to find specified revision ${number} in history`);
  return found;
}

function deploymentPatch(deployment: Deployment, { template, annotations }: Revision): Json {
  const kept = (own: boolean, from: Record<string, string> = {}) =>
    Object.fromEntries(Object.entries(from).filter(([key]) => OWN_ANNOTATIONS.includes(key) === own));
  return [
    { op: "replace", path: "/spec/template", value: withoutHash(template) as unknown as Json },
    {
      op: "replace",
      path: "/metadata/annotations",
      value: { ...kept(true, deployment.metadata.annotations), ...kept(false, annotations) },
    },
  ];
}
