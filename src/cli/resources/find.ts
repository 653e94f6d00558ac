import type { KubeObject } from "../../api/object.ts";
import { ApiError, goQuote } from "../../api/status.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { throwAll } from "../errors.ts";
import { type NamedResource, type ResourceArguments, readArguments, splitName } from "./arguments.ts";
import { type FilenameOptions, type FileSource, filesOf, visitFiles } from "./files.ts";
import { requireName } from "./helper.ts";
import { type Mapping, mappingFor, mappingForKind, printedResource } from "./mapping.ts";
import {
  continuing,
  decorated,
  eagerly,
  filtered,
  flattened,
  inOrder,
  type ResourceInfo,
  type VisitFunction,
  type Visitor,
} from "./visitor.ts";

/** What of a command's context the search needs. */
export type FindContext = Pick<CommandContext, "client" | "files" | "streams" | "processes" | "warn">;

/** What a command wants found; each member stands for a call on cli-runtime's resource.Builder. */
export interface ResourceQuery {
  /** The words after the verb (ResourceTypeOrNameArgs). */
  args?: readonly string[];
  /** `svc/web` words that follow other arguments, or names of one type (ResourceNames). */
  namesOf?: { resource: string; names: readonly string[] };
  files?: FilenameOptions;
  /** A text in the place of files, and what errors call it (Stream). */
  text?: { source: string; content: string };
  /** The namespace for what names none (NamespaceParam, DefaultNamespace). */
  namespace: string;
  /** Objects in files must be of that namespace: `--namespace` was given (FilenameParam's enforceNamespace). */
  enforceNamespace?: boolean;
  allNamespaces?: boolean;
  labelSelector?: string;
  fieldSelector?: string;
  /** `--all` (SelectAllParam). */
  all?: boolean;
  /** A type alone stands for all its objects (ResourceTypeOrNameArgs(true, …)). */
  allowEmptySelector?: boolean;
  /** An error does not end the search (ContinueOnError). */
  continueOnError?: boolean;
  /** Objects from files are fetched anew (Latest). */
  latest?: boolean;
  /** Lists are taken apart (Flatten). */
  flatten?: boolean;
  singleResourceType?: boolean;
  subresource?: string;
  /** The server is not asked: files alone, of kinds that may be unknown (Local). */
  local?: boolean;
  /** Files hold only kinds that kubectl itself knows (WithScheme). */
  typed?: boolean;
  /** What named objects are is not fetched (RequireObject(false)). */
  withoutObjects?: boolean;
  /** Tables in the place of objects. */
  tables?: boolean;
  /** Parts in which lists are fetched (RequestChunksOf); 0 for all at once. */
  chunkSize?: number;
  /** What `--validate` asks of files before they are read: apiVersion and kind must be there. */
  validate?: boolean;
}

export interface FoundResources {
  /** One object was meant, so that it is printed alone and not in a list (IntoSingleItemImplied). */
  singleItemImplied: boolean;
  targetsSingleItems: boolean;
  /** The types that were named; empty for files. */
  mappings: readonly Mapping[];
  visit: Visitor;
  /** All of them; throws what `visit` throws, after what was found is in `into`. */
  infos(into?: ResourceInfo[]): Promise<ResourceInfo[]>;
}

/**
 * Makes out what a command line means. Throws CommandError at once for words that mean nothing; the server is asked by `visit`.
 * Models cli-runtime pkg/resource/builder.go (Do, visitorResult).
 */
export function findResources(query: ResourceQuery, context: FindContext): FoundResources {
  const found = search(query, context);
  let visitor = found.visit;
  if (query.flatten) visitor = flattenLists(visitor, query);
  const namespace = query.allNamespaces ? "" : query.namespace;
  const steps: ((info: ResourceInfo) => Promise<void> | void)[] = [(info) => setNamespace(info, namespace)];
  if (query.enforceNamespace && query.files !== undefined) {
    steps.push((info) => requireNamespace(info, namespace));
  }
  steps.push((info) => {
    if (info.mapping && !info.mapping.info.namespaced) moveTo(info, "");
  });
  if (!query.withoutObjects) {
    steps.push(async (info) => {
      if (info.object === undefined && info.table === undefined) await fetchObject(info, query, context);
    });
  }
  if (query.continueOnError) visitor = continuing(visitor);
  const visit = decorated(visitor, ...steps);
  return {
    ...found,
    visit,
    async infos(into = []) {
      await visit((info, error) => {
        if (error !== undefined) throw error;
        into.push(info!);
      });
      return into;
    },
  };
}

