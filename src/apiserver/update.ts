import { goQuote } from "../api/encoding/go-quote.ts";
import { clone, equal, type JsonObject } from "../api/json.ts";
import { invalidEach, validateObjectMeta, validateObjectMetaUpdate } from "../api/meta/object-meta.ts";
import { nameIsDnsSubdomain, nameIsPathSegment } from "../api/meta/value-rules.ts";
import type { KubeObject } from "../api/object.ts";
import { ApiError, badRequest, conflict, type FieldError, field, invalid, notFound } from "../api/status.ts";
import { admitPodUpdate, admitValid } from "./admission.ts";
import { allocateOnUpdate } from "./allocate.ts";
import { insert, ordered } from "./create.ts";
import { decodeBody, encoded, matchNamespace } from "./decode-body.ts";
import { finishDeletion } from "./delete.ts";
import { dedupOwnerReferences } from "./owner-references.ts";
import { recordOwnershipAsWritten } from "./ownership.ts";
import { contextOf, groupResourceOf, type Request, storedKind } from "./request.ts";
import { rememberUnshown, withoutUnshown, withUnshown } from "./unshown.ts";
import { nextResourceVersion, store } from "./world.ts";

/** A PUT. Models apiserver pkg/registry/generic/registry Store.Update. @throws ApiError */
export async function update(request: Request, name: string, body: JsonObject): Promise<KubeObject> {
  const next = await decodeBody(request, request.trusted ? clone(body) : body, request.behaviour.tellsEmpty);
  checkName(next, name);
  dedupOwnerReferences(request, next);
  const { world, key, namespace, info } = request;
  const previous = world.objects.get(key, namespace, name);
  if (!previous && !CREATED_BY_UPDATES.has(key)) throw notFound(groupResourceOf(info), name);
  matchNamespace(request, next);
  const { uid } = next.metadata;
  const storedUid = previous?.metadata.uid ?? "";
  if (uid && uid !== storedUid)
    throw storageConflict(request, name, `UID in precondition: ${uid}, UID in object meta: ${storedUid}`);
  if (previous) return await replaceStored(request, next, previous);
  delete next.metadata.resourceVersion;
  return await insert(request, next);
}

/** The name in the body is that of the path. Models checkName of apiserver pkg/endpoints/handlers/rest.go. @throws ApiError BadRequest */
export function checkName({ metadata }: KubeObject, name: string): void {
  if (!metadata.name)
    throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
  if (metadata.name !== name)
    throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
}

/** Kinds of which a PUT makes an object that is not there. Models AllowCreateOnUpdate of kubernetes pkg/registry. */
const CREATED_BY_UPDATES = new Set([
  "services",
  "endpoints",
  "events",
  "limitranges",
  "leases.coordination.k8s.io",
  "roles.rbac.authorization.k8s.io",
  "rolebindings.rbac.authorization.k8s.io",
  "clusterroles.rbac.authorization.k8s.io",
  "clusterrolebindings.rbac.authorization.k8s.io",
  "runtimeclasses.node.k8s.io",
]);

/** Where etcd keeps kinds that are not under their own name. Models pkg/kubeapiserver SpecialDefaultResourcePrefixes. */
const STORAGE_PREFIXES: Record<string, string> = {
  replicationcontrollers: "controllers",
  endpoints: "services/endpoints",
  nodes: "minions",
  services: "services/specs",
  "ingresses.networking.k8s.io": "ingress",
};

/** What etcd's storage says of a uid or version that is another's. Models storage.Preconditions.Check and storeerr.InterpretUpdateError. */
export function storageConflict({ info, key, namespace, dryRun }: Request, name: string, differing: string): ApiError {
  const prefix = STORAGE_PREFIXES[key] ?? info.resource;
  const path = [dryRun ? "" : "/registry", prefix, ...(info.namespaced ? [namespace] : []), name].join("/");
  return conflict(
    groupResourceOf(info),
    name,
    `StorageError: invalid object, Code: 4, Key: ${path}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: ${differing}`,
  );
}

