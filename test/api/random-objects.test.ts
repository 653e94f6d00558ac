import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { HttpResponse } from "../../src/apiserver/client.ts";
import { TestCluster } from "../support/cluster.ts";

const folder = join(import.meta.dirname, "../goldens/random-objects");
const { comparable } = await import(join(folder, "answer.mjs"));
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));

interface Base {
  path: string;
  namespaced: boolean;
  resource: string;
  object: { apiVersion: string; kind: string; metadata: { name: string } };
}
interface Case {
  resource: string;
  verb: "create" | "update";
  object: unknown;
  answer: unknown;
}

const CASES = read("golden.json") as Case[];

/** Cases of a kind that are answered otherwise still; one that is answered right leaves the list. */
const OPEN: readonly string[] = [
  // An empty list or map is none after decoding: messages print it as none, and what may not be there at all is let pass.
  "servicecidrs 10",
  "servicecidrs 16",
  "resourcequotas 14",
  "pods 60",
  "pods 72",
  "pods 77",
  "pods 85",
  "pods 117",
  // CEL is not compiled.
  "validatingwebhookconfigurations 8",
];

/** One cluster a kind, in which its base is: the requests themselves are dry runs. */
async function ask(cluster: TestCluster, method: string, path: string, body: unknown): Promise<HttpResponse> {
  const { http } = await cluster.session();
  const { pathname, searchParams } = new URL(path, "http://server");
  return await http({ method, path: pathname, query: searchParams, headers: {}, body: JSON.stringify(body) });
}

// golden.json: answers of a real API server 1.36.2, made by make.mjs beside it.
test.each(
  (read("bases.json") as Base[]).map((base) => [`${base.object.apiVersion} ${base.object.kind}`, base] as const),
)(
  "%s: what is changed at random is answered as the real server answers it",
  async (_, { path, namespaced, resource, object: base }) => {
    const cluster = new TestCluster();
    const all = `${path}${namespaced ? "/namespaces/default" : ""}/${resource}`;
    await ask(cluster, "POST", all, base);
    await cluster.commit();
    const own = CASES.filter(
      (it) => it.resource === resource && (it.object as Base["object"]).apiVersion === base.apiVersion,
    );
    for (const [i, { verb, object, answer }] of own.entries()) {
      const isUpdate = verb === "update";
      const url = `${isUpdate ? `${all}/${base.metadata.name}` : all}?dryRun=All&fieldValidation=Strict`;
      const { status: code, body, headers } = await ask(cluster, isUpdate ? "PUT" : "POST", url, object);
      const ours = comparable({ code, body: JSON.parse(body as string), warnings: headers.warning ?? [] }, isUpdate);
      if (OPEN.includes(`${resource} ${i}`)) expect({ i, ours }).not.toEqual({ i, ours: answer });
      else expect({ i, object, answer: ours }).toEqual({ i, object, answer });
    }
  },
);
