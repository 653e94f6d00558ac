import { loadTable } from "../api/kinds/load-table.ts";
import { parseFieldSelector } from "../api/meta/field-selector.ts";
import { parseLabelSelector } from "../api/meta/label-selector.ts";
import { ParseError } from "../api/meta/parse-error.ts";
import type { KubeList, KubeObject } from "../api/object.ts";
import { badRequest } from "../api/status.ts";
import type { ListOptions, Table } from "./client.ts";
import type { Request } from "./request.ts";

/** The objects that a list or a watch shows, in key order. @throws ApiError BadRequest for a selector that is none */
export function select(request: Request, options: ListOptions): KubeObject[] {
  const matches = matcher(request, options);
  return request.world.objects.list(request.key, options.namespace || undefined).filter(matches);
}

/** Models apiserver pkg/registry/generic SelectionPredicate, and the field label conversion functions of the kinds. */
export function matcher(request: Request, options: ListOptions): (object: KubeObject) => boolean {
  const tests: ((object: KubeObject) => boolean)[] = [];
  if (options.labelSelector) {
    const selector = parsed(parseLabelSelector, options.labelSelector);
    tests.push((object) => selector.matches(object.metadata.labels ?? {}));
  }
  if (options.fieldSelector) {
    const selector = parsed(parseFieldSelector, options.fieldSelector);
    const names = ["metadata.name", ...(request.info.namespaced ? ["metadata.namespace"] : [])];
    const known = [...names, ...(request.behaviour.selectableFieldNames ?? [])];
    for (const { field } of selector.requirements)
      if (!known.includes(field)) throw badRequest(`field label not supported: ${field}`);
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

/** @throws ApiError BadRequest with the text of what is wrong */
function parsed<T>(parse: (text: string) => T, text: string): T {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof ParseError) throw badRequest(error.message);
    throw error;
  }
}

/** A page of a list; `continue` is the key after the last one, as text. */
export function page(request: Request, options: ListOptions): { items: KubeObject[]; metadata: KubeList["metadata"] } {
  const all = select(request, options);
  const resourceVersion = String(request.world.header.resourceVersion);
  const from = options.continue ? Number(options.continue) : 0;
  // As in etcd3's store, a negative limit is none.
  if (!options.limit || options.limit < 0 || all.length - from <= options.limit)
    return { items: from ? all.slice(from) : all, metadata: { resourceVersion } };
  const to = from + options.limit;
  const remainingItemCount = all.length - to;
  return {
    items: all.slice(from, to),
    metadata: {
      resourceVersion,
      continue: String(to),
      ...(options.labelSelector || options.fieldSelector ? {} : { remainingItemCount }),
    },
  };
}

/** The objects as a Table: how the kind prints itself. */
export async function tableOf(request: Request, objects: KubeObject[], metadata: Table["metadata"]): Promise<Table> {
  const printer = await loadTable(request.info);
  const context = { now: request.world.objects.now };
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata,
    columnDefinitions: printer.columns,
    rows: objects.map((object) => ({ cells: printer.cells(object, context), object })),
  };
}
