#!/usr/bin/env node
// Changes valid bodies of subresources at random and asks a real API server 1.36 what it says of each (all with dryRun=All):
//
//   SERVER=https://127.0.0.1:6443 TOKEN=... node make-subresources.mjs [--seed N] [--count N] [PATH...] > golden-subresources.json
//
// PATH is `pods/status`. With --against, as make.mjs.
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { comparable } from "./answer.mjs";
import { ask } from "./ask.mjs";
import { Randomizer } from "./random.mjs";
import subresources from "./subresources.json" with { type: "json" };
import { request } from "./subresource-request.mjs";

const { values: flags, positionals: only } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "25" },
    against: { type: "string", default: "" },
  },
});
const servers = [process.env.SERVER, ...(flags.against ? [flags.against] : [])];

async function remove(server, path) {
  await ask(server, "DELETE", `${path}?gracePeriodSeconds=0`);
  while ((await ask(server, "GET", path)).code !== 404) await sleep(200);
}

const cases = [];
for (const { path, schemas, verbs, focus, setup, name, body, drop } of subresources) {
  if (only.length > 0 && !only.includes(path)) continue;
  const { components } = (await ask(process.env.SERVER, "GET", `/openapi/v3/${schemas}`)).body;
  const isOwn = ({ group, version, kind }) => kind === body.kind && body.apiVersion === (group ? `${group}/${version}` : version);
  const [, schema] = Object.entries(components.schemas).find(([, it]) => it["x-kubernetes-group-version-kind"]?.some(isOwn));
  const random = new Randomizer(Number(flags.seed), components.schemas);
  for (const server of servers) for (const one of setup) await ask(server, "POST", one.path, one.object);
  // Until the controllers have said their part.
  await sleep(2000);
  for (let left = Number(flags.count); left > 0; left--) {
    const verb = random.pick(verbs);
    const object = random.changed(body, schema, focus);
    const force = random.chance(0.5);
    const { method, url, type } = request(path, name, verb, force);
    const [real, own] = await Promise.all(
      servers.map(async (server) => comparable(await ask(server, method, url, object, type), false, drop)),
    );
    if (!flags.against) cases.push({ path, verb, force, object, answer: real });
    else if (JSON.stringify(real) !== JSON.stringify(own)) console.log(JSON.stringify({ path, verb, object, real, own }));
  }
  for (const server of servers) for (const one of setup) await remove(server, `${one.path}/${one.object.metadata.name}`);
}
if (!flags.against) console.log(`[\n${cases.map((it) => JSON.stringify(it)).join(",\n")}\n]`);
