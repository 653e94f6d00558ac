import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TestCluster } from "../support/cluster.ts";

const folder = join(import.meta.dirname, "../goldens/random-objects");
const { comparable } = await import(join(folder, "answer.mjs"));
const { request } = await import(join(folder, "subresource-request.mjs"));
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));

interface Subresource {
  /** `pods/status` */
  path: string;
  /** Of the object that is asked. */
  name: string;
  setup: { path: string; object: unknown }[];
  drop?: string[];
}
interface Case {
  path: string;
  verb: string;
  force: boolean;
  object: unknown;
  answer: unknown;
}

const CASES = read("golden-subresources.json") as Case[];

/** Cases of a path that are answered otherwise still; one that is answered right leaves the list. */
const OPEN: readonly string[] = [];

// golden-subresources.json: answers of a real API server 1.36.2, made by make-subresources.mjs beside it.
test.each((read("subresources.json") as Subresource[]).map((it) => [it.path, it] as const))(
  "%s: what is changed at random is answered as the real server answers it",
  async (path, { name, setup, drop }) => {
    const cluster = new TestCluster();
    const ask = async (method: string, url: string, body: unknown, type = "application/json") => {
      const { pathname, searchParams } = new URL(url, "http://server");
      const headers = { "content-type": type };
      const { http } = await cluster.session();
      return await http({ method, path: pathname, query: searchParams, headers, body: JSON.stringify(body) });
    };
    for (const one of setup) await ask("POST", one.path, one.object);
    await cluster.commit();
    for (const [i, { verb, force, object, answer }] of CASES.filter((it) => it.path === path).entries()) {
      const { method, url, type } = request(path, name, verb, force);
      const { status: code, body, headers } = await ask(method, url, object, type);
      const told = { code, body: JSON.parse(body as string), warnings: headers.warning ?? [] };
      const ours = comparable(told, false, drop);
      if (OPEN.includes(`${path} ${i}`)) expect({ i, ours }).not.toEqual({ i, ours: answer });
      else expect({ i, verb, object, answer: ours }).toEqual({ i, verb, object, answer });
    }
  },
);
