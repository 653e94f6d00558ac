import { isFinished } from "../../api/kinds/pod/state.ts";
import type { KubeObject } from "../../api/object.ts";
import type { Pod } from "../../api/types/core.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { AggregateFailure, isNotFound, messageOf } from "../errors.ts";
import type { FlagValues } from "../flags/values.ts";
import { listInChunks } from "../resources/list-in-chunks.ts";

/** What is to be done with one pod of the node; `warning` and `refusal` are told with the pod's name. */
interface Verdict {
  leave?: boolean;
  warning?: string;
  refusal?: string;
}

/** The pods of a node that must go, and the text of the warnings. Throws an aggregate of the refusals. Models kubectl pkg/drain/filters.go. */
export async function podsToDrain(
  node: string,
  flags: FlagValues,
  context: CommandContext,
): Promise<{ pods: Pod[]; refused: AggregateFailure | undefined; warnings: string }> {
  const labelSelector = flags.string("pod-selector");
  const selectors = { labelSelector, fieldSelector: `spec.nodeName=${node}` };
  const items = await listInChunks(context.client, "pods", selectors, flags.int("chunk-size"));
  const pods: Pod[] = [];
  const warnings = new Map<string, string[]>();
  const refusals = new Map<string, string[]>();
  for (const item of items) {
    const pod: Pod = { ...(item as Pod), apiVersion: "v1", kind: "Pod" };
    const { leave, warning, refusal } = await judge(pod, flags, context);
    const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
    if (warning !== undefined) warnings.set(warning, [...(warnings.get(warning) ?? []), name]);
    if (refusal !== undefined) refusals.set(refusal, [...(refusals.get(refusal) ?? []), name]);
    if (!leave && refusal === undefined) pods.push(pod);
  }
  const errors = [...refusals].map(([why, names]) => new CommandError(`cannot delete ${why}: ${names.join(", ")}`));
  return {
    pods,
    refused: errors.length > 0 ? new AggregateFailure(errors) : undefined,
    warnings: [...warnings].map(([text, names]) => `${text}: ${names.join(", ")}`).join("; "),
  };
}

/** The filters in kubectl's order: the last one's warning stays. */
async function judge(pod: Pod, flags: FlagValues, context: CommandContext): Promise<Verdict> {
  if (isLongGone(pod, flags, context)) return { leave: true };
  const finished = isFinished(pod);
  const force = flags.bool("force");
  const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller);
  if (owner?.kind === "DaemonSet" && owner.apiVersion === "apps/v1" && !finished) {
    try {
      await context.client.get("daemonsets.apps", pod.metadata.namespace ?? "", owner.name);
    } catch (error) {
      // The filters after this one let an orphan go, and its warning is lost with them.
      if (!(isNotFound(error) && force)) return { refusal: messageOf(error) };
      return {};
    }
    if (!flags.bool("ignore-daemonsets")) {
      return { refusal: "DaemonSet-managed Pods (use --ignore-daemonsets to ignore)" };
    }
    return { leave: true, warning: "ignoring DaemonSet-managed Pods" };
  }
  if (Object.hasOwn(pod.metadata.annotations ?? {}, "kubernetes.io/config.mirror")) return { leave: true };
  if (finished) return {};
  const local = (pod.spec?.volumes ?? []).some((volume) => volume.emptyDir);
  if (local && !flags.bool("delete-emptydir-data")) {
    return { refusal: "Pods with local storage (use --delete-emptydir-data to override)" };
  }
  if (owner) return {};
  if (force) return { warning: "deleting Pods that declare no controller" };
  return { refusal: "Pods that declare no controller (use --force to override)" };
}

/** True for a pod that `--skip-wait-for-delete-timeout` gives up. */
export function isLongGone({ metadata }: KubeObject, flags: FlagValues, { clock }: CommandContext): boolean {
  const seconds = flags.int("skip-wait-for-delete-timeout");
  const since = metadata.deletionTimestamp;
  return seconds > 0 && since !== undefined && Math.trunc((clock.now() - Date.parse(since)) / 1000) > seconds;
}
