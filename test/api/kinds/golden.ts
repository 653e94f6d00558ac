import { readFileSync } from "node:fs";
import { clone } from "../../../src/api/json.ts";
import type { KindBehaviour, RequestContext } from "../../../src/api/kinds/kind.ts";
import { validateObjectMeta, validateObjectMetaUpdate } from "../../../src/api/meta/object-meta.ts";
import { nameIsDnsSubdomain } from "../../../src/api/meta/value-rules.ts";
import type { KubeObject } from "../../../src/api/object.ts";
import { kindByGvk } from "../../../src/api/registry.ts";
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
  return cases.map((given, i) => ({ given, expected: expectedOf(outcomes[i]!) }));
}

// rest.BeforeUpdate checks metadata twice, so causes repeat; kubectl prints each once.
function expectedOf({ name, object, causes, warnings }: Outcome): Outcome {
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
  const behaviour: KindBehaviour = (await info.behaviour?.())?.behaviour ?? {};
  const context: RequestContext = { snapshot: NOTHING, now: 0, subresource: "" };
  const stored = (given: KubeObject) => {
    const out = clone(given);
    if (info.namespaced) out.metadata.namespace = "default";
    behaviour.setDefaults?.(out, context);
    return out;
  };
  const next = stored(object);
  const rule = behaviour.validateName ?? nameIsDnsSubdomain;
  let errors: { type: string; field: string; body: string }[];
  let before: KubeObject | undefined;
  if (previous) {
    before = stored(previous);
    before.metadata.resourceVersion = "7";
    next.metadata.resourceVersion = "7";
    if (before.status !== undefined) next.status = clone(before.status);
    behaviour.prepareForUpdate?.(next, before, context);
    errors = validateObjectMetaUpdate(next.metadata, before.metadata);
    errors.push(...(behaviour.validateUpdate?.(next, before, context) ?? []));
    delete next.metadata.resourceVersion;
  } else {
    behaviour.prepareForCreate?.(next, context);
    if (behaviour.hasGeneration) next.metadata.generation = 1;
    errors = validateObjectMeta(next.metadata, info.namespaced, rule);
    errors.push(...(behaviour.validate?.(next, context) ?? []));
  }
  const causes = errors.map(({ type, field, body }) => ({ reason: type, message: body, field }));
  const texts = causes.map((cause) => JSON.stringify(cause));
  const unique = causes.filter((_, i) => texts.indexOf(texts[i]!) === i);
  const warnings = unique.length > 0 ? [] : (behaviour.warnings?.(next, before, context) ?? []);
  return { name, object: unique.length > 0 ? undefined : next, causes: unique, warnings };
}
