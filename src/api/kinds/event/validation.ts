import { byteLength } from "../../encoding/text.ts";
import { equal } from "../../json.ts";
import { labelKeyErrors } from "../../meta/names.ts";
import { FIELD_IMMUTABLE, immutableErrors, invalidEach } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { Event } from "../../types/core.ts";

/** Models kubernetes pkg/apis/core/validation/events.go. */

/** In bytes. */
const LONGEST = 128;
const LONGEST_NOTE = 1024;

/** What is asked of every event. `controller`: what the version of the request calls the field. Models legacyValidateEvent. */
export function eventErrors(event: Event, controller: "reportingComponent" | "reportingController"): FieldError[] {
  const own = event.metadata.namespace ?? "";
  const about = event.involvedObject?.namespace ?? "";
  const errors: FieldError[] = [];
  const dated = Boolean(event.eventTime);
  const free = dated ? ["default", "kube-system"] : ["default"];
  // A dated event may be about an object of another namespace.
  if (about === "" ? !free.includes(own) : !dated && about !== own)
    errors.push(field.invalid("involvedObject.namespace", about, "does not match event.namespace"));
  if (!dated) return errors;
  const { reportingComponent = "", reportingInstance = "", action = "", reason = "", message = "" } = event;
  if (reportingComponent === "") errors.push(field.required(controller));
  errors.push(
    ...invalidEach(controller, reportingComponent, labelKeyErrors(reportingComponent)),
    ...textErrors("reportingInstance", reportingInstance),
    ...textErrors("action", action),
    ...textErrors("reason", reason),
  );
  if (byteLength(message) > LONGEST_NOTE)
    errors.push(field.invalid("message", "", `can have at most ${LONGEST_NOTE} characters`));
  return errors;
}

function textErrors(path: string, text: string): FieldError[] {
  if (text === "") return [field.required(path)];
  return byteLength(text) > LONGEST ? [field.invalid(path, "", `can have at most ${LONGEST} characters`)] : [];
}

/** What events.k8s.io/v1 asks of a new one beside. Models ValidateEventCreate. */
export function newEventErrors(event: Event): FieldError[] {
  const errors = seriesErrors(event);
  if (!event.eventTime) errors.push(field.required("eventTime"));
  const { type = "" } = event;
  if (type !== "Normal" && type !== "Warning") errors.push(field.invalid("type", "", `has invalid value: ${type}`));
  const unset = (path: string) => errors.push(field.invalid(path, "", "needs to be unset"));
  if (event.firstTimestamp) unset("firstTimestamp");
  if (event.lastTimestamp) unset("lastTimestamp");
  if (event.count) unset("count");
  if (event.source?.component || event.source?.host) unset("source");
  return errors;
}

function seriesErrors({ series }: Event): FieldError[] {
  if (!series) return [];
  const errors: FieldError[] = [];
  if ((series.count ?? 0) < 2) errors.push(field.invalid("series.count", "", "should be at least 2"));
  if (!series.lastObservedTime) errors.push(field.required("series.lastObservedTime"));
  return errors;
}

/** What events.k8s.io/v1 lets nobody change. Models ValidateEventUpdate. */
export function changedEventErrors(next: Event, previous: Event): FieldError[] {
  const texts = (...names: ("reason" | "message" | "type" | "action" | "reportingInstance")[]) =>
    names.flatMap((name) => immutableErrors(next[name] ?? "", previous[name] ?? "", name));
  const structures = (name: "involvedObject" | "related") =>
    equal(goReference(next[name]), goReference(previous[name]))
      ? []
      : [field.invalid(name, goReference(next[name]), FIELD_IMMUTABLE)];
  const times = (name: "firstTimestamp" | "lastTimestamp" | "eventTime") =>
    immutableErrors(next[name] ?? null, previous[name] ?? null, name);
  return [
    ...(equal(next.series, previous.series) ? [] : seriesErrors(next)),
    ...structures("involvedObject"),
    ...texts("reason", "message"),
    ...(equal(goSource(next), goSource(previous)) ? [] : [field.invalid("source", goSource(next), FIELD_IMMUTABLE)]),
    ...times("firstTimestamp"),
    ...times("lastTimestamp"),
    ...immutableErrors(next.count ?? 0, previous.count ?? 0, "count"),
    // The real one looks at the reason twice.
    ...texts("reason", "type"),
    ...times("eventTime"),
    ...texts("action"),
    ...structures("related"),
    ...immutableErrors(next.reportingComponent ?? "", previous.reportingComponent ?? "", "reportingController"),
    ...texts("reportingInstance"),
  ];
}

// The internal structures, whose fields have no JSON names.
function goReference(reference: Event["related"] | undefined) {
  if (!reference) return null;
  const {
    kind = "",
    namespace = "",
    name = "",
    uid = "",
    apiVersion = "",
    resourceVersion = "",
    fieldPath = "",
  } = reference;
  return {
    Kind: kind,
    Namespace: namespace,
    Name: name,
    UID: uid,
    APIVersion: apiVersion,
    ResourceVersion: resourceVersion,
    FieldPath: fieldPath,
  };
}

function goSource({ source }: Event) {
  return { Component: source?.component ?? "", Host: source?.host ?? "" };
}
