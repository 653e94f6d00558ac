import { byAge, newReplicaSetOf } from "../../api/kinds/deployment/replica-sets.ts";
import { fromLabelSelector } from "../../api/meta/label-selector.ts";
import { controllerOf } from "../../api/object.ts";
import type { Deployment, DeploymentSpec, ReplicaSet } from "../../api/types/apps.ts";
import { formatTime, writeAnnotations, writeLabels, writeName, writeShortConditions } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import { writePodTemplate } from "./pod-template.ts";
import type { Describe, DescribePort } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models DeploymentDescriber. */
export const describe: Describe<Deployment> = async (deployment, port) => {
  const { metadata, spec = {} as DeploymentSpec, status = {} } = deployment;
  const sets = await replicaSetsOf(deployment, port);
  const w = new DescribeWriter();
  writeName(w, deployment, true);
  w.field(0, "CreationTimestamp", formatTime(metadata.creationTimestamp, port));
  writeLabels(w, "Labels", metadata.labels);
  writeAnnotations(w, "Annotations", metadata.annotations);
  w.field(0, "Selector", fromLabelSelector(spec.selector).toString());
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0, unavailableReplicas = 0 } = status;
  const counts = `${spec.replicas ?? 0} desired | ${updatedReplicas} updated | ${replicas} total`;
  w.field(0, "Replicas", `${counts} | ${availableReplicas} available | ${unavailableReplicas} unavailable`);
  w.field(0, "StrategyType", spec.strategy?.type ?? "");
  w.field(0, "MinReadySeconds", spec.minReadySeconds ?? 0);
  const rolling = spec.strategy?.rollingUpdate;
  if (rolling) {
    const { maxUnavailable = "<nil>", maxSurge = "<nil>" } = rolling;
    w.field(0, "RollingUpdateStrategy", `${maxUnavailable} max unavailable, ${maxSurge} max surge`);
  }
  writePodTemplate(w, spec.template, port);
  writeShortConditions(w, status.conditions);
  if (sets.length > 0) {
    const current = newReplicaSetOf(deployment, sets);
    w.field(0, "OldReplicaSets", setsText(sets.filter((set) => set.metadata.uid !== current?.metadata.uid)));
    w.field(0, "NewReplicaSet", setsText(current ? [current] : []));
  }
  await writeEventsOf(w, deployment, port);
  return w.text();
};

/** The oldest first. Models listReplicaSets of kubectl pkg/util/deployment; none when the server has no answer. */
async function replicaSetsOf(deployment: Deployment, port: DescribePort): Promise<ReplicaSet[]> {
  const { uid, namespace = "" } = deployment.metadata;
  try {
    const labelSelector = fromLabelSelector(deployment.spec?.selector).toString();
    const all = (await port.list("replicasets.apps", namespace, { labelSelector })) as ReplicaSet[];
    return all.filter((set) => controllerOf(set)?.uid === uid).sort(byAge);
  } catch {
    return [];
  }
}

function setsText(sets: readonly ReplicaSet[]): string {
  const texts = sets.map(
    ({ metadata, spec, status }) =>
      `${metadata.name} (${status?.replicas ?? 0}/${spec?.replicas ?? 0} replicas created)`,
  );
  return texts.join(", ") || "<none>";
}
