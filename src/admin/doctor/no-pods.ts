import { isFinished } from "../../api/kinds/pod/state.ts";
import { formatLabels, selectorFromSet } from "../../api/meta/label-selector.ts";
import { controllerOf } from "../../api/object.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Pod } from "../../api/types/core.ts";
import { about, type Case, type Finding, inNamespace } from "./finding.ts";
import { type Templated, type Workload, workloads } from "./workloads.ts";

/** Why there is no live pod although the selector is right: nobody makes any, or those that were there have ended or go. */
export function withoutPods(subject: Case): Finding | undefined {
  const { snapshot, service, namespace } = subject;
  const labels = service.spec?.selector;
  const selector = selectorFromSet(labels);
  const text = formatLabels(labels);
  const idle = workloads(snapshot, namespace).find((workload) => selector.matches(workload.labels));
  if (idle) return idling(subject, idle, text);
  const matching = snapshot.list<Pod>("pods", namespace).filter((pod) => selector.matches(pod.metadata.labels));
  const pods = matching.map((pod) => `pod/${pod.metadata.name}`).join(", ");
  const show = `kubectl get pods -l ${text}${inNamespace(subject)}`;
  const ended = matching.find(isFinished);
  if (ended)
    return about(
      subject,
      "error",
      "pods-ended",
      `the pods of selector ${text} have ended (${pods}): a Service leads to pods that run`,
      show,
    );
  if (matching.length > 0)
    return about(
      subject,
      "error",
      "pods-being-deleted",
      `the pods of selector ${text} are being deleted (${pods}), and nobody makes new ones`,
      show,
    );
  return undefined;
}

function idling(subject: Case, idle: Workload, text: string): Finding {
  const { ref, kind, name, replicas, object } = idle;
  const flags = inNamespace(subject);
  if (replicas === 0)
    return about(
      subject,
      "error",
      "scaled-to-zero",
      `${ref} is scaled to 0: no pod has ${text}`,
      `kubectl scale ${kind} ${name}${flags} --replicas=1`,
    );
  if (kind === "deployment" && object.spec?.paused)
    return about(
      subject,
      "error",
      "rollout-paused",
      `${ref} is paused: it makes no pods`,
      `kubectl rollout resume ${ref}${flags}`,
    );
  const account = object.spec?.template?.spec?.serviceAccountName;
  if (account && !subject.snapshot.get("serviceaccounts", subject.namespace, account))
    return about(
      subject,
      "error",
      "service-account-missing",
      `${ref} makes no pods: its ServiceAccount ${account} does not exist`,
      `kubectl create serviceaccount ${account}${flags}`,
      ...again(idle, flags),
    );
  const refused = refusalOf(subject.snapshot, object);
  if (refused !== undefined)
    return about(subject, "error", "pods-refused", `${ref} makes no pods: ${refused}`, ...limits(subject, idle));
  if (kind === "daemonset")
    return about(
      subject,
      "error",
      "no-pods-yet",
      `${ref} has no pod: no node is one of those that it asks for`,
      `kubectl get nodes --show-labels`,
    );
  return about(subject, "error", "no-pods-yet", `${ref} has no pod yet`, `kubectl describe ${kind} ${name}${flags}`);
}

/** What the API server said to the controller that wanted to make a pod. */
function refusalOf(snapshot: Snapshot, object: Templated): string | undefined {
  const sets = snapshot
    .list<Templated>("replicasets.apps", object.metadata.namespace ?? "default")
    .filter((set) => controllerOf(set)?.uid === object.metadata.uid);
  for (const { status } of [object, ...sets]) {
    const failure = status?.conditions?.find(({ type }) => type === "ReplicaFailure");
    if (failure?.status === "True") return failure.message;
  }
  return undefined;
}

/** The objects that may forbid a pod; without any the cause may have gone meanwhile. */
function limits(subject: Case, idle: Workload): string[] {
  const { snapshot, namespace } = subject;
  const flags = inNamespace(subject);
  const kinds = ["resourcequotas", "limitranges"].filter((kind) => snapshot.list(kind, namespace).length > 0);
  if (kinds.length > 0) return [`kubectl describe ${kinds.join(",")}${flags}`];
  const restart = again(idle, flags);
  return restart.length > 0 ? restart : [`kubectl describe ${idle.kind} ${idle.name}${flags}`];
}

/** A ReplicaSet that was refused tries again after longer and longer waits; a new one tries at once. */
function again({ kind, ref }: Workload, flags: string): string[] {
  return kind === "deployment" ? [`kubectl rollout restart ${ref}${flags}`] : [];
}
