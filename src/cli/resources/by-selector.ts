import { goQuote } from "../../api/encoding/go-quote.ts";
import { ApiError } from "../../api/status.ts";
import { CommandError } from "../command.ts";
import type { NamedResource, ResourceArguments } from "./arguments.ts";
import { wholeRows } from "./fetch.ts";
import { type Mapping, mappingsOf, printedResource } from "./mapping.ts";
import type { FindContext, Found, ResourceQuery } from "./query.ts";
import { eagerly, inOrder, type ResourceInfo, type VisitFunction, type Visitor } from "./visitor.ts";

/** All objects of some types, narrowed by selectors. Models visitBySelector. @throws CommandError */
export function bySelector(
  words: ResourceArguments,
  tuples: NamedResource[],
  label: string,
  fieldSelector: string,
  query: ResourceQuery,
  context: FindContext,
): Found {
  if (words.names.length > 0) throw new CommandError("name cannot be provided when a selector is specified");
  if (tuples.length > 0) {
    throw new CommandError("selectors and the all flag cannot be used when passing resource/name arguments");
  }
  if (words.types.length === 0) {
    throw new CommandError("at least one resource must be specified to use a selector");
  }
  if (query.subresource) throw new CommandError("subresource cannot be used when bulk resources are specified");
  const mappings = mappingsOf(words.types, query, context);
  const visitors = mappings.map((mapping): Visitor => {
    const namespace = mapping.info.namespaced && !query.allNamespaces ? query.namespace : "";
    return (visit) => listObjects(mapping, namespace, { label, field: fieldSelector }, query, context, visit);
  });
  const visit = query.continueOnError ? eagerly(visitors) : inOrder(visitors);
  return { singleItemImplied: false, targetsSingleItems: false, mappings, visit };
}

async function listObjects(
  mapping: Mapping,
  namespace: string,
  selectors: { label: string; field: string },
  query: ResourceQuery,
  context: FindContext,
  visit: VisitFunction,
): Promise<void> {
  let next = "";
  do {
    const options = {
      ...(namespace === "" ? {} : { namespace }),
      ...(selectors.label === "" ? {} : { labelSelector: selectors.label }),
      ...(selectors.field === "" ? {} : { fieldSelector: selectors.field }),
      ...(query.chunkSize ? { limit: query.chunkSize } : {}),
      ...(next === "" ? {} : { continue: next }),
    };
    const info: ResourceInfo = { mapping, namespace, name: "", source: "", resourceVersion: "", subresource: "" };
    try {
      if (query.tables)
        info.table = await context.client.listTable(mapping.resource, { ...options, ...wholeRows(query) });
      else info.object = await context.client.list(mapping.resource, options);
    } catch (error) {
      throw enhanceListError(error, mapping, selectors);
    }
    const metadata = (info.table ?? info.object)!.metadata as { resourceVersion?: string; continue?: string };
    info.resourceVersion = metadata.resourceVersion ?? "";
    next = metadata.continue ?? "";
    await visit(info);
  } while (next !== "");
}

/** Says what was looked for. Models cli-runtime pkg/resource/helper.go (EnhanceListError). */
function enhanceListError(error: unknown, mapping: Mapping, selectors: { label: string; field: string }): unknown {
  if (!(error instanceof ApiError) || (error.reason !== "BadRequest" && error.reason !== "NotFound")) return error;
  const subject = `"${printedResource(mapping)}"`;
  const why = error.status.message ?? "";
  const message =
    selectors.label === "" && selectors.field === ""
      ? `Unable to list ${subject}: ${why}`
      : `Unable to find ${subject} that match label selector ${goQuote(selectors.label)}, field selector ${goQuote(selectors.field)}: ${why}`;
  return new ApiError({ ...error.status, message });
}