type Found = Pick<FoundResources, "singleItemImplied" | "targetsSingleItems" | "mappings" | "visit">;

function search(query: ResourceQuery, context: FindContext): Found {
  const errors: unknown[] = [];
  const attempt = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      errors.push(error);
      return otherwise;
    }
  };
  const sources = sourcesOf(query, context, errors);
  const words = attempt<ResourceArguments>(() => readArguments(query.args ?? []), { tuples: [], types: [], names: [] });
  const tuples = [...words.tuples, ...attempt(() => namedTuples(query), [])];
  let label = trimmed(query.labelSelector);
  const fieldSelector = trimmed(query.fieldSelector);
  if (query.all && (label !== undefined || fieldSelector !== undefined)) {
    errors.push(new CommandError("setting 'all' parameter but found a non empty selector. "));
  }
  throwAll(errors);
  const typeAlone = words.types.length > 0 && words.names.length === 0;
  if (query.all || (label === undefined && query.allowEmptySelector && typeAlone)) label ??= "";
  if (sources.list.length > 0) return byFiles(sources, words, tuples, label, query, context);
  if (label !== undefined || fieldSelector !== undefined) {
    return bySelector(words, tuples, label ?? "", fieldSelector ?? "", query, context);
  }
  if (tuples.length > 0) return byTuples(words, tuples, query, context);
  if (words.names.length > 0) return byNames(words, query, context);
  if (words.types.length > 0) {
    for (const type of words.types) mappingFor(type, context.warn);
    throw new CommandError("resource(s) were provided, but no name was specified");
  }
  throw new CommandError(MISSING_RESOURCE);
}

function sourcesOf(
  { files, text }: ResourceQuery,
  context: FindContext,
  errors: unknown[],
): { list: FileSource[]; single: boolean } {
  if (text) return { list: [{ from: "text", path: text.source, text: text.content }], single: false };
  return files ? filesOf(files, context, errors) : { list: [], single: false };
}

/** What kubectl says when neither words nor files name anything. */
export const MISSING_RESOURCE = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

function trimmed(selector: string | undefined): string | undefined {
  return selector?.trim() || undefined;
}

function namedTuples({ namesOf }: ResourceQuery): NamedResource[] {
  if (!namesOf) return [];
  return namesOf.names.map((name) => {
    if (name.includes("/")) return splitName(name);
    if (namesOf.resource === "") throw new CommandError(`the argument "${name}" must be RESOURCE/NAME`);
    return { resource: namesOf.resource, name };
  });
}

function byFiles(
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
  let visit = query.continueOnError ? eagerly(visitors) : inOrder(visitors);
  if (query.flatten) visit = flattenLists(visit, query);
  if (query.latest) {
    visit = decorated(
      visit,
      (info) => setNamespace(info, query.namespace),
      async (info) => {
        if (info.name !== "") await fetchObject(info, query, context);
      },
    );
  }
  if (label !== undefined && label !== "") visit = byLabels(visit, label);
  return { singleItemImplied: sources.single, targetsSingleItems: true, mappings: [], visit };
}

/** Models cli-runtime's FilterByLabelSelector. */
function byLabels(visitor: Visitor, label: string): Visitor {
  return async (visit) => {
    const { parseLabelSelector } = await import("../../api/meta/label-selector.ts");
    const { ParseError } = await import("../../api/meta/parse-error.ts");
    try {
      const selector = parseLabelSelector(label);
      visitor = filtered(visitor, (info) => selector.matches((info.object as KubeObject).metadata.labels ?? {}));
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      throw new CommandError(`the provided selector ${goQuote(label)} is not valid: ${error.message}`);
    }
    await visitor(visit);
  };
}

