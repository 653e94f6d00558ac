import { type CommandContext, CommandError, defineCommand } from "../command.ts";
import { AggregateFailure, gatherError, isNotFound, messageOf } from "../errors.ts";
import type { FlagValues } from "../flags/values.ts";
import { describeObject } from "../output/describe.ts";
import { objectWriter } from "../output/object-writer.ts";
import { type FilenameOptions, filenameOptions } from "../resources/files.ts";
import { findResources } from "../resources/find.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

interface DescribeOptions {
  flags: FlagValues;
  args: string[];
  files: FilenameOptions;
  allNamespaces: boolean;
}

/** `describe`. Models kubectl pkg/cmd/describe/describe.go. */
export default defineCommand<DescribeOptions>({
  complete({ flags, args }, context) {
    context.checkNamespace();
    const files = filenameOptions(flags);
    if (args.length === 0 && files.filenames.length === 0 && files.kustomize === "") {
      throw new CommandError(
        'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n',
      );
    }
    return { flags, args, files, allNamespaces: flags.bool("all-namespaces") };
  },
  async run(options, context) {
    const { flags, args, files, allNamespaces } = options;
    const found = findResources(
      {
        args,
        files,
        namespace: context.namespace,
        enforceNamespace: context.namespaceGiven && !allNamespaces,
        allNamespaces,
        labelSelector: flags.string("selector"),
        allowEmptySelector: true,
        continueOnError: true,
        flatten: true,
        chunkSize: flags.int("chunk-size"),
      },
      context,
    );
    const infos: ResourceInfo[] = [];
    const errors: unknown[] = [];
    try {
      await found.infos(infos);
    } catch (error) {
      if (isNotFound(error) && args.length === 2) return describeByPrefix(error, options, context);
      gatherError(errors, error);
    }
    const showEvents = showsEvents(flags, errors.length === 0 && infos.length <= 1);
    const seen = new Set<string>();
    let first = true;
    for (const info of infos) {
      try {
        const text = await describeObject(info, { showEvents, chunkSize: flags.int("chunk-size") }, context);
        objectWriter(context.streams)(first ? text : `\n\n${text}`);
        first = false;
      } catch (error) {
        if (!seen.has(messageOf(error))) gatherError(errors, error);
        seen.add(messageOf(error));
      }
    }
    if (infos.length === 0 && errors.length === 0) {
      const where = allNamespaces ? "" : ` in ${context.namespace} namespace.`;
      context.streams.err.write(`No resources found${where}\n`);
    }
    if (errors.length > 0) throw new AggregateFailure(errors);
  },
});

/** Events are left out where several objects are described, unless they are asked for. */
function showsEvents(flags: FlagValues, single: boolean): boolean {
  return flags.changed("show-events") || single ? flags.bool("show-events") : false;
}

/** Nothing has that name: all whose names begin so are described. Models DescribeMatchingResources. */
async function describeByPrefix(
  original: unknown,
  { flags, args }: DescribeOptions,
  context: CommandContext,
): Promise<void> {
  const [resource = "", prefix = ""] = args;
  const chunkSize = flags.int("chunk-size");
  const infos = await findResources(
    {
      args: [resource],
      namespace: context.namespace,
      allowEmptySelector: true,
      singleResourceType: true,
      flatten: true,
      chunkSize,
    },
    context,
  ).infos();
  const matching = infos.filter((info) => info.name.startsWith(prefix));
  if (matching.length === 0) throw original;
  for (const info of matching) {
    const text = await describeObject(info, { showEvents: showsEvents(flags, false), chunkSize }, context);
    objectWriter(context.streams)(`${text}\n`);
  }
}
