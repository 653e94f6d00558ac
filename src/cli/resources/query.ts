import type { CommandContext } from "../command.ts";
import type { FilenameOptions } from "./files.ts";
import type { Mapping } from "./mapping.ts";
import type { ResourceInfo, Visitor } from "./visitor.ts";

/** What of a command's context the search needs. */
export type FindContext = Pick<
  CommandContext,
  "client" | "files" | "streams" | "processes" | "clock" | "warn" | "checkConfig" | "checkRequest"
>;

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
  /** `--all` (SelectAllParam); "first" where the builder is told of it before it is told of selectors. */
  all?: boolean | "first";
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
  /** Their rows are sorted by what the objects hold. */
  sorted?: boolean;
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

/** What one way of naming objects finds, before it is asked for. */
export type Found = Pick<FoundResources, "singleItemImplied" | "targetsSingleItems" | "mappings" | "visit">;
