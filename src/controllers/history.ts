import { emitJson } from "../api/encoding/json-emit.ts";
import { encodeText } from "../api/encoding/text.ts";
import { byOwner, type IndexedSnapshot } from "../api/indexes.ts";
import { clone, compareStrings, equal, type JsonObject } from "../api/json.ts";
import { safeEncode } from "../api/keyed-random.ts";
import { controllerOf, type KubeObject } from "../api/object.ts";
import type { ControllerRevision } from "../api/types/apps.ts";
import type { PodTemplateSpec } from "../api/types/core.ts";
import type { Write } from "../api/writes.ts";
import { controllerReference } from "./keys.ts";

export const REVISION_HASH = "controller-revision-hash";
/** What a StatefulSet's revisions have instead. */
export const HISTORY_HASH = "controller.kubernetes.io/hash";
const REVISIONS = "controllerrevisions.apps";

/** The revisions that `owner` controls, oldest first. Models history.SortControllerRevisions. */
export function revisionsOf(snapshot: IndexedSnapshot, owner: KubeObject): ControllerRevision[] {
  return snapshot
    .listBy<ControllerRevision>(REVISIONS, byOwner, owner.metadata.uid!)
    .filter((revision) => controllerOf(revision)?.uid === owner.metadata.uid)
    .sort(byRevision);
}

function byRevision(a: ControllerRevision, b: ControllerRevision): number {
  if (a.revision !== b.revision) return a.revision - b.revision;
  const [first, second] = [a.metadata.creationTimestamp ?? "", b.metadata.creationTimestamp ?? ""];
  return compareStrings(first, second) || compareStrings(a.metadata.name!, b.metadata.name!);
}

/** What a revision keeps: a patch that puts the template back. Models getPatch of the statefulset and daemon controllers. */
export function revisionData(template: PodTemplateSpec): JsonObject {
  return { spec: { template: { $patch: "replace", ...(clone(template) as unknown as JsonObject) } } };
}

/** The template that a revision keeps. */
export function revisionTemplate(revision: ControllerRevision): PodTemplateSpec {
  const data = revision.data as { spec: { template: PodTemplateSpec & { $patch?: string } } };
  const template = clone(data.spec.template);
  delete template.$patch;
  return template;
}

export function sameData(revision: ControllerRevision, data: JsonObject): boolean {
  return equal(revision.data, data);
}

/** FNV-1 over the JSON of the data and the collision count. Models history.HashControllerRevision. */
export function revisionHash(data: JsonObject, collisionCount: number): string {
  let hash = 0x811c9dc5;
  for (const byte of encodeText(emitJson(data) + String(collisionCount)))
    hash = (Math.imul(hash, 0x01000193) ^ byte) >>> 0;
  return safeEncode(String(hash));
}

/** Models history.NewControllerRevision. */
export function newRevision(
  owner: KubeObject,
  data: JsonObject,
  labels: Record<string, string>,
  hash: string,
  revision: number,
  hashLabel: string,
): ControllerRevision {
  const { annotations } = owner.metadata;
  return {
    apiVersion: "apps/v1",
    kind: "ControllerRevision",
    metadata: {
      name: `${owner.metadata.name!.slice(0, 223)}-${hash}`,
      namespace: owner.metadata.namespace!,
      labels: { ...labels, [hashLabel]: hash },
      ...(annotations && Object.keys(annotations).length ? { annotations: { ...annotations } } : {}),
      ownerReferences: [controllerReference(owner)],
    },
    data,
    revision,
  } as ControllerRevision;
}

export function createRevision(revision: ControllerRevision): Write {
  return { verb: "create", resource: REVISIONS, object: revision };
}

/** A rollback gives an old revision a new number. */
export function renumbered(revision: ControllerRevision, number: number): Write {
  return {
    verb: "update",
    resource: REVISIONS,
    object: { ...clone(revision), revision: number } as ControllerRevision,
  };
}

/** Only `limit` revisions that nothing uses are kept. Models truncateHistory and cleanupHistory. */
export function cleanUpRevisions(
  revisions: readonly ControllerRevision[],
  inUse: ReadonlySet<string>,
  limit: number,
): Write[] {
  const idle = revisions.filter((revision) => !inUse.has(revision.metadata.name!));
  return idle.slice(0, Math.max(0, idle.length - limit)).map((revision) => ({
    verb: "delete",
    resource: REVISIONS,
    namespace: revision.metadata.namespace!,
    name: revision.metadata.name!,
  }));
}
