import { gvkSortText, kindRank, ORDER_FIRST, ORDER_LAST } from "./config/transformer-config.ts";
import { type Gvk, gvkEquals, gvkText, type ResId } from "./ids.ts";
import { KustomizeError } from "./problem.ts";
import { ResMap } from "./res-map.ts";
import type { SortArgs } from "./types.ts";

/** Puts resources in the order that the options ask for. Throws KustomizeError. Models SortOrderTransformer. */
export function sortResources(map: ResMap, { order, legacySortOptions }: SortArgs): void {
  if (order !== "fifo" && order !== "legacy")
    throw new KustomizeError("the field 'sortOptions.order' must be one of [fifo, legacy]");
  if (order === "fifo") {
    if (legacySortOptions === undefined) return;
    throw new KustomizeError(
      "the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not 'legacy'",
    );
  }
  const { orderFirst = [], orderLast = [] } = legacySortOptions ?? {
    orderFirst: [...ORDER_FIRST],
    orderLast: [...ORDER_LAST],
  };
  const compare = (a: ResId, b: ResId) =>
    gvkEquals(a, b) ? byText(idSortText(a), idSortText(b)) : compareKinds(a, b, orderFirst, orderLast);
  const sorted = map.list.map((resource) => ({ resource, id: resource.id })).sort((a, b) => compare(a.id, b.id));
  map.list = ResMap.of(sorted.map(({ resource }) => resource)).list;
}

function compareKinds(a: Gvk, b: Gvk, first: readonly string[], last: readonly string[]): number {
  const byRank = kindRank(a.kind, first, last) - kindRank(b.kind, first, last);
  if (byRank !== 0) return byRank;
  const byGvk = byText(gvkSortText(a), gvkSortText(b));
  const areNamespaces = a.kind === "Namespace" && b.kind === "Namespace" && (a.group === "" || b.group === "");
  return areNamespaces ? -byGvk : byGvk;
}

function idSortText(id: ResId): string {
  return [gvkText(id), id.namespace || "~X", id.name || "~N"].join("|");
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
