import { type CommandContext, CommandError, defineCommand } from "../command.ts";
import { cascadeOf, type DeleteOptions, deleteObjects, kindText } from "../delete-objects.ts";
import { flatErrors, isNotFound, throwAll } from "../errors.ts";
import type { FlagValues } from "../flags/values.ts";
import { dryRunOf } from "../output/dry-run.ts";
import { type FilenameOptions, filenameOptions } from "../resources/files.ts";
import { findResources } from "../resources/find.ts";
import type { FoundResources } from "../resources/query.ts";
import { checkRawPath, sendRaw } from "../resources/raw-file.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

interface Options extends DeleteOptions {
  flags: FlagValues;
  files: FilenameOptions;
  force: boolean;
  raw: string;
  /** Each call searches anew. */
  find?: () => FoundResources;
  context: CommandContext;
}

/** `delete`. Models kubectl pkg/cmd/delete/delete.go. */
export default defineCommand<Options>({
  complete({ flags, args }, context) {
    const cascade = cascadeOf(flags, context);
    context.checkNamespace();
    const all = flags.bool("all");
    const selected = all || flags.string("selector") !== "" || flags.string("field-selector") !== "";
    const options: Options = {
      flags,
      files: filenameOptions(flags),
      ignoreNotFound: flags.changed("ignore-not-found") ? flags.bool("ignore-not-found") : selected,
      gracePeriod: gracePeriodOf(flags),
      cascade,
      force: flags.bool("force"),
      dryRun: dryRunOf(flags, context),
      output: flags.string("output"),
      quiet: false,
      wait: flags.bool("wait"),
      timeout: flags.duration("timeout"),
      warnClusterScope: context.namespaceGiven && !flags.bool("all-namespaces"),
      raw: flags.string("raw"),
      context,
    };
    if (options.raw !== "") return options;
    const query = {
      args,
      files: options.files,
      namespace: context.namespace,
      enforceNamespace: context.namespaceGiven,
      labelSelector: flags.string("selector"),
      fieldSelector: flags.string("field-selector"),
      all,
      allNamespaces: flags.bool("all-namespaces"),
      continueOnError: true,
      flatten: true,
      withoutObjects: true,
    };
    const first = findResources(query, context);
    let used = false;
    const find = () => {
      if (used) return findResources(query, context);
      used = true;
      return first;
    };
    return { ...options, find };
  },
  validate({ flags, output, gracePeriod, force, raw, files, context }) {
    if (output !== "" && output !== "name") {
      throw new CommandError(`unexpected -o output mode: ${output}. We only support '-o name'`);
    }
    if (flags.bool("all") && flags.string("selector") !== "") {
      throw new CommandError("cannot set --all and --selector at the same time");
    }
    if (flags.bool("all") && flags.string("field-selector") !== "") {
      throw new CommandError("cannot set --all and --field-selector at the same time");
    }
    if (gracePeriod === 0 && force) {
      context.warn(
        "Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.",
      );
    } else if (gracePeriod > 0 && force) {
      throw new CommandError("--force and --grace-period greater than 0 cannot be specified together");
    }
    if (raw !== "") validateRaw(raw, flags, files);
  },
  async run(options, context) {
    if (options.raw !== "") return sendRaw("DELETE", options.raw, options.files, context);
    if (!options.flags.bool("interactive")) return deleteObjects(options.find!().visit, options, context);
    const preview = await previewOf(options);
    if (preview.length === 0) return void context.streams.out.write("No resources found\n");
    if (!(await confirmed(preview, context))) return void context.streams.out.write("deletion is cancelled\n");
    const agreed = new Set(preview.map(location));
    await deleteObjects(options.find!().visit, { ...options, only: (info) => agreed.has(location(info)) }, context);
  },
});

function gracePeriodOf(flags: FlagValues): number {
  let period = flags.int("grace-period");
  if (flags.bool("now")) {
    if (period !== -1) throw new CommandError("--now and --grace-period cannot be specified together");
    period = 1;
  }
  // Zero alone would lose data by accident: it takes --force as well.
  if (period === 0 && !flags.bool("force")) return 1;
  return flags.bool("force") && period < 0 ? 0 : period;
}

function validateRaw(raw: string, flags: FlagValues, { filenames, recursive }: FilenameOptions): void {
  if (flags.bool("interactive")) throw new CommandError("--interactive can not be used with --raw");
  if (filenames.length > 1) throw new CommandError("--raw can only use a single local file or stdin");
  if (/^https?:\/\//.test(filenames[0] ?? "")) throw new CommandError("--raw cannot read from a url");
  if (recursive) throw new CommandError("--raw and --recursive are mutually exclusive");
  if (flags.string("output") !== "") throw new CommandError("--raw and --output are mutually exclusive");
  checkRawPath(raw);
}

async function previewOf({ find, ignoreNotFound }: Options): Promise<ResourceInfo[]> {
  const infos: ResourceInfo[] = [];
  try {
    await find!().infos(infos);
  } catch (error) {
    throwAll(flatErrors(error).filter((one) => !(ignoreNotFound && isNotFound(one))));
  }
  return infos;
}

function location(info: ResourceInfo): string {
  return `${info.mapping!.resource} ${info.namespace}/${info.name}`;
}

async function confirmed(infos: readonly ResourceInfo[], context: CommandContext): Promise<boolean> {
  const { out } = context.streams;
  out.write(`You are about to delete the following ${infos.length} resource(s):\n`);
  for (const info of infos) out.write(`${kindText(info)}/${info.name}\n`);
  out.write("Do you want to continue? (y/N): ");
  await context.flush();
  const answer = /^[ \t]*(\S+)[ \t\r]*\n?$/.exec(await context.streams.readLine())?.[1];
  return answer?.toLowerCase() === "y";
}
