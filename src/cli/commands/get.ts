import { type CommandContext, CommandError, defineCommand, type Invocation, UsageError } from "../command.ts";
import { type GetOptions, isHumanReadable } from "../output/get-query.ts";
import { filenameOptions } from "../resources/files.ts";

/** `get`. Models kubectl pkg/cmd/get/get.go. */
export default defineCommand<GetOptions>({
  complete(invocation, context) {
    const { flags, args } = invocation;
    const raw = flags.string("raw");
    if (raw !== "" && args.length > 0) throw new CommandError("arguments may not be passed when --raw is specified");
    const allNamespaces = flags.bool("all-namespaces");
    const options: GetOptions = {
      flags,
      args,
      files: filenameOptions(flags),
      namespace: raw === "" ? context.namespace : "",
      namespaceGiven: context.namespaceGiven && !allNamespaces,
      allNamespaces,
      raw,
      humanReadable: isHumanReadable(flags),
    };
    if (raw === "") complainOfFlags(options, invocation, context);
    return options;
  },
  validate({ flags, raw }) {
    const output = flags.string("output");
    const watching = flags.bool("watch") || flags.bool("watch-only");
    if (raw !== "") {
      if (watching || flags.string("selector") !== "") {
        throw new CommandError(
          "--raw may not be specified with other flags that filter the server request or alter the output",
        );
      }
      if (output !== "") throw new CommandError("--raw and --output are mutually exclusive");
      if (!/^(\/|[a-z][a-z0-9+.-]*:)/i.test(raw)) {
        throw new CommandError(`--raw must be a valid URL path: parse "${raw}": invalid URI for request`);
      }
    }
    if (flags.bool("show-labels") && output !== "" && output !== "wide") {
      throw new CommandError(`--show-labels option cannot be used with ${output} printer`);
    }
    if (flags.bool("output-watch-events") && !watching) {
      throw new CommandError("--output-watch-events option can only be used with --watch or --watch-only");
    }
  },
  async run(options, context) {
    if (options.raw !== "") {
      await (await import("../output/raw.ts")).printRaw(options.raw, context);
      return 0;
    }
    const { flags } = options;
    if (flags.bool("watch") || flags.bool("watch-only")) {
      return (await import("../output/get-watch.ts")).watchResources(options, context);
    }
    if (options.humanReadable) await (await import("../output/get-table.ts")).printTables(options, context);
    else await (await import("../output/get-generic.ts")).printGeneric(options, context);
    return 0;
  },
});

function complainOfFlags({ flags, args, files }: GetOptions, invocation: Invocation, context: CommandContext): void {
  const warn = (text: string) => context.streams.err.write(`warning: ${text}\n`);
  const sorting = flags.string("sort-by") !== "";
  if (flags.bool("watch")) {
    if (sorting) warn("--watch requested, --sort-by will be ignored for watch events received");
  } else if (flags.bool("watch-only")) {
    if (sorting) warn("--watch-only requested, --sort-by will be ignored");
  } else if (args.length === 0 && files.filenames.length === 0 && files.kustomize === "") {
    context.streams.err.write(
      'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
    );
    throw new UsageError(
      invocation.path,
      'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
    );
  }
}
