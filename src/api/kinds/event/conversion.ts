import type { KubeObject } from "../../object.ts";
import type { KindConversion } from "../kind.ts";

/** events.k8s.io/v1, by the core group's names. Models kubernetes pkg/apis/events/v1/conversion.go. */
const NAMES: Readonly<Record<string, string>> = {
  reportingComponent: "reportingController",
  involvedObject: "regarding",
  message: "note",
  source: "deprecatedSource",
  firstTimestamp: "deprecatedFirstTimestamp",
  lastTimestamp: "deprecatedLastTimestamp",
  count: "deprecatedCount",
};
const CORE = Object.fromEntries(Object.entries(NAMES).map(([core, other]) => [other, core]));

function renamed(object: KubeObject, names: Readonly<Record<string, string>>): KubeObject {
  const entries = Object.entries(object).map(([key, value]) => [Object.hasOwn(names, key) ? names[key]! : key, value]);
  return Object.fromEntries(entries) as KubeObject;
}

export const conversion: KindConversion = {
  toStored: (event) => renamed(event, CORE),
  fromStored: (event) => renamed(event, NAMES),
};
