import type { Event } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";

/** What of an event a field selector may name. Models ToSelectableFields of kubernetes pkg/registry/core/event/strategy.go. */
function fields(event: Event): Record<string, string> {
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

export const behaviour: KindBehaviour<Event> = {
  selectableFields: fields,
  selectableFieldNames: Object.keys(fields({} as Event)),
};
