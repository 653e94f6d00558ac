import { CommandError } from "../command.ts";
import type { NamedResource, ResourceArguments } from "./arguments.ts";
import { type Mapping, mappingFor, mappingsOf } from "./mapping.ts";
import type { FindContext, Found, ResourceQuery } from "./query.ts";
import { eagerly, inOrder, type ResourceInfo, type Visitor } from "./visitor.ts";

/** `svc/web pod/a`: each word names its type. Models visitByResource. @throws CommandError */
export function byTuples(
  words: ResourceArguments,
  tuples: NamedResource[],
  query: ResourceQuery,
  context: FindContext,
): Found {
  if (words.types.length > 0) {
    throw new CommandError("you may not specify individual resources and bulk resources in the same call");
  }
  const mappings = new Map<string, Mapping>();
  for (const { resource } of tuples) {
    if (!mappings.has(resource)) mappings.set(resource, mappingFor(resource, context));
  }
  const distinct = [...new Map([...mappings.values()].map((mapping) => [mapping.resource, mapping])).values()];
  if (distinct.length > 1 && query.singleResourceType) {
    throw new CommandError("you may only specify a single resource type");
  }
  const infos = tuples.map(({ resource, name }) => namedInfo(mappings.get(resource)!, name, query));
  const visitors = infos.map(alone);
  const visit = query.continueOnError ? eagerly(visitors) : inOrder(visitors);
  return { singleItemImplied: tuples.length === 1, targetsSingleItems: true, mappings: distinct, visit };
}

/** `svc web api`: names of one type. Models visitByName. @throws CommandError */
export function byNames(words: ResourceArguments, query: ResourceQuery, context: FindContext): Found {
  if (words.types.length > 1) throw new CommandError("you must specify only one resource");
  const mappings = mappingsOf(words.types, query, context);
  const infos = words.names.map((name) => namedInfo(mappings[0]!, name, query));
  const visit = inOrder(infos.map(alone));
  return { singleItemImplied: words.names.length === 1, targetsSingleItems: true, mappings, visit };
}

function alone(info: ResourceInfo): Visitor {
  return async (visit) => visit(info);
}

function namedInfo(mapping: Mapping, name: string, query: ResourceQuery): ResourceInfo {
  if (mapping.info.namespaced && query.allNamespaces) {
    throw new CommandError("a resource cannot be retrieved by name across all namespaces");
  }
  return {
    mapping,
    namespace: mapping.info.namespaced ? query.namespace : "",
    name,
    source: "",
    resourceVersion: "",
    subresource: query.subresource ?? "",
  };
}