function bySelector(
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
      if (query.tables) info.table = await context.client.listTable(mapping.resource, options);
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
export function enhanceListError(
  error: unknown,
  mapping: Mapping,
  selectors: { label: string; field: string },
): unknown {
  if (!(error instanceof ApiError) || (error.reason !== "BadRequest" && error.reason !== "NotFound")) return error;
  const subject = `"${printedResource(mapping)}"`;
  const why = error.status.message ?? "";
  const message =
    selectors.label === "" && selectors.field === ""
      ? `Unable to list ${subject}: ${why}`
      : `Unable to find ${subject} that match label selector ${goQuote(selectors.label)}, field selector ${goQuote(selectors.field)}: ${why}`;
  return new ApiError({ ...error.status, message });
}

function mappingsOf(types: readonly string[], query: ResourceQuery, context: FindContext): Mapping[] {
  if (types.length > 1 && query.singleResourceType) {
    throw new CommandError("you may only specify a single resource type");
  }
  const mappings = new Map<string, Mapping>();
  for (const type of types) {
    const mapping = mappingFor(type, context.warn);
    if (!mappings.has(mapping.resource)) mappings.set(mapping.resource, mapping);
  }
  return [...mappings.values()];
}

function byTuples(
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
    if (!mappings.has(resource)) mappings.set(resource, mappingFor(resource, context.warn));
  }
  const distinct = [...new Map([...mappings.values()].map((mapping) => [mapping.resource, mapping])).values()];
  if (distinct.length > 1 && query.singleResourceType) {
    throw new CommandError("you may only specify a single resource type");
  }
  const infos = tuples.map(({ resource, name }) => namedInfo(mappings.get(resource)!, name, query));
  const visitors = infos.map(
    (info): Visitor =>
      async (visit) =>
        visit(info),
  );
  const visit = query.continueOnError ? eagerly(visitors) : inOrder(visitors);
  return { singleItemImplied: tuples.length === 1, targetsSingleItems: true, mappings: distinct, visit };
}

function byNames(words: ResourceArguments, query: ResourceQuery, context: FindContext): Found {
  if (words.types.length > 1) throw new CommandError("you must specify only one resource");
  const mappings = mappingsOf(words.types, query, context);
  const infos = words.names.map((name) => namedInfo(mappings[0]!, name, query));
  const visit = inOrder(
    infos.map(
      (info): Visitor =>
        async (visit) =>
          visit(info),
    ),
  );
  return { singleItemImplied: words.names.length === 1, targetsSingleItems: true, mappings, visit };
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

/** Asks the server for what `info` names. Models cli-runtime's Info.Get, which looks for the namespace when there is no object. */
export async function fetchObject(
  info: ResourceInfo,
  query: { tables?: boolean },
  { client }: Pick<FindContext, "client">,
): Promise<void> {
  const { mapping, namespace, name, subresource } = info;
  if (!mapping) throw new TypeError("a local object cannot be fetched");
  requireName(name);
  try {
    if (query.tables && (subresource === "" || subresource === "status")) {
      info.table = await client.getTable(mapping.resource, namespace, name);
    } else {
      info.object = await client.get(mapping.resource, namespace, name, subresource === "" ? {} : { subresource });
      info.resourceVersion = info.object.metadata.resourceVersion ?? "";
    }
  } catch (error) {
    if (error instanceof ApiError && error.reason === "NotFound" && namespace !== "" && namespace !== "default") {
      try {
        await client.get("namespaces", "", namespace);
      } catch (second) {
        if (second instanceof ApiError && second.reason === "NotFound") throw second;
      }
    }
    throw error;
  }
}

function flattenLists(visitor: Visitor, query: ResourceQuery): Visitor {
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

/** Gives the object another namespace; what was handed in is not changed. */
function moveTo(info: ResourceInfo, namespace: string): void {
  info.namespace = namespace;
  const object = info.object as KubeObject | undefined;
  if (!object?.metadata || object.metadata.namespace === (namespace || undefined)) return;
  const { namespace: _, ...metadata } = object.metadata;
  info.object = { ...object, metadata: namespace === "" ? metadata : { ...metadata, namespace } };
}

function isNamespaced(info: ResourceInfo): boolean {
  return info.mapping ? info.mapping.info.namespaced : info.namespace !== "";
}

function setNamespace(info: ResourceInfo, namespace: string): void {
  if (isNamespaced(info) && info.namespace === "") moveTo(info, namespace);
}

/** Throws CommandError for an object of another namespace; one that names none is moved. Models cli-runtime RequireNamespace. */
export function requireNamespace(info: ResourceInfo, namespace: string): void {
  if (!isNamespaced(info)) return;
  if (info.namespace === "") moveTo(info, namespace);
  else if (info.namespace !== namespace) {
    throw new CommandError(
      `the namespace from the provided object "${info.namespace}" does not match the namespace "${namespace}". You must pass '--namespace=${info.namespace}' to perform this operation.`,
    );
  }
}
