import { type CommandContext, CommandError } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";
import { filenameOptions } from "./files.ts";
import { findResources } from "./find.ts";
import type { FoundResources } from "./query.ts";

/** cli-runtime's LocalResourceError. */
const LOCAL_RESOURCE = `you must specify resources by --filename when --local is set.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'`;

/**
 * What the words and cli-runtime's own flags for resources name; `typed` as in ResourceQuery.
 * Models cli-runtime pkg/genericclioptions/builder_flags.go (ToBuilder). @throws CommandError
 */
export function findByFlags(
  args: readonly string[],
  flags: FlagValues,
  { typed = false }: { typed?: boolean },
  context: CommandContext,
): FoundResources {
  const query = {
    files: filenameOptions(flags),
    namespace: context.namespace,
    enforceNamespace: context.namespaceGiven,
    continueOnError: true,
    flatten: true,
    typed,
  };
  if (flags.bool("local")) {
    if (args.length > 0) throw new CommandError(LOCAL_RESOURCE);
    return findResources({ ...query, local: true, withoutObjects: true }, context);
  }
  return findResources(
    {
      ...query,
      args,
      allNamespaces: flags.has("all-namespaces") && flags.bool("all-namespaces"),
      ...(flags.has("selector") ? { labelSelector: flags.string("selector") } : {}),
      ...(flags.has("field-selector") ? { fieldSelector: flags.string("field-selector") } : {}),
      allowEmptySelector: flags.bool("all"),
      latest: true,
    },
    context,
  );
}
