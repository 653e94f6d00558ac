import type { KubeObject } from "../api/object.ts";
import type { ObjectChange, Write } from "../api/writes.ts";
import type { Header } from "../store/header.ts";
import type { Objects } from "../store/objects.ts";

/** One cluster in memory, while a command works on it. */
export interface World {
  readonly objects: Objects;
  /** A copy of the file's header, changed by requests. */
  header: Header;
  /** What was written since the controllers last looked. */
  pending: ObjectChange[];
}

/**
 * Brings the world up to an instant (milliseconds since 1970), controllers included; with `about`, as far as who looks at that resource
 * can see. Injected by main: they stand above this layer.
 */
export type Settle = (
  world: World,
  now: number,
  write: (write: Write, manager: string) => Promise<void>,
  about?: string,
) => Promise<void>;

/** The next resourceVersion. */
export function nextResourceVersion(world: World): string {
  world.header.resourceVersion += 1;
  world.objects.version = world.header.resourceVersion;
  return String(world.header.resourceVersion);
}

/** Stores an object and tells the controllers. */
export function store(world: World, resource: string, object: KubeObject, before: KubeObject | undefined): void {
  world.objects.put(resource, object);
  world.pending.push(before ? { resource, before, after: object } : { resource, after: object });
}

/** Removes an object and tells the controllers. */
export function erase(world: World, resource: string, before: KubeObject): void {
  world.objects.remove(resource, before.metadata.namespace ?? "", before.metadata.name ?? "");
  world.pending.push({ resource, before });
}
