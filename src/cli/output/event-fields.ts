import { structOf } from "../../api/encoding/field-order.ts";
import type { StructFields } from "../../api/encoding/json-emit.ts";

const REFERENCE: StructFields = {
  kind: null,
  namespace: null,
  name: null,
  uid: null,
  apiVersion: null,
  resourceVersion: null,
  fieldPath: null,
};

/** The order of an event's fields in JSON. Models k8s.io/api core/v1 Event. */
export function eventFields(): StructFields {
  return {
    kind: null,
    apiVersion: null,
    metadata: structOf({ apiVersion: "v1", kind: "Pod" })!.metadata!,
    involvedObject: REFERENCE,
    reason: null,
    message: null,
    source: { component: null, host: null },
    firstTimestamp: null,
    lastTimestamp: null,
    count: null,
    type: null,
    eventTime: null,
    series: { count: null, lastObservedTime: null },
    action: null,
    related: REFERENCE,
    reportingComponent: null,
    reportingInstance: null,
  };
}

/** The same of a list of them. */
export function eventListFields(): StructFields {
  return { kind: null, apiVersion: null, metadata: null, items: eventFields() };
}
