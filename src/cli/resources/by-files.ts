import { goQuote } from "../../api/encoding/go-quote.ts";
import type { KubeObject } from "../../api/object.ts";
import { CommandError } from "../command.ts";
import type { NamedResource, ResourceArguments } from "./arguments.ts";
import { fetchObject } from "./fetch.ts";
import { type FileSource, requireReadable, visitFiles } from "./files.ts";
import { type Mapping, mappingForKind } from "./mapping.ts";
import { setNamespace } from "./namespaces.ts";
import type { FindContext, Found, ResourceQuery } from "./query.ts";
import { decorated, eagerly, filtered, flattened, inOrder, type ResourceInfo, type Visitor } from "./visitor.ts";

/** The objects that files describe. Models visitByPaths. */
export function byFiles(
  sources: { list: FileSource[]; single: boolean },
  words: ResourceArguments,
  tuples: NamedResource[],
  label: string | undefined,
  query: ResourceQuery,
  context: FindContext,
): Found {
  if (words.types.length > 0) {
    throw new CommandError(
      "when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well",
    );
  }
  if (tuples.length > 0) {
    throw new CommandError("resource/name arguments cannot be provided when a path is specified");
  }
  const visitors = sources.list.map((source) => visitFiles(source, query, context));
  const visitAll = query.continueOnError ? eagerly(visitors) : inOrder(visitors);
  let visit: Visitor = async (each) => {
    await requireReadable(sources.list);
    await visitAll(each);
  };
  if (query.flatten) visit = flattenLists(visit, query);
  if (query.latest) {
    visit = decorated(
      visit,
      (info) => setNamespace(info, query.allNamespaces ? "" : query.namespace),
      async (info) => {
        if (info.name === "") return;
        if (info.mapping?.info.namespaced && info.namespace === "")
          throw new CommandError(noNamespace(info.mapping, info.name));
        await fetchObject(info, query, context);
      },
    );
  }
  if (label !== undefined && label !== "") visit = byLabels(visit, label, !!query.latest && !!query.tables);
  return { singleItemImplied: sources.single, targetsSingleItems: true, mappings: [], visit };
}

/** Models cli-runtime pkg/resource/visitor.go (RetrieveLatest), with the resource as Go prints a GroupVersionResource. */
function noNamespace({ info, version }: Mapping, name: string): string {
  return `no namespace set on resource ${info.group}/${version}, Resource=${info.resource} ${goQuote(name)}`;
}

/** A table, which stands where the object was, has no labels. Models cli-runtime's FilterByLabelSelector. */
function byLabels(visitor: Visitor, label: string, areTables: boolean): Visitor {
  return async (visit) => {
    const { parseLabelSelector } = await import("../../api/meta/label-selector.ts");
    const { ParseError } = await import("../../api/meta/parse-error.ts");
    try {
      const selector = parseLabelSelector(label);
      const labelsOf = ({ object }: ResourceInfo) => (areTables ? {} : ((object as KubeObject).metadata.labels ?? {}));
      visitor = filtered(visitor, (info) => selector.matches(labelsOf(info)));
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      throw new CommandError(`the provided selector ${goQuote(label)} is not valid: ${error.message}`);
    }
    await visitor(visit);
  };
}

/** What lists hold, one by one; what a list holds may be a list. */
export function flattenLists(visitor: Visitor, query: ResourceQuery): Visitor {
  return flattened(visitor, (item, list) => {
    const text = (value: unknown) => (typeof value === "string" ? value : "");
    const info: ResourceInfo = {
      namespace: text(item.metadata?.namespace),
      name: text(item.metadata?.name),
      source: list.source,
      resourceVersion: list.resourceVersion || text(item.metadata?.resourceVersion),
      subresource: list.subresource,
      object: item,
    };
    if (!query.local) {
      try {
        info.mapping = mappingForKind(item.apiVersion, item.kind);
      } catch (error) {
        throw new CommandError(`unable to recognize ${(error as Error).message}`);
      }
    }
    return info;
  });
}
