import type { FlagValues } from "../flags/values.ts";
import type { FilenameOptions } from "../resources/files.ts";
import type { ResourceQuery } from "../resources/query.ts";

export interface GetOptions {
  flags: FlagValues;
  args: string[];
  files: FilenameOptions;
  namespace: string;
  namespaceGiven: boolean;
  allNamespaces: boolean;
  raw: string;
  humanReadable: boolean;
}

/** True when `get` prints tables. */
export function isHumanReadable(flags: FlagValues): boolean {
  const output = flags.string("output");
  return (output === "" && flags.string("template") === "") || output === "wide";
}

/** What is searched for; the same for every way of printing. */
export function getQuery({ flags, args, files, namespace, namespaceGiven, allNamespaces }: GetOptions): ResourceQuery {
  return {
    args,
    files,
    namespace,
    enforceNamespace: namespaceGiven,
    allNamespaces,
    labelSelector: flags.string("selector"),
    fieldSelector: flags.string("field-selector"),
    subresource: flags.string("subresource"),
    allowEmptySelector: true,
    continueOnError: true,
    latest: true,
    flatten: true,
    sorted: flags.string("sort-by") !== "",
    // Sorting wants all at once.
    chunkSize: flags.string("sort-by") === "" ? flags.int("chunk-size") : 0,
  };
}
