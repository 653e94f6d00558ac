import { clone, type JsonObject } from "../api/json.ts";
import { keyedUuid } from "../api/keyed-random.ts";
import type { KubeObject } from "../api/object.ts";
import type { ResourceKey } from "../api/snapshot.ts";
import { timestamp } from "../api/snapshot.ts";
import { ApiError } from "../api/status.ts";
import type { Announcement, Write } from "../api/writes.ts";
import { existing, type Request, requestOf } from "./request.ts";
import { erase, store, type World } from "./world.ts";

/**
 * Carries out what a controller wants with the pipeline that users' requests take. What fails because the world has moved on (the
 * object is gone, or somebody made it before) is dropped: the change that caused it brings the controller back. Each verb is loaded when a
 * controller asks for it: most commands need one or two.
 */
export async function carryOut(world: World, write: Write, manager: string): Promise<void> {
  if (write.verb === "event") return await tell(world, write, manager);
  if (write.verb === "record") return storeRecord(world, write.resource, write.object);
  if (write.verb === "forget") {
    const before = world.objects.get(write.resource, write.namespace, write.name);
    return before && erase(world, write.resource, before);
  }
  const namespace = "namespace" in write ? write.namespace : (write.object.metadata.namespace ?? "");
  const resource = write.verb === "bind" ? "pods" : write.resource;
  const request = await requestOf(world, resource, namespace, { manager, trusted: true });
  try {
    await attempt(request, write, manager);
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason === "Unusable") throw error;
    if (write.verb === "create" && write.announce) await announce(world, write.announce, manager, error);
    else if (!["NotFound", "Conflict", "AlreadyExists", "Forbidden", "Invalid"].includes(error.reason)) throw error;
  }
}

async function attempt(
  request: Request,
  write: Exclude<Write, { verb: "event" | "record" | "forget" }>,
  manager: string,
): Promise<void> {
  if (write.verb === "delete") {
    const { remove } = await import("./delete.ts");
    remove(request, write.name, {
      ...(write.gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds: write.gracePeriodSeconds }),
      ...(write.propagation ? { propagation: write.propagation } : {}),
    });
    return;
  }
  if (write.verb === "bind") {
    const { bind } = await import("./subresources.ts");
    await bind(request, write.name, write.node);
    return;
  }
  if (write.verb === "create") {
    const { create } = await import("./create.ts");
    const made = await create(request, write.object as unknown as JsonObject);
    if (write.announce) await announce(request.world, write.announce, manager, made);
    return;
  }
  if (write.verb === "apply") {
    const { patch } = await import("./patch.ts");
    await patch(request, write.object.metadata.name ?? "", "apply", write.object as unknown as JsonObject, true);
    return;
  }
  const previous = existing(request, write.object.metadata.name ?? "");
  const next = clone(write.object);
  // What the controller has read may be older than what its writes before this one left.
  if (write.verb === "updateStatus")
    next.metadata = { ...clone(previous.metadata), ...(write.annotations ? { annotations: write.annotations } : {}) };
  next.metadata.resourceVersion = previous.metadata.resourceVersion!;
  const subresource = write.verb === "updateStatus" ? "status" : (write.subresource ?? "");
  const { replaceStored } = await import("./update.ts");
  await replaceStored({ ...request, subresource }, next, previous);
}

async function tell(world: World, write: Extract<Write, { verb: "event" }>, manager: string): Promise<void> {
  const { recordEvent } = await import("./record-event.ts");
  await recordEvent(world, write, manager);
}

function storeRecord(world: World, resource: string, record: KubeObject): void {
  const { namespace = "", name = "", uid } = record.metadata;
  const before = world.objects.get(resource, namespace, name);
  const metadata = { ...record.metadata, uid: uid ?? keyedUuid(world.header.seed, resource, namespace, name) };
  store(world, resource, { ...record, metadata }, before);
}

/** Models controller_utils.RealPodControl. */
async function announce(
  world: World,
  { about, component, done, failed: failedWords, failureOn }: Announcement,
  manager: string,
  outcome: KubeObject | ApiError,
): Promise<void> {
  const failed = outcome instanceof ApiError;
  // Nobody is told of a namespace that goes.
  if (failed && outcome.status.details?.causes?.some(({ reason }) => reason === "NamespaceTerminating")) return;
  await tell(
    world,
    {
      verb: "event",
      about,
      type: failed ? "Warning" : "Normal",
      reason: failed ? "FailedCreate" : "SuccessfulCreate",
      message: failed
        ? `${failedWords ?? "Error creating"}: ${outcome.message}`
        : (done ?? `Created ${outcome.kind.toLowerCase()}: ${outcome.metadata.name}`),
      component,
    },
    manager,
  );
  if (failed && failureOn) await noteFailure(world, about, failureOn, manager, outcome.message);
}

/** The first failure stays until all pods are there. Models replica_set_utils.go updateReplicaSetStatus. */
async function noteFailure(
  world: World,
  about: KubeObject,
  resource: ResourceKey,
  manager: string,
  message: string,
): Promise<void> {
  const { namespace = "", name = "" } = about.metadata;
  const stored = world.objects.get<KubeObject & { status?: { conditions?: JsonObject[] } }>(resource, namespace, name);
  if (!stored || stored.status?.conditions?.some(({ type }) => type === "ReplicaFailure")) return;
  const object = clone(stored);
  const lastTransitionTime = timestamp(world.objects.now);
  object.status = {
    ...object.status,
    conditions: [
      ...(object.status?.conditions ?? []),
      { type: "ReplicaFailure", status: "True", lastTransitionTime, reason: "FailedCreate", message },
    ],
  };
  await carryOut(world, { verb: "updateStatus", resource, object }, manager);
}