/** Puts `next` (a private copy, with defaults) in the place of `previous`: the common end of update, patch and apply. */
export async function replaceStored(
  request: Request,
  next: KubeObject,
  before: KubeObject,
  /** For a server-side apply, which has worked the owners out already. */
  owned = false,
): Promise<KubeObject> {
  const { world, info, key, behaviour } = request;
  const previous = withUnshown(request, before);
  const shownBefore = withoutUnshown(request, before);
  matchNamespace(request, next);
  checkVersion(request, next.metadata.resourceVersion, previous);
  if (!owned) await recordOwnershipAsWritten(request, next, previous, !!behaviour.tellsEmpty);
  keepSystemFields(next, previous);
  const context = contextOf(request);
  const isStatus = request.subresource === "status" || request.subresource === "approval";
  if (isStatus) keepAllButStatus(next, previous);
  else if (info.subresources.includes("status") && behaviour.hasStatus !== false) keepStatus(next, previous);
  if (key === "services" && !isStatus) allocateOnUpdate(request, next, previous);
  if (key === "pods" && !isStatus) await admitPodUpdate(next, previous);
  behaviour.prepareForUpdate?.(next, previous, context);
  // A binding goes past the pod's strategy: it does not count as a change of the spec.
  const counts = behaviour.hasGeneration && !isStatus && request.subresource !== "binding";
  if (counts && (!equal(withoutMeta(next), withoutMeta(previous)) || behaviour.alsoCounts?.(next, previous)))
    next.metadata.generation = (previous.metadata.generation ?? 0) + 1;
  const anyFinalizers = behaviour.anyFinalizers || behaviour.metadataLast;
  // A binding goes to the storage as it is: it changes what an update may not.
  const errors =
    request.subresource === "binding"
      ? []
      : [
          ...validateObjectMeta(next.metadata, info.namespaced, nameIsPathSegment, "metadata", anyFinalizers),
          ...validateObjectMetaUpdate(next.metadata, previous.metadata, "metadata", anyFinalizers),
          ...generateNameErrors(request, next.metadata.generateName),
          ...(validatorOf(request)?.(next, previous, context) ?? []),
        ];
  // What the metadata lacks would be told by each of the validations that look at it.
  const unique = errors.filter(
    (error, i) => !error.field.startsWith("metadata.") || errors.findIndex((other) => equal(other, error)) === i,
  );
  if (unique.length) throw invalid(storedKind(info), previous.metadata.name ?? "", unique);
  await admitValid(request, next, previous);
  // A scale is the client's wish too, only its body is the server's own.
  if (!request.trusted || request.subresource === "scale")
    request.warnings.push(...(behaviour.warnings?.(next, previous, context) ?? []));
  const stored = ordered(await encoded(request, next));
  if (equal(withoutOwnershipTimes(stored), withoutOwnershipTimes(previous))) return shownBefore;
  const shown = withoutUnshown(request, stored);
  if (request.dryRun) return shown;
  rememberUnshown(request, stored);
  shown.metadata.resourceVersion = nextResourceVersion(world);
  store(world, key, shown, shownBefore);
  return finishDeletion(request, shown);
}

/** Kinds whose validation of an update leaves names alone: they cannot change. What others say of them is seen of generateName. */
const NAMES_LEFT_ALONE = new Set([
  "services",
  "resourcequotas",
  "replicationcontrollers",
  "podtemplates",
  "pods",
  "events",
  "networkpolicies.networking.k8s.io",
  "servicecidrs.networking.k8s.io",
  "deployments.apps",
  "replicasets.apps",
  "statefulsets.apps",
  "daemonsets.apps",
  "cronjobs.batch",
  "horizontalpodautoscalers.autoscaling",
  "poddisruptionbudgets.policy",
  "roles.rbac.authorization.k8s.io",
  "rolebindings.rbac.authorization.k8s.io",
  "clusterroles.rbac.authorization.k8s.io",
  "clusterrolebindings.rbac.authorization.k8s.io",
  "priorityclasses.scheduling.k8s.io",
  "csidrivers.storage.k8s.io",
  "leases.coordination.k8s.io",
]);

