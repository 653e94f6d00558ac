import { clone, isObject, type JsonObject } from "../../api/json.ts";
import { REVISION } from "../../api/kinds/deployment/replica-sets.ts";
import { TRIGGER_TIME } from "../../api/kinds/endpointslice/marks.ts";
import { LAST_APPLIED } from "../../api/meta/last-applied.ts";
import type { KubeObject } from "../../api/object.ts";

/** Metadata that a cluster writes. */
const CLUSTER_METADATA = [
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "managedFields",
  "ownerReferences",
  "selfLink",
];

const CLUSTER_ANNOTATIONS = [
  REVISION,
  LAST_APPLIED,
  TRIGGER_TIME,
  "pv.kubernetes.io/bind-completed",
  "pv.kubernetes.io/bound-by-controller",
  "volume.kubernetes.io/storage-provisioner",
  "batch.kubernetes.io/job-tracking",
];

/** Labels that the Job controller writes into a Job's selector and its pods. */
const JOB_LABELS = ["controller-uid", "job-name", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name"];

/**
 * An object as somebody would have written it: without status and without what a cluster writes into metadata and pods. Addresses and
 * node ports stay; see `withoutChosenAddresses`.
 */
export function portable(object: KubeObject): KubeObject {
  const copy = clone(object);
  delete copy.status;
  const { metadata } = copy as unknown as { metadata: JsonObject };
  for (const field of CLUSTER_METADATA) delete metadata[field];
  if (metadata.generateName !== undefined && metadata.name !== undefined) delete metadata.generateName;
  dropKeys(metadata, "annotations", CLUSTER_ANNOTATIONS);
  const spec = (isObject(copy.spec) ? copy.spec : undefined) as JsonObject | undefined;
  switch (copy.kind) {
    case "Pod":
      if (spec) cleanPod(spec);
      break;
    case "Job":
      if (spec) cleanJob(copy as unknown as JsonObject, spec);
      break;
    case "Namespace":
      delete copy.spec;
      dropKeys(metadata, "labels", ["kubernetes.io/metadata.name"]);
      break;
    case "ServiceAccount":
      delete copy.secrets;
      break;
    case "PersistentVolumeClaim":
      if (spec) delete spec.volumeName;
      break;
    case "PersistentVolume":
      // A claim that somebody reserved a volume for stays, the mark of a binding goes.
      if (isObject(spec?.claimRef)) for (const field of ["uid", "resourceVersion"]) delete spec.claimRef[field];
      break;
  }
  const template = spec && isObject(spec.template) ? spec.template : undefined;
  if (template && isObject(template.metadata) && template.metadata.creationTimestamp === null)
    delete template.metadata.creationTimestamp;
  return copy;
}

function dropKeys(parent: JsonObject, field: string, keys: readonly string[]): void {
  const map = parent[field];
  if (!isObject(map)) return;
  for (const key of keys) delete map[key];
  if (Object.keys(map).length === 0) delete parent[field];
}

/** The node, the token that admission mounts, and what it reads off the PriorityClass: another cluster refuses other numbers. */
function cleanPod(spec: JsonObject): void {
  for (const field of ["nodeName", "priority", "preemptionPolicy"]) delete spec[field];
  const isToken = (entry: unknown) => isObject(entry) && String(entry.name ?? "").startsWith("kube-api-access-");
  const without = (parent: JsonObject, field: string) => {
    const list = parent[field];
    if (!Array.isArray(list)) return;
    parent[field] = list.filter((entry) => !isToken(entry));
    if ((parent[field] as unknown[]).length === 0) delete parent[field];
  };
  without(spec, "volumes");
  for (const field of ["containers", "initContainers"])
    for (const container of Array.isArray(spec[field]) ? (spec[field] as unknown[]) : [])
      if (isObject(container)) without(container, "volumeMounts");
}

function cleanJob(job: JsonObject, spec: JsonObject): void {
  if (spec.manualSelector !== true) delete spec.selector;
  if (isObject(job.metadata)) dropKeys(job.metadata, "labels", JOB_LABELS);
  const template = isObject(spec.template) ? spec.template : undefined;
  if (template && isObject(template.metadata)) dropKeys(template.metadata, "labels", JOB_LABELS);
}

/** What of a Service's addresses somebody has chosen: read off who owns the fields. */
export function withoutChosenAddresses(original: KubeObject, copy: KubeObject): KubeObject {
  const spec = isObject(copy.spec) ? (copy.spec as JsonObject) : undefined;
  if (copy.kind !== "Service" || copy.apiVersion !== "v1" || !spec) return copy;
  const owned = ownedSpecs(original);
  const owns = (field: string) => owned.some((fields) => Object.hasOwn(fields, `f:${field}`));
  if (spec.clusterIP !== "None" && !owns("clusterIP")) {
    delete spec.clusterIP;
    delete spec.clusterIPs;
  } else if (!owns("clusterIPs")) delete spec.clusterIPs;
  for (const field of ["ipFamilies", "ipFamilyPolicy", "healthCheckNodePort"]) if (!owns(field)) delete spec[field];
  for (const port of Array.isArray(spec.ports) ? spec.ports : []) {
    if (!isObject(port)) continue;
    const key = `k:${JSON.stringify({ port: port.port, protocol: port.protocol ?? "TCP" })}`;
    const chosen = owned.some((fields) => {
      const ports = fields["f:ports"];
      const entry = isObject(ports) ? ports[key] : undefined;
      return isObject(entry) && Object.hasOwn(entry, "f:nodePort");
    });
    if (!chosen) delete port.nodePort;
  }
  return copy;
}

function ownedSpecs(object: KubeObject): JsonObject[] {
  return (object.metadata.managedFields ?? []).flatMap((entry) => {
    const fields = (entry as { fieldsV1?: unknown }).fieldsV1;
    const spec = isObject(fields) ? fields["f:spec"] : undefined;
    return isObject(spec) ? [spec] : [];
  });
}
