import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { clone, isObject, type Json, type JsonObject, setKey } from "../../../src/api/json.ts";
import { applyConfiguration } from "../../../src/api/managed-fields/apply.ts";
import { updateManagedFields } from "../../../src/api/managed-fields/update.ts";
import type { KubeObject } from "../../../src/api/object.ts";
import { ApiError, type Status } from "../../../src/api/status.ts";
import { kindSchema } from "../../support/kind-schema.ts";

interface Step {
  op: "create" | "update" | "apply";
  manager: string;
  subresource?: string;
  reset?: string[][];
  force?: boolean;
  object: JsonObject;
  result?: JsonObject;
  error?: Status;
  message?: string;
}
interface Scenario {
  name: string;
  kind: string;
  steps: Step[];
}

const scenarios = JSON.parse(
  readFileSync(new URL("../../goldens/managed-fields/golden.json", import.meta.url), "utf8"),
) as Scenario[];

/** Compared as text without nulls, which Go's types write for what is not set, and with the order of keys kept below fieldsV1 alone. */
function text(value: Json | undefined, ordered = false): string {
  if (Array.isArray(value)) return `[${value.map((item) => text(item)).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const member = (key: string) => Object.getOwnPropertyDescriptor(value, key)!.value as Json | undefined;
  const keys = Object.keys(value).filter((key) => member(key) !== undefined && member(key) !== null);
  if (!ordered) keys.sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${text(member(key), ordered || key === "fieldsV1")}`).join()}}`;
}

/** Without what Go's types write for what is not set (`targetPort: 0`, `resources: {}`), which the merge does not know of. */
function withoutZeros(value: Json): Json | undefined {
  if (Array.isArray(value)) return value.length ? value.map((item) => withoutZeros(item) ?? null) : undefined;
  if (!isObject(value)) return value === 0 || value === "" || value === false || value === null ? undefined : value;
  const out = clone(value);
  for (const key of Object.keys(out)) {
    const kept = key === "managedFields" ? out[key] : withoutZeros(Object.getOwnPropertyDescriptor(out, key)!.value);
    if (kept === undefined) delete out[key];
    else setKey(out, key, kept);
  }
  return Object.keys(out).length ? out : undefined;
}

/** Go lists the causes of several managers in random order. */
function causesOf(status: Status): string[] {
  return (status.details?.causes ?? []).map((cause) => JSON.stringify(cause, ["reason", "message", "field"])).sort();
}

function caught(run: () => unknown): ApiError {
  try {
    run();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error("nothing thrown");
}

describe("field managers as k8s.io/apimachinery keeps them (test/goldens/managed-fields)", () => {
  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", (_, { kind, steps }) => {
    const schema = kindSchema(kind);
    let live: KubeObject | undefined;
    for (const [i, step] of steps.entries()) {
      const gvk = schema.root["x-kubernetes-group-version-kind"]![0]!;
      const request = {
        manager: step.manager,
        subresource: step.subresource ?? "",
        apiVersion: gvk.group ? `${gvk.group}/${gvk.version}` : gvk.version,
        resetFields: step.reset ?? [],
        now: Date.UTC(2020, 0, 1, 0, 0, i) + 321,
        schema,
        live,
      };
      const where = `step ${i}`;
      if (step.op === "apply") {
        const run = () => applyConfiguration({ ...request, applied: step.object, force: step.force ?? false });
        if (step.message !== undefined) {
          const { status } = caught(run);
          expect(status.message, where).toBe(step.message);
          if (step.error) {
            expect([status.code, status.reason], where).toEqual([step.error.code, step.error.reason]);
            expect(causesOf(status), where).toEqual(causesOf(step.error));
          } else expect([status.code, status.reason], where).toEqual([500, undefined]);
          continue;
        }
        const { object } = run();
        object.metadata.uid = "u1";
        expect(text(withoutZeros(object as unknown as Json)), where).toBe(text(withoutZeros(step.result!)));
      } else {
        const next = step.object as unknown as KubeObject;
        const expected = (step.result as unknown as KubeObject).metadata.managedFields;
        const actual = updateManagedFields({ ...request, next });
        expect(text(actual as unknown as Json), where).toBe(text(expected as unknown as Json));
      }
      live = step.result as unknown as KubeObject;
    }
  });
});
