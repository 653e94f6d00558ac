import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formatDuration, parseDuration } from "../../../src/api/meta/duration.ts";
import { type FieldSelector, parseFieldSelector } from "../../../src/api/meta/field-selector.ts";
import { humanDuration } from "../../../src/api/meta/human-duration.ts";
import {
  formatLabelSelector,
  fromLabelSelector,
  parseLabelSelector,
  type Selector,
} from "../../../src/api/meta/label-selector.ts";
import { ParseError } from "../../../src/api/meta/parse-error.ts";
import { addQuantities, parseQuantity, quantityMilliValue, quantityValue } from "../../../src/api/meta/quantity.ts";
import type { LabelSelector } from "../../../src/api/object.ts";

interface Row {
  in: unknown;
  text: string;
  error?: string;
  matches?: boolean[];
  sum?: string;
  value?: number;
  milli?: number;
  short?: string;
  nanos?: string;
  format?: string;
}
type Sets = Record<string, string>[];

const golden = JSON.parse(readFileSync(new URL("../../goldens/labels/golden.json", import.meta.url), "utf8")) as {
  sets: Sets;
  fieldSets: Sets;
  labels: Row[];
  labelSelectors: Row[];
  fields: Row[];
  quantities: Row[];
  durations: Row[];
  ages: Row[];
};

const named = (rows: Row[]) => rows.map((row) => [JSON.stringify(row.in), row] as const);

/** Runs a parser; the error's text stands for the result when it fails. */
function parse<T>(run: () => T): { result?: T; error?: string } {
  try {
    return { result: run() };
  } catch (error) {
    if (error instanceof ParseError) return { error: error.message };
    throw error;
  }
}

function check(row: Row, sets: Sets, run: () => Selector | FieldSelector): void {
  const { result, error } = parse(run);
  expect(error).toBe(row.error);
  if (result === undefined) return;
  expect(result.toString()).toBe(row.text);
  expect(sets.map((set) => result.matches(set))).toEqual(row.matches);
}

describe("as k8s.io/apimachinery answers (test/goldens/labels)", () => {
  test.each(named(golden.labels))("labels.Parse %s", (_, row) => {
    check(row, golden.sets, () => parseLabelSelector(row.in as string));
  });
  test.each(named(golden.labelSelectors))("metav1.LabelSelectorAsSelector %s", (_, row) => {
    check(row, golden.sets, () => fromLabelSelector(row.in as LabelSelector | null));
    expect(formatLabelSelector(row.in as LabelSelector | null)).toBe(row.format);
  });
  test.each(named(golden.fields))("fields.ParseSelector %s", (_, row) => {
    check(row, golden.fieldSets, () => parseFieldSelector(row.in as string));
  });
  test.each(named(golden.quantities))("resource.ParseQuantity %s", (_, row) => {
    const { result, error } = parse(() => parseQuantity(row.in as string));
    expect(error).toBe(row.error);
    if (result === undefined) return;
    expect(result.text).toBe(row.text);
    expect(addQuantities(result, parseQuantity("1Gi")).text).toBe(row.sum);
    const value = Number(quantityValue(result));
    const milli = Number(quantityMilliValue(result));
    // What int64 cannot hold comes out of Go wrapped around, which nothing here needs.
    if (Math.abs(value) < 1e15) expect(value).toBe(row.value ?? 0);
    if (Math.abs(milli) < 1e15) expect(milli).toBe(row.milli ?? 0);
  });
  test.each(named(golden.durations))("time.ParseDuration %s", (_, row) => {
    const { result, error } = parse(() => parseDuration(row.in as string));
    expect(error).toBe(row.error);
    if (result === undefined) return;
    expect(String(result)).toBe(row.nanos);
    expect(formatDuration(result)).toBe(row.text);
  });
  test.each(named(golden.ages))("duration.HumanDuration %s s", (_, row) => {
    expect(humanDuration((row.in as number) * 1000)).toBe(row.text);
  });
});
