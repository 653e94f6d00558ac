import type { KubeObject } from "../api/object.ts";
import type { Write } from "../api/writes.ts";

/** A write that tells of an object. */
export type EventWrite = Extract<Write, { verb: "event" }>;

/** How a component tells of objects: core/v1 Events on them. Models EventRecorder of client-go tools/record. */
export function recorder(component: string) {
  return (about: KubeObject, type: "Normal" | "Warning", reason: string, message: string): EventWrite => ({
    verb: "event",
    about,
    type,
    reason,
    message,
    component,
  });
}
