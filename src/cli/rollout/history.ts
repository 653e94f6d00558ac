import { clone } from "../../api/json.ts";
import { revisionOf } from "../../api/kinds/deployment/replica-sets.ts";
import { fromLabelSelector } from "../../api/meta/label-selector.ts";
import { controllerOf, type KubeObject, type LabelSelector } from "../../api/object.ts";
import type { ControllerRevision, ReplicaSet } from "../../api/types/apps.ts";
import type { PodTemplateSpec } from "../../api/types/core.ts";
import { CHANGE_CAUSE } from "../change-cause.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { portOf } from "../output/describe.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

/** One revision of a workload. */
export interface Revision {
  number: number;
  cause: string;
  template: PodTemplateSpec;
  /** What `-o` prints: the ReplicaSet, or the workload as it would be. */
  object: KubeObject;
  /** Annotations of what holds the revision. */
  annotations: Record<string, string>;
}

/** Kinds that kubectl knows as workloads, beside those with revisions. Models kubectl pkg/apps/kind_visitor.go. */
const VISITED = ["CronJob.batch", "Job.batch", "Pod", "ReplicaSet.apps", "ReplicationController"];

/** Who asks for revisions, as refusals name it. */
export type RevisionUser = { name: "history viewer"; task: "history" } | { name: "rollbacker"; task: "rollbacker" };

/** By number. Throws CommandError for a kind that has no revisions. Models kubectl pkg/polymorphichelpers/history.go. */
export async function revisionsOf(
  info: ResourceInfo,
  viewer: RevisionUser,
  context: CommandContext,
): Promise<Revision[]> {
  const { info: kind } = info.mapping!;
  if (kind.group !== "apps" || !["Deployment", "DaemonSet", "StatefulSet"].includes(kind.kind)) {
    const name = kind.group === "" ? kind.kind : `${kind.kind}.${kind.group}`;
    if (VISITED.includes(name)) throw new CommandError(`no ${viewer.name} has been implemented for "${name}"`);
    throw new CommandError(
      `error retrieving ${viewer.task} for "${name}", no visitor method exists for {${kind.group} ${kind.kind}}`,
    );
  }
  const owner = info.object as KubeObject;
  const selector = fromLabelSelector((owner.spec as { selector?: LabelSelector }).selector).toString();
  const resource = kind.kind === "Deployment" ? "replicasets.apps" : "controllerrevisions.apps";
  const list = await context.client.list(resource, { namespace: info.namespace, labelSelector: selector });
  const owned = list.items.filter((item) => controllerOf(item)?.uid === owner.metadata.uid);
  const revisions =
    kind.kind === "Deployment"
      ? owned.map((item) => ofReplicaSet(item as ReplicaSet))
      : owned.map((item) => ofControllerRevision(item as ControllerRevision, owner));
  return revisions.sort((a, b) => a.number - b.number);
}

function ofReplicaSet(set: ReplicaSet): Revision {
  const annotations = set.metadata.annotations ?? {};
  const cause = annotations[CHANGE_CAUSE] ?? "";
  return { number: revisionOf(set), cause, template: set.spec!.template!, object: set, annotations };
}

function ofControllerRevision(revision: ControllerRevision, owner: KubeObject): Revision {
  const template = clone(
    (revision.data as { spec: { template: PodTemplateSpec & { $patch?: string } } }).spec.template,
  );
  delete template.$patch;
  const annotations = revision.metadata.annotations ?? {};
  const object = { ...owner, spec: { ...(owner.spec as object), template } };
  return { number: revision.revision, cause: annotations[CHANGE_CAUSE] ?? "", template, object, annotations };
}

/** The template as `describe` words it; its columns are tabs, which nothing aligns here. */
export async function templateText(template: PodTemplateSpec, context: CommandContext): Promise<string> {
  const { DescribeWriter } = await import("../../printers/describe/writer.ts");
  const { writePodTemplate } = await import("../../printers/describe/pod-template.ts");
  let text = "";
  const tabs = {
    write(part: string) {
      text += part;
    },
    flush() {},
  };
  writePodTemplate(new DescribeWriter(0, tabs), template, portOf({ showEvents: false, chunkSize: 0 }, context));
  return text;
}
