import type { KubeList, KubeObject } from "../../api/object.ts";
import type { Table } from "../../apiserver/client.ts";
import { isList } from "../../printers/printer.ts";
import { CommandError } from "../command.ts";
import { AggregateFailure, gatherError, throwAll } from "../errors.ts";
import type { Mapping } from "./mapping.ts";

/** One thing that a command line names, with what is known of it (cli-runtime's resource.Info). */
export interface ResourceInfo {
  /** Absent when the server is not asked (`--local`). */
  mapping?: Mapping;
  /** "" for cluster-scoped kinds, and for lists over all namespaces. */
  namespace: string;
  /** "" for a list. */
  name: string;
  /** File, address or `STDIN`; "" when it was named by arguments. */
  source: string;
  resourceVersion: string;
  subresource: string;
  /** What the file says, else what the server answered; a list where the result was not flattened. */
  object?: KubeObject | KubeList;
  /** Paths of fields that the file has twice, for the server's strict check. */
  duplicates?: string[];
  /** In the place of `object` when tables are asked for. */
  table?: Table;
}

/** Gets each one, or the error that stands in its place. */
export type VisitFunction = (info: ResourceInfo | undefined, error?: unknown) => Promise<void> | void;
export type Visitor = (visit: VisitFunction) => Promise<void>;

// The combinators model cli-runtime pkg/resource/visitor.go.

/** One after the other, up to the first error. */
export function inOrder(visitors: readonly Visitor[]): Visitor {
  return async (visit) => {
    for (const visitor of visitors) await visitor(visit);
  };
}

/** One after the other; errors are gathered and thrown at the end. */
export function eagerly(visitors: readonly Visitor[]): Visitor {
  return async (visit) => {
    const errors: unknown[] = [];
    for (const visitor of visitors) await gather(visitor, visit, errors);
    if (errors.length > 0) throw new AggregateFailure(errors);
  };
}

/** Goes on after errors, and throws them at the end. */
export function continuing(visitor: Visitor): Visitor {
  return async (visit) => {
    const errors: unknown[] = [];
    await gather(visitor, visit, errors);
    throwAll(errors);
  };
}

async function gather(visitor: Visitor, visit: VisitFunction, errors: unknown[]): Promise<void> {
  try {
    await visitor(async (info, error) => {
      if (error !== undefined) {
        gatherError(errors, error);
        return;
      }
      try {
        await visit(info);
      } catch (thrown) {
        gatherError(errors, thrown);
      }
    });
  } catch (thrown) {
    gatherError(errors, thrown);
  }
}

/** Does something with each before it is handed on; what it throws stands in its place. */
export function decorated(visitor: Visitor, ...steps: ((info: ResourceInfo) => Promise<void> | void)[]): Visitor {
  return (visit) =>
    visitor(async (info, error) => {
      if (error !== undefined) throw error;
      for (const step of steps) await step(info!);
      await visit(info);
    });
}

/** Hands on only those for which `keep` is true. */
export function filtered(visitor: Visitor, keep: (info: ResourceInfo) => boolean): Visitor {
  return (visit) =>
    visitor(async (info, error) => {
      if (error !== undefined) throw error;
      if (keep(info!)) await visit(info);
    });
}

/** Models cli-runtime pkg/resource mapper.go (infoForObject) over apimachinery's unstructured typer. */
function untyped(what: string, field: string): string {
  return `unable to get type info from the object "*unstructured.Unstructured": Object '${what}' is missing in 'object has no ${field}'`;
}

/** Hands on the items of lists; a list in a list is none. Models cli-runtime pkg/resource/visitor.go (FlattenListVisitor). */
export function flattened(visitor: Visitor, itemInfo: (item: KubeObject, list: ResourceInfo) => ResourceInfo): Visitor {
  return (visit) =>
    visitor(async (info, error) => {
      if (error !== undefined) throw error;
      if (info?.object === undefined || !isList(info.object)) return visit(info);
      const items: (KubeObject | KubeList | null | undefined)[] = info.object.items;
      if (items.some((item) => item && isList(item)))
        throw new CommandError("*unstructured.Unstructured is not a list: no Items field in this object");
      const errors: unknown[] = [];
      for (const item of items) {
        const next = item as KubeObject | null | undefined;
        try {
          if (!next?.kind) throw new CommandError(untyped("Kind", "kind field "));
          if (!next.apiVersion) throw new CommandError(untyped("apiVersion", "apiVersion field"));
          await visit(itemInfo(next, info));
        } catch (thrown) {
          gatherError(errors, thrown);
        }
      }
      if (errors.length > 0) throw new AggregateFailure(errors);
    });
}
