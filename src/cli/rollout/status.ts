import { revisionOf } from "../../api/kinds/deployment/replica-sets.ts";
import type { KubeObject } from "../../api/object.ts";
import type { DaemonSet, Deployment, StatefulSet } from "../../api/types/apps.ts";
import { CommandError } from "../command.ts";
import type { Mapping } from "../resources/mapping.ts";

export interface RolloutStatus {
  /** With its line end. */
  text: string;
  done: boolean;
}

/**
 * How a kind tells of its rollout. Throws CommandError for a kind that has none; what it returns throws CommandError when the rollout
 * has failed. Models kubectl pkg/polymorphichelpers/rollout_status.go.
 */
export function statusViewer({ info }: Mapping): (object: KubeObject, revision: number) => RolloutStatus {
  if (info.group === "apps") {
    if (info.kind === "Deployment") return (object, revision) => deploymentStatus(object as Deployment, revision);
    if (info.kind === "DaemonSet") return (object) => daemonSetStatus(object as DaemonSet);
    if (info.kind === "StatefulSet") return (object) => statefulSetStatus(object as StatefulSet);
  }
  const kind = info.group === "" ? info.kind : `${info.kind}.${info.group}`;
  throw new CommandError(`no status viewer has been implemented for ${kind}`);
}

const waiting = (text: string): RolloutStatus => ({ text: `${text}\n`, done: false });
const finished = (text: string): RolloutStatus => ({ text: `${text}\n`, done: true });

function deploymentStatus({ metadata, spec, status }: Deployment, revision: number): RolloutStatus {
  const { name, generation = 0 } = metadata;
  if (revision > 0) {
    const running = revisionOf({ metadata });
    if (revision !== running) {
      throw new CommandError(`desired revision (${revision}) is different from the running revision (${running})`);
    }
  }
  if (generation > (status?.observedGeneration ?? 0)) {
    return waiting("Waiting for deployment spec update to be observed...");
  }
  const progressing = status?.conditions?.find(({ type }) => type === "Progressing");
  if (progressing?.reason === "ProgressDeadlineExceeded") {
    throw new CommandError(`deployment "${name}" exceeded its progress deadline`);
  }
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0 } = status ?? {};
  const wanted = spec?.replicas;
  const begin = `Waiting for deployment "${name}" rollout to finish:`;
  if (wanted !== undefined && updatedReplicas < wanted) {
    return waiting(`${begin} ${updatedReplicas} out of ${wanted} new replicas have been updated...`);
  }
  if (replicas > updatedReplicas) {
    return waiting(`${begin} ${replicas - updatedReplicas} old replicas are pending termination...`);
  }
  if (availableReplicas < updatedReplicas) {
    return waiting(`${begin} ${availableReplicas} of ${updatedReplicas} updated replicas are available...`);
  }
  return finished(`deployment "${name}" successfully rolled out`);
}

/** kubectl names the strategy of StatefulSets for DaemonSets too; the word is the same. */
function requireRollingUpdate(type: string | undefined): void {
  if (type === "RollingUpdate") return;
  throw new CommandError("rollout status is only available for RollingUpdate strategy type");
}

function daemonSetStatus({ metadata, spec, status }: DaemonSet): RolloutStatus {
  requireRollingUpdate(spec?.updateStrategy?.type);
  if ((metadata.generation ?? 0) > (status?.observedGeneration ?? 0)) {
    return waiting("Waiting for daemon set spec update to be observed...");
  }
  const { updatedNumberScheduled = 0, desiredNumberScheduled = 0, numberAvailable = 0 } = status ?? {};
  const begin = `Waiting for daemon set "${metadata.name}" rollout to finish:`;
  if (updatedNumberScheduled < desiredNumberScheduled) {
    return waiting(`${begin} ${updatedNumberScheduled} out of ${desiredNumberScheduled} new pods have been updated...`);
  }
  if (numberAvailable < desiredNumberScheduled) {
    return waiting(`${begin} ${numberAvailable} of ${desiredNumberScheduled} updated pods are available...`);
  }
  return finished(`daemon set "${metadata.name}" successfully rolled out`);
}

function statefulSetStatus({ metadata, spec, status }: StatefulSet): RolloutStatus {
  requireRollingUpdate(spec?.updateStrategy?.type);
  const { observedGeneration = 0, readyReplicas = 0, updatedReplicas = 0 } = status ?? {};
  if (observedGeneration === 0 || (metadata.generation ?? 0) > observedGeneration) {
    return waiting("Waiting for statefulset spec update to be observed...");
  }
  const wanted = spec?.replicas;
  if (wanted !== undefined && readyReplicas < wanted) {
    return waiting(`Waiting for ${wanted - readyReplicas} pods to be ready...`);
  }
  const rolling = spec?.updateStrategy?.rollingUpdate;
  if (rolling) {
    const due = (wanted ?? 0) - (rolling.partition ?? 0);
    if (wanted !== undefined && rolling.partition !== undefined && updatedReplicas < due) {
      return waiting(
        `Waiting for partitioned roll out to finish: ${updatedReplicas} out of ${due} new pods have been updated...`,
      );
    }
    return finished(`partitioned roll out complete: ${updatedReplicas} new pods have been updated...`);
  }
  const { updateRevision = "", currentRevision = "", currentReplicas = 0 } = status ?? {};
  if (updateRevision !== currentRevision) {
    return waiting(
      `waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${updateRevision}...`,
    );
  }
  return finished(`statefulset rolling update complete ${currentReplicas} pods at revision ${currentRevision}...`);
}
