import type { KubeList, KubeObject } from "../api/object.ts";
import { isList, type Printer } from "./printer.ts";

/** The object without metadata.managedFields, a list without those of its items. The original is not changed. */
function withoutManagedFields<T extends KubeObject | KubeList>(object: T): T {
  if (isList(object)) return { ...object, items: object.items.map(withoutManagedFields) };
  const { metadata } = object as KubeObject;
  if (metadata?.managedFields === undefined) return object;
  const { managedFields: _, ...rest } = metadata;
  return { ...object, metadata: rest };
}

/** Prints with `inner`, managedFields left out unless `--show-managed-fields`. Models cli-runtime OmitManagedFieldsPrinter. */
export function omitManagedFields(inner: Printer): Printer {
  return { print: (object, write) => inner.print(withoutManagedFields(object), write) };
}
