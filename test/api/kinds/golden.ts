import { readFileSync } from "node:fs";
import { clone, type JsonObject } from "../../../src/api/json.ts";
import type { KindBehaviour, RequestContext } from "../../../src/api/kinds/kind.ts";
import { loadBehaviour, loadConversion } from "../../../src/api/kinds/load.ts";
import { validateObjectMeta, validateObjectMetaUpdate } from "../../../src/api/meta/object-meta.ts";
import { nameIsDnsSubdomain } from "../../../src/api/meta/value-rules.ts";
import type { KubeObject } from "../../../src/api/object.ts";
import { apiVersionOf, kindByGvk } from "../../../src/api/registry.ts";
import { decode, encode } from "../../../src/api/schema/decode.ts";
import type { Snapshot } from "../../../src/api/snapshot.ts";
import type { StatusCause } from "../../../src/api/status.ts";

/**
 * test/goldens/kinds holds cases and what the real strategies of kubernetes v1.36.2 made of them (main.go: rest.BeforeCreate and
 * rest.BeforeUpdate, no allocation, no admission). Here the same steps are taken with our behaviours.
 */
export interface GoldenCase {
  name: string;
  object: KubeObject;
  previous?: KubeObject;
}
export interface Outcome {
  name: string;
  object?: KubeObject;
  message?: string;
  causes?: StatusCause[];
  warnings?: string[];
}

const folder = new URL("../../goldens/kinds/", import.meta.url);

export function goldens(kind: string): { given: GoldenCase; expected: Outcome }[] {
  const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  const cases: GoldenCase[] = read(`${kind}.cases.json`);
  const outcomes: Outcome[] = read(`${kind}.golden.json`);
  return cases.map((given, i) => ({ given, expected: expectedOf(outcomes[i]!, given.previous !== undefined) }));
}

// rest.BeforeUpdate checks metadata twice, so causes repeat; kubectl prints each once.
function expectedOf({ name, object, causes, warnings }: Outcome, update: boolean): Outcome {
  // The generation is the caller's to count.
  if (update) delete object?.metadata.generation;
  const texts = (causes ?? []).map((cause) => JSON.stringify(cause));
  const unique = (causes ?? []).filter((_, i) => texts.indexOf(texts[i]!) === i);
  return { name, object, causes: unique, warnings: warnings ?? [] };
}

const NOTHING: Snapshot = {
  cluster: { profile: "bare", seed: "s", settings: {} },
  now: 0,
  get: () => undefined,
  list: () => [],
};

export async function outcomeOf({ name, object, previous }: GoldenCase): Promise<Outcome> {
  const info = kindByGvk(object.apiVersion, object.kind)!;
  const behaviour: KindBehaviour = (await loadBehaviour(info)) ?? {};
  const context: RequestContext = { snapshot: NOTHING, now: 0, subresource: "", warn() {} };
  const ref = { group: info.group, version: object.apiVersion.split("/").at(-1)!, kind: info.kind };
  const isStored = object.apiVersion === apiVersionOf(info) && !info.storage;
  const conversion = isStored ? undefined : await loadConversion(info);
  const stored = async (given: KubeObject) => {
    const sent = (await decode(ref, given as JsonObject, "Ignore")).object;
    const out = conversion ? conversion.toStored(sent) : sent;
    if (info.namespaced) out.metadata.namespace = "default";
    behaviour.setDefaults?.(out, context);
    return out;
  };
  const next = await stored(object);
  const rule = behaviour.validateName ?? nameIsDnsSubdomain;
  let errors: { type: string; field: string; body: string }[];
  let before: KubeObject | undefined;
  if (previous) {
    before = await stored(previous);
    before.metadata.resourceVersion = "7";
    next.metadata.resourceVersion = "7";
    if (before.status !== undefined) next.status = clone(before.status);
    behaviour.prepareForUpdate?.(next, before, context);
    // As in what is expected.
    delete next.metadata.generation;
    errors = validateObjectMetaUpdate(next.metadata, before.metadata);
    errors.push(...(behaviour.validateUpdate?.(next, before, context) ?? []));
    next.metadata.resourceVersion = undefined;
  } else {
    behaviour.prepareForCreate?.(next, context);
    if (behaviour.hasGeneration) next.metadata.generation = 1;
    errors = validateObjectMeta(next.metadata, info.namespaced, rule);
    errors.push(...(behaviour.validate?.(next, context) ?? []));
  }
  // Left out of the answers, as they are drawn anew.
  next.metadata.uid = undefined;
  const causes = errors.map(({ type, field, body }) => ({ reason: type, message: body, field }));
  const texts = causes.map((cause) => JSON.stringify(cause));
  const unique = causes.filter((_, i) => texts.indexOf(texts[i]!) === i);
  const warnings = unique.length > 0 ? [] : (behaviour.warnings?.(next, before, context) ?? []);
  const shown = conversion ? conversion.fromStored(clone(next)) : clone(next);
  return { name, object: unique.length > 0 ? undefined : await encode(ref, shown), causes: unique, warnings };
}