function generateNameErrors({ key, behaviour, subresource }: Request, generateName: string | undefined): FieldError[] {
  if (!generateName || NAMES_LEFT_ALONE.has(key)) return [];
  // All of a request is looked at again, whatever was written of it.
  if (subresource !== "" && key !== "certificatesigningrequests.certificates.k8s.io") return [];
  const complaints = (behaviour.validateName ?? nameIsDnsSubdomain)(generateName, true);
  return invalidEach("metadata.generateName", generateName, complaints);
}

/** Kinds of which a PUT has to say what it replaces. Models AllowUnconditionalUpdate of kubernetes pkg/registry. */
const CONDITIONAL = new Set([
  "csidrivers.storage.k8s.io",
  "csinodes.storage.k8s.io",
  "csistoragecapacities.storage.k8s.io",
  "leases.coordination.k8s.io",
  "mutatingwebhookconfigurations.admissionregistration.k8s.io",
  "poddisruptionbudgets.policy",
  "runtimeclasses.node.k8s.io",
  "validatingadmissionpolicies.admissionregistration.k8s.io",
  "validatingadmissionpolicybindings.admissionregistration.k8s.io",
  "validatingwebhookconfigurations.admissionregistration.k8s.io",
  "volumeattachments.storage.k8s.io",
]);

/** Models apiserver pkg/registry/generic/registry Store.Update and pkg/storage APIObjectVersioner: 0 and none are the same. @throws ApiError */
function checkVersion({ info, key }: Request, sent: string | undefined, previous: KubeObject): void {
  if (sent && !/^\d+$/.test(sent)) {
    const message = `strconv.ParseUint: parsing ${goQuote(sent)}: invalid syntax`;
    throw new ApiError({ code: 500, message });
  }
  const name = previous.metadata.name ?? "";
  const version = Number(sent || 0);
  if (version === 0 && CONDITIONAL.has(key))
    throw invalid({ group: info.group, kind: info.resource }, name, [
      field.invalid("metadata.resourceVersion", 0, "must be specified for an update"),
    ]);
  if (version !== 0 && version !== Number(previous.metadata.resourceVersion))
    throw conflict(
      groupResourceOf(info),
      name,
      "the object has been modified; please apply your changes to the latest version and try again",
    );
}

function validatorOf({ subresource, behaviour }: Request) {
  return ["status", "approval"].includes(subresource) ? behaviour.validateStatusUpdate : behaviour.validateUpdate;
}

/** Models rest.BeforeUpdate: what a client leaves out stays, and changed times are as if they had been left out. */
function keepSystemFields(next: KubeObject, previous: KubeObject): void {
  const meta = next.metadata;
  const old = previous.metadata;
  meta.resourceVersion = old.resourceVersion!;
  meta.uid ||= old.uid!;
  // Nothing with one is stored: storage.PrepareObjectForStorage.
  delete meta.selfLink;
  if (old.creationTimestamp) meta.creationTimestamp = old.creationTimestamp;
  if (old.generation === undefined) delete meta.generation;
  else meta.generation = old.generation;
  if (old.deletionTimestamp) {
    meta.deletionTimestamp = old.deletionTimestamp;
    meta.deletionGracePeriodSeconds ??= old.deletionGracePeriodSeconds!;
  }
}

function keepStatus(next: KubeObject, previous: KubeObject): void {
  if (previous.status === undefined) delete next.status;
  else next.status = clone(previous.status);
}

/** A write to the status subresource: the status, and the metadata that any write may set. */
function keepAllButStatus(next: KubeObject, previous: KubeObject): void {
  for (const key of Object.keys(next)) if (!["metadata", "status"].includes(key)) delete next[key];
  for (const [key, value] of Object.entries(previous))
    if (!["metadata", "status"].includes(key)) next[key] = clone(value);
}

function withoutMeta(object: KubeObject): Record<string, unknown> {
  const { metadata: _, status: __, ...rest } = object;
  return rest;
}

/** A write that changes no more than when somebody set a field is none. Models fieldmanager.IgnoreManagedFieldsTimestampsTransformer. */
function withoutOwnershipTimes(object: KubeObject): Record<string, unknown> {
  const { managedFields, resourceVersion: _, ...metadata } = object.metadata;
  return { ...object, metadata, managedFields: managedFields?.map(({ time: _time, ...entry }) => entry) };
}
