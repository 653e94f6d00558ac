import { expect, test } from "vitest";
import type { HttpResponse } from "../../../src/apiserver/client.ts";
import { TestCluster } from "../../support/cluster.ts";

const CLUSTER = new TestCluster();

async function ask(
  method: string,
  url: string,
  body = "",
  headers: Record<string, string> = {},
): Promise<HttpResponse> {
  const { pathname, searchParams } = new URL(url, "http://server");
  const { http } = await CLUSTER.session();
  return await http({ method, path: pathname, query: searchParams, headers, body });
}

// As a real server 1.36.2 answers.
test("an object that is not there is a Status, its members in the order of the type", async () => {
  expect(await ask("GET", "/api/v1/namespaces/default/services/x")).toEqual({
    status: 404,
    headers: { "content-type": "application/json" },
    body:
      '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"services \\"x\\" not found",' +
      '"reason":"NotFound","details":{"name":"x","kind":"services"},"code":404}\n',
  });
});

test("a deprecated kind answers with a Warning header (apimachinery pkg/util/net NewWarningHeader)", async () => {
  const { status, headers } = await ask("GET", "/api/v1/namespaces/default/endpoints");
  expect(status).toBe(200);
  expect(headers.warning).toEqual([
    '299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"',
  ]);
});

test("rows of a Table have the metadata alone unless the whole object is asked for (handlers/response.go asTable)", async () => {
  const accept = { accept: "application/json;as=Table;v=v1;g=meta.k8s.io,application/json" };
  const rows = async (query: string) => {
    const { body } = await ask("GET", `/api/v1/namespaces/default/services${query}`, "", accept);
    return (JSON.parse(body as string) as { rows: { object: { kind: string } }[] }).rows.map((row) => row.object.kind);
  };
  expect(await rows("")).toEqual(["PartialObjectMetadata"]);
  expect(await rows("?includeObject=Object")).toEqual(["Service"]);
});

test("a negative limit is none (apiserver pkg/storage/etcd3 store.go)", async () => {
  const { body } = await ask("GET", "/api/v1/services?limit=-1");
  expect((JSON.parse(body as string) as { items: unknown[] }).items).toHaveLength(2);
});

test("a patch of an unknown type is refused (handlers/patch.go)", async () => {
  const { status } = await ask("PATCH", "/api/v1/namespaces/default/services/kubernetes", "{}", {
    "content-type": "application/foo",
  });
  expect(status).toBe(415);
});

// As a real server 1.36.2 answers.
test("what Go's encoder escapes is escaped, indented or not", async () => {
  const path = "/api/v1/namespaces/default/services?labelSelector=a%3C%3Eb";
  expect((await ask("GET", path)).body).toBe(
    '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"unable to parse requirement: ' +
      `found '\\u003e', expected: identifier","reason":"BadRequest","code":400}\n`,
  );
  expect((await ask("GET", `${path}&pretty=true`)).body).toBe(`{
  "kind": "Status",
  "apiVersion": "v1",
  "metadata": {},
  "status": "Failure",
  "message": "unable to parse requirement: found '\\u003e', expected: identifier",
  "reason": "BadRequest",
  "code": 400
}`);
});

test("members stand in the order of the Go structs, a list's items without their kind", async () => {
  const { body } = await ask("GET", "/api/v1/namespaces?fieldSelector=metadata.name=kube-public");
  const { items, ...list } = JSON.parse(body as string) as { items: Record<string, object>[] };
  expect(Object.keys(list)).toEqual(["kind", "apiVersion", "metadata"]);
  expect(Object.keys(items[0]!)).toEqual(["metadata", "spec", "status"]);
  const curl = { "user-agent": "curl/7.88.1" };
  const { body: one } = await ask("GET", "/api/v1/namespaces/kube-public", "", curl);
  expect(
    (one as string).startsWith('{\n  "kind": "Namespace",\n  "apiVersion": "v1",\n  "metadata": {\n    "name"'),
  ).toBe(true);
});

test.each(["/metrics", "/openapi/v3/version", "/openapi/v3/apis/apps", "/debug/pprof/"])("%s", async (path) => {
  // A real server has an answer.
  const { status, body } = await ask("GET", path);
  expect([status, (JSON.parse(body as string) as { message: string }).message]).toEqual([
    501,
    `kubemu does not simulate the server's ${path}`,
  ]);
});
