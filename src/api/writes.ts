import type { KubeObject } from "./object.ts";
import type { ResourceKey } from "./snapshot.ts";

/** An object before and after a write; one of the two is missing for a creation or a removal. */
export interface ObjectChange {
  resource: ResourceKey;
  before?: KubeObject;
  after?: KubeObject;
}

export type Propagation = "Background" | "Foreground" | "Orphan";

export interface Announcement {
  about: KubeObject;
  component: string;
  /** Other words: the whole message of a success, and what stands before the error of a failure. */
  done?: string;
  failed?: string;
  /** The resource of `about`, whose status tells of a failure: condition ReplicaFailure. */
  failureOn?: ResourceKey;
}

/**
 * What a controller wants written. The API server carries it out with the pipeline that users' requests take (defaults, validation,
 * uid, resourceVersion, managedFields under the controller's manager).
 */
export type Write =
  | {
      verb: "create";
      resource: ResourceKey;
      object: KubeObject;
      /** Tells of it on the owner: `SuccessfulCreate`, `Created pod: web-x7k2p`, or `FailedCreate` and why. */
      announce?: Announcement;
    }
  /** Replaces spec and metadata; the status stays. `finalize` alone may change a namespace's finalizers. */
  | { verb: "update"; resource: ResourceKey; object: KubeObject; subresource?: "finalize" }
  /** Replaces the status; of the metadata, the annotations alone where they are given. */
  | { verb: "updateStatus"; resource: ResourceKey; object: KubeObject; annotations?: Record<string, string> }
  /** A server-side apply, by force. */
  | { verb: "apply"; resource: ResourceKey; object: KubeObject }
  | {
      verb: "delete";
      resource: ResourceKey;
      namespace: string;
      name: string;
      gracePeriodSeconds?: number;
      propagation?: Propagation;
    }
  /** Stores one of the simulator's own records (`RECORDS`), whole. */
  | { verb: "record"; resource: ResourceKey; object: KubeObject }
  /** Removes such a record. */
  | { verb: "forget"; resource: ResourceKey; namespace: string; name: string }
  /** Gives a pod its node: the binding subresource. */
  | { verb: "bind"; namespace: string; name: string; node: string }
  /** A core/v1 Event on `about`; repeated ones are counted as the real recorder does. */
  | {
      verb: "event";
      about: KubeObject;
      type: "Normal" | "Warning";
      reason: string;
      message: string;
      component: string;
      host?: string;
      /** What the component was about: an event of the newer form, with a time of its own instead of a first and a last one. */
      action?: string;
      /** The part of `about` that it speaks of: `spec.containers{nginx}`. */
      fieldPath?: string;
    };
