import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { explain } from "../../../src/api/explain/explain.ts";
import { explainV2 } from "../../../src/api/explain/explain-v2.ts";
import type { SchemaNode } from "../../../src/api/schema/node.ts";

interface Input {
  definitions: Record<string, SchemaNode>;
  descriptions: Record<string, string>;
  runs: { path: string[]; recursive?: boolean }[];
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(`test/goldens/explain/${name}.json`, "utf8")) as T;
}

// Go: k8s.io/kubectl/pkg/explain/v2 (test/goldens/explain/main.go).
const { definitions, descriptions, runs } = read<Input>("input");
const results = read<{ output: string; error?: string }[]>("results");

test.each(runs.map(({ path, recursive = false }, i) => [path.join("."), recursive, i] as const))(
  "%s recursive=%s",
  (path, recursive, i) => {
    const schema = {
      name: "io.x.v1.Widget",
      root: definitions["io.x.v1.Widget"]!,
      resolve: (ref: string) => definitions[ref],
    };
    const fieldPath = path ? path.split(".") : [];
    const request = { schema, group: "x.io", version: "v1", kind: "Widget", fieldPath, recursive, descriptions };
    const { output, error } = explain(request);
    expect(output).toBe(results[i]!.output);
    expect(error && `error: ${error}`).toBe(results[i]!.error);
  },
);

// Go: k8s.io/kubectl/pkg/explain (test/goldens/explain/main.go).
const olderResults = read<{ output: string; error?: string }[]>("results-v2");

test.each(runs.map(({ path, recursive = false }, i) => [path.join("."), recursive, i] as const))(
  "plaintext-openapiv2: %s recursive=%s",
  (path, recursive, i) => {
    const schema = {
      name: "io.x.v1.Widget",
      root: definitions["io.x.v1.Widget"]!,
      resolve: (ref: string) => definitions[ref],
    };
    const fieldPath = path ? path.split(".") : [];
    const request = { schema, group: "x.io", version: "v1", kind: "Widget", fieldPath, recursive, descriptions };
    const { output, error } = explainV2(request);
    expect(output).toBe(olderResults[i]!.output);
    expect(error).toBe(olderResults[i]!.error);
  },
);
