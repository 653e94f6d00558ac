import { parseFieldSelector } from "../api/meta/field-selector.ts";
import { parseLabelSelector } from "../api/meta/label-selector.ts";
import { ParseError } from "../api/meta/parse-error.ts";
import type { KubeList, KubeObject } from "../api/object.ts";
import { badRequest } from "../api/status.ts";
import type { Brief } from "../store/places.ts";
import type { ListOptions } from "./client.ts";
import type { Request } from "./request.ts";

/** The objects that a list or a watch shows, in key order. @throws ApiError BadRequest for a selector that is none */
export function select(request: Request, options: ListOptions): KubeObject[] {
  const matches = matcher(request, options);
  return request.world.objects.list(request.key, options.namespace || undefined).filter(matches);
}

/** Models apiserver pkg/registry/generic SelectionPredicate, and the field label conversion functions of the kinds. */
function matcher(request: Request, options: ListOptions): (object: KubeObject) => boolean {
  const tests: ((object: KubeObject) => boolean)[] = [];
  if (options.labelSelector) {
    const selector = parsed(parseLabelSelector, options.labelSelector);
    tests.push((object) => selector.matches(object.metadata.labels ?? {}));
  }
  if (options.fieldSelector) {
    const selector = parsed(parseFieldSelector, options.fieldSelector);
    for (const { field } of selector.requirements) checkFieldLabel(request, field);
    tests.push((object) =>
      selector.matches({
        "metadata.name": object.metadata.name ?? "",
        "metadata.namespace": object.metadata.namespace ?? "",
        ...request.behaviour.selectableFields?.(object),
      }),
    );
  }
  return (object) => tests.every((test) => test(object));
}

/**
 * Models apimachinery pkg/runtime (Scheme.ConvertFieldLabel): kinds that name fields of their own word the refusal of others themselves.
 * @throws ApiError BadRequest for a field that no selector may name
 */
function checkFieldLabel({ info, behaviour }: Request, label: string): void {
  const own = behaviour.selectableFieldNames;
  const names = ["metadata.name", ...(info.namespaced || !own ? ["metadata.namespace"] : []), ...(own ?? [])];
  if (names.includes(label)) return;
  if (!own) throw badRequest(`"${label}" is not a known field selector: only "metadata.name", "metadata.namespace"`);
  throw badRequest(behaviour.refuseFieldLabel?.(label) ?? `field label not supported: ${label}`);
}

/** @throws ApiError BadRequest with the text of what is wrong */
function parsed<T>(parse: (text: string) => T, text: string): T {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof ParseError) throw badRequest(error.message);
    throw error;
  }
}

export interface Page<T> {
  rows: T[];
  metadata: KubeList["metadata"];
}

/**
 * A page of a list: what `take` makes of each object. `continue` is the place in the list to go on from, as text. No more is parsed than
 * the page needs.
 */
export function page<T>(request: Request, options: ListOptions, take: (brief: Brief) => T): Page<T> {
  const { objects } = request.world;
  const { count, at: look } = objects.places(request.key, options.namespace || undefined);
  if (!hasSelector(options)) {
    const { from, to, metadata } = bounds(request, options, count);
    return { rows: Array.from({ length: to - from }, (_, i) => take(look(from + i))), metadata };
  }
  const limit = limitOf(options);
  const matches = matcher(request, options);
  const rows: T[] = [];
  const metadata = listMetadata(request);
  for (let at = startOf(options); at < count; at++) {
    const brief = seen(look(at));
    if (!matches(brief.object)) continue;
    if (rows.length === limit) return { rows, metadata: { ...metadata, continue: String(at) } };
    rows.push(take(brief));
  }
  return { rows, metadata };
}

/** Where a page of a list without selectors begins and ends, of `count` objects, and what is told of it. */
export function bounds(
  request: Request,
  options: ListOptions,
  count: number,
): { from: number; to: number; metadata: KubeList["metadata"] } {
  const from = Math.min(startOf(options), count);
  const to = Math.min(from + limitOf(options), count);
  const metadata = listMetadata(request);
  if (to < count) Object.assign(metadata, { continue: String(to), remainingItemCount: count - to });
  return { from, to, metadata };
}

function listMetadata(request: Request): KubeList["metadata"] {
  return { resourceVersion: String(request.world.header.resourceVersion) };
}

/** As in etcd3's store, a negative limit is none. */
function limitOf({ limit }: ListOptions): number {
  return limit && limit > 0 ? limit : Number.POSITIVE_INFINITY;
}

function startOf(options: ListOptions): number {
  return options.continue ? Number(options.continue) : 0;
}

/** A look at an object parses it: one is enough to match it and to print it. */
function seen(brief: Brief): Brief {
  return { object: brief.object, whole: () => brief.whole() };
}

export function hasSelector({ labelSelector, fieldSelector }: ListOptions): boolean {
  return !!labelSelector || !!fieldSelector;
}
