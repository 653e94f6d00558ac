#!/usr/bin/env node
// Changes valid objects at random and asks a real API server 1.36 what it says of each (all with dryRun=All, but for the first of a kind):
//
//   SERVER=https://127.0.0.1:6443 TOKEN=... node make.mjs [--seed N] [--count N] [PLURAL...] > golden.json
//
// With --against http://127.0.0.1:8001, where `kubectl proxy` of kubemu listens, it prints what the two answer differently instead.
import { parseArgs } from "node:util";
import { comparable } from "./answer.mjs";
import { ask } from "./ask.mjs";
import bases from "./bases.json" with { type: "json" };
import { Randomizer } from "./random.mjs";

const { values: flags, positionals: only } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "0" },
    against: { type: "string", default: "" },
  },
});
/** How many of each verb a kind gets: what this project is about gets the most. */
const MANY = { services: 120, endpoints: 30, endpointslices: 30, ingresses: 30, networkpolicies: 30, pods: 60, deployments: 40 };
const FEW = 10;

const cases = [];
for (const { path, namespaced, resource, object: base } of bases) {
  if (only.length > 0 && !only.includes(resource)) continue;
  const { components } = (await ask(process.env.SERVER, "GET", `/openapi/v3/${path.slice(1)}`)).body;
  const isOwn = ({ group, version, kind }) => kind === base.kind && base.apiVersion === (group ? `${group}/${version}` : version);
  const [, schema] = Object.entries(components.schemas).find(([, it]) => it["x-kubernetes-group-version-kind"]?.some(isOwn));
  const random = new Randomizer(Number(flags.seed), components.schemas);
  const all = `${path}${namespaced ? "/namespaces/default" : ""}/${resource}`;
  const servers = [process.env.SERVER, ...(flags.against ? [flags.against] : [])];
  for (const server of servers) await ask(server, "POST", all, base);
  for (const isUpdate of [false, true])
    for (let left = Number(flags.count) || MANY[resource] || FEW; left > 0; left--) {
      const object = random.changed(base, schema);
      if (isUpdate) object.metadata = { ...object.metadata, name: base.metadata.name };
      const url = `${isUpdate ? `${all}/${base.metadata.name}` : all}?dryRun=All&fieldValidation=Strict`;
      const [real, own] = await Promise.all(
        servers.map(async (server) => comparable(await ask(server, isUpdate ? "PUT" : "POST", url, object), isUpdate)),
      );
      if (!flags.against) cases.push({ resource, verb: isUpdate ? "update" : "create", object, answer: real });
      else if (JSON.stringify(real) !== JSON.stringify(own)) console.log(JSON.stringify({ resource, isUpdate, object, real, own }));
    }
  // Limits and quotas would hold for what comes after.
  for (const server of servers) await ask(server, "DELETE", `${all}/${base.metadata.name}`);
}
if (!flags.against) console.log(`[\n${cases.map((it) => JSON.stringify(it)).join(",\n")}\n]`);
