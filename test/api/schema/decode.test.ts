import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/api/json.ts";
import { kinds } from "../../../src/api/registry.ts";
import { decode, decodePatched, encode, type TypeRef } from "../../../src/api/schema/decode.ts";
import { ApiError } from "../../../src/api/status.ts";

function read<T>(name: string): T {
  return JSON.parse(readFileSync(`test/goldens/decode/${name}.json`, "utf8")) as T;
}

interface Result {
  error?: string;
  strict?: string[];
  object?: JsonObject;
}

function refOf(ref: string): TypeRef {
  const [apiVersion = "", kind = ""] = ref.split(" ");
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  return { group: group!, version: version!, kind };
}

async function errorOf(decoded: Promise<unknown>): Promise<string> {
  try {
    await decoded;
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
  return "no error";
}

// Go: k8s.io/client-go/kubernetes/scheme with the strict JSON serializer (test/goldens/decode/main.go).
describe("bodies as Go decodes them", () => {
  const cases = read<[string, JsonObject][]>("cases");
  const results = read<(Result & { converted?: Result })[]>("results");

  test("there are as many results as cases", () => {
    expect(results).toHaveLength(cases.length);
    expect(cases.length).toBeGreaterThan(150);
  });

  test.each(cases.map(([ref, body], i) => [ref, JSON.stringify(body), i] as const))("%s %s", async (ref, _text, i) => {
    const type = refOf(ref);
    const [, body] = cases[i]!;
    const { error, strict, object } = results[i]!;
    const [apiVersion = "", kind = ""] = ref.split(" ");
    const typeMeta = typeof (body.apiVersion ?? "") !== "string" || typeof (body.kind ?? "") !== "string";
    if (typeMeta) {
      // Models apiserver pkg/endpoints/handlers/rest.go (transformDecodeError, summarizeData).
      const unrecognized = `the object provided is unrecognized (must be of type ${ref.split(" ")[1]}): ${error} (${JSON.stringify(body)})`;
      expect(await errorOf(decode(type, body, "Ignore"))).toBe(unrecognized);
      return;
    }
    const prefix = `${kind} in version "${apiVersion.split("/").at(-1)}" cannot be handled as a ${kind}: `;
    if (error !== undefined) {
      expect(await errorOf(decode(type, body, "Ignore"))).toBe(prefix + error);
      return;
    }
    const decoded = await decode(type, body, "Warn");
    expect(decoded.strictErrors).toEqual(strict ?? []);
    expect(JSON.stringify(await encode(type, decoded.object))).toBe(JSON.stringify(object));
    if (strict)
      expect(await errorOf(decode(type, body, "Strict"))).toBe(`${prefix}strict decoding error: ${strict.join(", ")}`);
  });
});

// Go: runtime.DefaultUnstructuredConverter.FromUnstructuredWithValidation; around it apiserver pkg/endpoints/handlers/patch.go.
describe("bodies as the outcome of a strategic merge patch", () => {
  const cases = read<[string, JsonObject][]>("cases");
  const results = read<(Result & { converted?: Result })[]>("results");

  test.each(cases.map(([ref, body], i) => [ref, JSON.stringify(body), i] as const))("%s %s", async (ref, _text, i) => {
    const type = refOf(ref);
    const [, body] = cases[i]!;
    const { error, strict, object } = results[i]!.converted ?? results[i]!;
    const patch = { type: "strategic", body: { spec: null } } as const;
    const prefix = ' "" is invalid: patch: Invalid value: "map[spec:<nil>]": ';
    if (error !== undefined) {
      expect(await errorOf(decodePatched(type, body, patch, "Ignore"))).toBe(prefix + error);
      return;
    }
    const decoded = await decodePatched(type, body, patch, "Warn");
    expect(decoded.strictErrors).toEqual(strict ?? []);
    expect(JSON.stringify(await encode(type, decoded.object))).toBe(JSON.stringify(object));
    if (strict)
      expect(await errorOf(decodePatched(type, body, patch, "Strict"))).toBe(
        `${prefix}strict decoding error: ${strict.join(", ")}`,
      );
  });
});

test("the outcome of a merge patch is read as JSON", async () => {
  const patched = { apiVersion: "v1", kind: "Service", spec: { ports: [{ port: "x" }] } };
  expect(await errorOf(decodePatched(refOf("v1 Service"), patched, { type: "merge", body: patched }, "Warn"))).toBe(
    ' "" is invalid: patch: Invalid value: "{\\"apiVersion\\":\\"v1\\",\\"kind\\":\\"Service\\",\\"spec\\":{\\"ports\\":[{\\"port\\":\\"x\\"}]}}": json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32',
  );
});

test("decoded objects have no nulls, and lists that may not be absent", async () => {
  const { object } = await decode(refOf("apps/v1 Deployment"), { metadata: { name: "a", labels: null } }, "Strict");
  expect(object).toEqual({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "a" },
    spec: { template: { metadata: {}, spec: { containers: [] } }, strategy: {} },
    status: {},
  });
});

test("duplicate keys come first, Ignore says nothing", async () => {
  const service = refOf("v1 Service");
  const body = { spec: { portz: 1 } };
  expect((await decode(service, body, "Warn", ["spec.type"])).strictErrors).toEqual([
    'duplicate field "spec.type"',
    'unknown field "spec.portz"',
  ]);
  expect((await decode(service, body, "Ignore", ["spec.type"])).strictErrors).toEqual([]);
});

test("keys of the prototype are data or unknown", async () => {
  const map = refOf("v1 ConfigMap");
  const body = JSON.parse(
    '{"data": {"__proto__": "x", "constructor": "y"}, "__proto__": 1, "constructor": 2}',
  ) as JsonObject;
  const { object, strictErrors } = await decode(map, body, "Warn");
  expect(strictErrors).toEqual(['unknown field "__proto__"', 'unknown field "constructor"']);
  expect(JSON.stringify((await encode(map, object)).data)).toBe('{"__proto__":"x","constructor":"y"}');
});

test.each(kinds.flatMap((info) => info.versions.map((version) => [info.group, version, info.kind] as const)))(
  "%s %s %s can be decoded",
  async (group, version, kind) => {
    const { object } = await decode({ group, version, kind }, { metadata: { name: "a" } }, "Strict");
    expect(object.metadata).toEqual({ name: "a" });
  },
);

test("no such kind", async () => {
  expect(await errorOf(decode({ group: "apps", version: "v1", kind: "Service" }, {}, "Strict"))).toBe(
    "kubemu does not simulate Service in version apps/v1",
  );
});
