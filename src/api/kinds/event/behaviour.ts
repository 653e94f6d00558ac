import type { Event } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { eventErrors } from "./validation.ts";

/** What of an event a field selector may name. Models ToSelectableFields of kubernetes pkg/registry/core/event/strategy.go. */
export function eventFields(event: Event): Record<string, string> {
  const about = event.involvedObject ?? {};
  return {
    "involvedObject.kind": about.kind ?? "",
    "involvedObject.namespace": about.namespace ?? "",
    "involvedObject.name": about.name ?? "",
    "involvedObject.uid": about.uid ?? "",
    "involvedObject.apiVersion": about.apiVersion ?? "",
    "involvedObject.resourceVersion": about.resourceVersion ?? "",
    "involvedObject.fieldPath": about.fieldPath ?? "",
    reason: event.reason ?? "",
    reportingComponent: event.reportingComponent ?? "",
    source: event.source?.component || event.reportingComponent || "",
    type: event.type ?? "",
  };
}

/** Models kubernetes pkg/registry/core/event/strategy.go, for the core group. */
export const behaviour: KindBehaviour<Event> = {
  metadataLast: true,
  // Nothing is asked of its metadata.
  validate: (event) => eventErrors(event, "reportingComponent"),
  validateUpdate: (event) => eventErrors(event, "reportingComponent"),
  selectableFields: eventFields,
  selectableFieldNames: Object.keys(eventFields({} as Event)),
};
