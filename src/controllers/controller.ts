import type { IndexedSnapshot } from "../api/indexes.ts";
import type { ResourceKey } from "../api/snapshot.ts";
import type { ObjectChange, Write } from "../api/writes.ts";

export interface Reconciled {
  writes: Write[];
  /** Milliseconds since 1970: reconcile this key again then, though nothing has changed. */
  wakeAt?: number;
}

/**
 * A control loop as data in, data out: it gets a snapshot, never a client. Work is keyed, as in client-go's work queues, so that a
 * change costs what it touches and not the size of the cluster.
 */
export interface Controller {
  /** `deployment-controller`: the component of its events, and its name in the agenda of the state file. */
  readonly name: string;
  /** metadata.managedFields[].manager of its writes, `kube-controller-manager` for most. */
  readonly manager: string;
  /** The keys (`namespace/name`, or whatever the controller takes) that a change makes dirty. */
  affected(change: ObjectChange, snapshot: IndexedSnapshot): Iterable<string>;
  reconcile(key: string, snapshot: IndexedSnapshot): Reconciled | Promise<Reconciled>;
  /**
   * Where nothing that is left at `now` depends on what happens in between: the instant, from `due` to `now`, at which to go on with a
   * key whose time came at `due`. Milliseconds since 1970. Without it every step of a long gap is lived through.
   */
  catchUp?(key: string, snapshot: IndexedSnapshot, due: number, now: number): number;
}

/** What can be said of a control loop without loading it. */
export interface ControllerEntry {
  readonly name: string;
  /** What the loop watches; changes to other resources never reach its `affected`. */
  readonly watches: readonly ResourceKey[] | ((resource: ResourceKey) => boolean);
  /** Nothing that it watches is kept by it: it tells another loop. */
  readonly onlyReads?: true;
  load(): Promise<Controller>;
}
