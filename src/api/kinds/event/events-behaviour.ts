import type { Event } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { eventFields } from "./behaviour.ts";
import { changedEventErrors, eventErrors, newEventErrors } from "./validation.ts";

/** The names that events.k8s.io/v1 has for fields. Models AddFieldLabelConversionsForEvent of kubernetes pkg/apis/events/v1. */
function fields(event: Event): Record<string, string> {
  const {
    source: _,
    reportingComponent: reportingController = "",
    reason = "",
    type = "",
    ...about
  } = eventFields(event);
  const regarding = Object.entries(about).map(([key, value]) => [key.replace("involvedObject", "regarding"), value]);
  return { ...Object.fromEntries(regarding), reason, reportingController, type };
}

/** Models kubernetes pkg/registry/core/event/strategy.go, for events.k8s.io/v1. */
export const behaviour: KindBehaviour<Event> = {
  validate: (event) => [...eventErrors(event, "reportingController"), ...newEventErrors(event)],
  validateUpdate: (next, previous) => [
    ...eventErrors(next, "reportingController"),
    ...changedEventErrors(next, previous),
  ],
  selectableFields: fields,
  selectableFieldNames: Object.keys(fields({} as Event)),
};
