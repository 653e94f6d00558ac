import { goQuote } from "../../api/encoding/go-quote.ts";
import { CommandError } from "../command.ts";
import { throwAll } from "../errors.ts";
import { type NamedResource, type ResourceArguments, readArguments, splitName } from "./arguments.ts";
import { byFiles, flattenLists } from "./by-files.ts";
import { byNames, byTuples } from "./by-name.ts";
import { bySelector } from "./by-selector.ts";
import { fetchObject } from "./fetch.ts";
import { type FileSource, filesOf } from "./files.ts";
import { mappingFor } from "./mapping.ts";
import { moveTo, requireNamespace, setNamespace } from "./namespaces.ts";
import type { FindContext, Found, FoundResources, ResourceQuery } from "./query.ts";
import { continuing, decorated, type ResourceInfo } from "./visitor.ts";

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
  // To put a category in full, the server is asked.
  for (const _ of words.types) attempt(context.checkConfig, undefined);
  const tuples = [...words.tuples, ...attempt(() => namedTuples(query), [])];
  let label = trimmed(query.labelSelector);
  const fieldSelector = trimmed(query.fieldSelector);
  if (query.all && (label !== undefined || fieldSelector !== undefined)) errors.push(allAndSelector(query));
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
    for (const type of words.types) mappingFor(type, context);
    throw new CommandError("resource(s) were provided, but no name was specified");
  }
  throw new CommandError(MISSING_RESOURCE);
}

function allAndSelector({ all, labelSelector = "" }: ResourceQuery): CommandError {
  if (all !== "first") return new CommandError("setting 'all' parameter but found a non empty selector. ");
  return new CommandError(
    `found non-empty label selector ${goQuote(labelSelector)} with previously set 'all' parameter. `,
  );
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
const MISSING_RESOURCE = `You must provide one or more resources by argument or filename.
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
