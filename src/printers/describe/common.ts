import { byteLength } from "../../api/encoding/text.ts";
import { getKey, sortedKeys } from "../../api/json.ts";
import { MONTHS, WEEKDAYS } from "../../api/meta/calendar.ts";
import { LAST_APPLIED } from "../../api/meta/last-applied.ts";
import { canonicalQuantity } from "../../api/meta/quantity.ts";
import { controllerOf, type KubeObject } from "../../api/object.ts";
import type { DescribePort } from "./port.ts";
import type { DescribeWriter } from "./writer.ts";

// What several describers share. Models kubectl pkg/describe/describe.go.

/** Longer annotations are put on lines of their own, and cut. */
const MAX_ANNOTATION = 140;

type Texts = Readonly<Record<string, string>>;

/** `Labels:`, one a line, `<none>` for none. */
export function writeLabels(w: DescribeWriter, title: string, labels: Texts | undefined, indent = ""): void {
  writeColumn(
    w,
    `${indent}${title}:`,
    sortedKeys(labels ?? {}).map((key) => `${key}=${getKey(labels!, key)}`),
    indent,
  );
}

/** Values below each other in the second column; `<none>` for none. */
export function writeColumn(w: DescribeWriter, title: string, values: readonly string[], indent = ""): void {
  w.write(0, `${title}\t`);
  if (values.length === 0) {
    w.write(0, "<none>\n");
    return;
  }
  for (const [i, value] of values.entries()) w.write(0, `${i === 0 ? "" : `${indent}\t`}${value}\n`);
}

/** `Annotations:` without the last applied configuration. */
export function writeAnnotations(w: DescribeWriter, title: string, annotations: Texts | undefined): void {
  w.write(0, `${title}:\t`);
  const keys = sortedKeys(annotations ?? {}).filter((key) => key !== LAST_APPLIED);
  if (keys.length === 0) {
    w.write(0, "<none>\n");
    return;
  }
  for (const [i, key] of keys.entries()) {
    if (i > 0) w.write(0, "\t");
    const value = (getKey(annotations!, key) as string).replace(/\n$/, "");
    if (byteLength(value) + byteLength(key) + 2 <= MAX_ANNOTATION && !value.includes("\n")) {
      w.write(0, `${key}: ${value}\n`);
      continue;
    }
    w.write(0, `${key}:\n`);
    for (const line of value.split("\n")) w.write(0, `\t  ${shorten(line, MAX_ANNOTATION - 2)}\n`);
  }
}

/** Cut after so many bytes. */
export function shorten(text: string, max: number): string {
  return byteLength(text) > max ? `${Buffer.from(text).subarray(0, max).toString()}...` : text;
}

/** `Name`, `Namespace`, `Labels` and `Annotations`, with which most descriptions begin. */
export function writeHead(w: DescribeWriter, object: KubeObject, namespaced: boolean): void {
  writeName(w, object, namespaced);
  writeLabels(w, "Labels", object.metadata.labels);
  writeAnnotations(w, "Annotations", object.metadata.annotations);
}

export function writeName(w: DescribeWriter, { metadata }: KubeObject, namespaced: boolean): void {
  w.field(0, "Name", metadata.name ?? "");
  if (namespaced) w.field(0, "Namespace", metadata.namespace ?? "");
}

export function writeController(w: DescribeWriter, object: KubeObject): void {
  const owner = controllerOf(object);
  if (owner) w.field(0, "Controlled By", `${owner.kind}/${owner.name}`);
}

/** `Mon, 02 Jan 2006 15:04:05 +0100` on the user's clock (Go's RFC1123Z); no time is the first moment of year 1. */
export function formatTime(timestamp: string | null | undefined, port: DescribePort): string {
  if (!timestamp) return "Mon, 01 Jan 0001 00:00:00 +0000";
  const { date, zone } = localTime(timestamp, port);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${WEEKDAYS[date.getUTCDay()]}, ${two(date.getUTCDate())} ${MONTHS[date.getUTCMonth()]}`;
  const year = String(date.getUTCFullYear()).padStart(4, "0");
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(":");
  return `${day} ${year} ${clock} ${zone}`;
}

/** A date whose UTC members read as the user's clock does, and its zone as `+0100`. */
export function localTime(timestamp: string, port: DescribePort): { date: Date; zone: string } {
  const time = Date.parse(timestamp);
  const offset = port.zoneOffset(time);
  const minutes = Math.abs(offset);
  const two = (value: number) => String(value).padStart(2, "0");
  const zone = `${offset < 0 ? "-" : "+"}${two(Math.trunc(minutes / 60))}${two(minutes % 60)}`;
  return { date: new Date(time + offset * 60_000), zone };
}

/** `True` or `False`; what is not set is `<unset>`. */
export function boolText(value: boolean | undefined): string {
  return value === undefined ? "<unset>" : value ? "True" : "False";
}

/** An amount in canonical form; `0` for none. */
export function quantityText(value: string | number | undefined): string {
  return value === undefined ? "0" : canonicalQuantity(String(value));
}

/** A Go slice of strings: `[a b]`. */
export function listText(values: readonly (string | number)[] | undefined): string {
  return `[${(values ?? []).join(" ")}]`;
}

export function orUnset(value: string | number | undefined): string {
  return value === undefined ? "<unset>" : String(value);
}

/** The table of a status' conditions with five columns, as namespaces and service ranges have it. */
export function writeConditions(
  w: DescribeWriter,
  conditions: readonly {
    type: string;
    status: string;
    lastTransitionTime?: string;
    reason?: string;
    message?: string;
  }[],
  port: DescribePort,
): void {
  w.write(0, "Conditions:\n");
  w.write(1, "Type\tStatus\tLastTransitionTime\tReason\tMessage\n");
  w.write(1, "----\t------\t------------------\t------\t-------\n");
  for (const { type, status, lastTransitionTime, reason = "", message = "" } of conditions)
    w.write(1, `${type}\t${status}\t${formatTime(lastTransitionTime, port)}\t${reason}\t${message}\n`);
}

/** The table of conditions with three columns, as workloads have it. */
export function writeShortConditions(
  w: DescribeWriter,
  conditions: readonly { type: string; status: string; reason?: string }[] | undefined,
): void {
  if (!conditions?.length) return;
  w.write(0, "Conditions:\n  Type\tStatus\tReason\n");
  w.write(1, "----\t------\t------\n");
  for (const { type, status, reason = "" } of conditions) w.write(1, `${type} \t${status}\t${reason}\n`);
}
