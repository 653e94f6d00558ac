import { goQuote } from "../../../api/encoding/go-quote.ts";
import { clone, sortedKeys } from "../../../api/json.ts";
import type { KubeObject } from "../../../api/object.ts";
import type { Container, EnvVar } from "../../../api/types/core.ts";
import { type CommandContext, CommandError, defineCommand } from "../../command.ts";
import { messageOf } from "../../errors.ts";
import { dryRunOf, operationText } from "../../output/dry-run.ts";
import { objectPrinter } from "../../output/object-printer.ts";
import { objectWriter } from "../../output/object-writer.ts";
import { filenameOptions } from "../../resources/files.ts";
import { parseEnv, refuseOverwrites, splitEnv, updatedEnv } from "../../set/env-arguments.ts";
import { dataOf, referenceText, referenceValue, resolveErrorLines } from "../../set/env-references.ts";
import {
  findForSet,
  patchEach,
  podSpecOf,
  refuseServerWithLocal,
  type SetOptions,
  selectContainers,
} from "../../set/pod-templates.ts";

interface EnvOptions extends SetOptions {
  changes: string[];
}

interface EnvChange {
  env: EnvVar[];
  remove: string[];
}

/** `set env`. Models kubectl pkg/cmd/set/set_env.go. */
export default defineCommand<EnvOptions>({
  async complete({ flags, args }, context) {
    if (flags.bool("all") && flags.string("selector") !== "") {
      throw new CommandError("cannot set --all and --selector at the same time");
    }
    const words = splitEnv(args);
    if (!words) {
      throw new CommandError(`all resources must be specified before environment changes: ${args.join(" ")}`);
    }
    const dryRun = dryRunOf(flags, context);
    const print = await objectPrinter(flags, context, operationText("env updated", dryRun), "typed");
    context.checkConfig();
    return { flags, ...words, dryRun, print };
  },
  validate(options) {
    const { flags, resources } = options;
    refuseServerWithLocal(options);
    if (filenameOptions(flags).filenames.length === 0 && resources.length === 0) {
      throw new CommandError("one or more resources must be specified as <resource> <name> or <resource>/<name>");
    }
    if (flags.bool("list") && flags.string("output") !== "") {
      throw new CommandError("--list and --output may not be specified together");
    }
    if (flags.list("keys").length > 0 && flags.string("from") === "") {
      throw new CommandError("when specifying --keys, a configmap or secret must be provided with --from");
    }
  },
  async run(options, context) {
    const { flags, changes, dryRun } = options;
    const local = flags.bool("local");
    const parsed = await parseEnv([...flags.list("env"), ...changes], () => context.streams.readInput());
    if (changes.includes("-") && filenameOptions(flags).filenames.includes("-"))
      throw new CommandError("standard input cannot be used for multiple arguments");
    const from = await imported(options, context);
    const prefix = flags.string("prefix");
    const env = [...parsed.env, ...from].map((variable) => ({ ...variable, name: prefix + variable.name }));
    const change = { env, remove: parsed.remove };
    const infos = await findForSet({ ...options, resources: local ? [] : options.resources }, context);
    if (flags.bool("list")) {
      for (const { object } of infos) await list(object as KubeObject, change, options, context);
      return;
    }
    await patchEach(
      infos,
      (object) => {
        for (const container of chosen(object, options, context)) apply(container, change, options);
        return object;
      },
      { failure: "failed to patch env update to pod template:" },
      {
        ...options,
        async print(object) {
          if (!local && dryRun !== "client" && env.length === 0 && changes.length === 0) {
            throw new CommandError("at least one environment variable must be provided");
          }
          await options.print(object);
        },
      },
      [],
      context,
    );
  },
});

/** References to the keys of what --from names. */
async function imported(options: EnvOptions, context: CommandContext): Promise<EnvVar[]> {
  const { flags } = options;
  const from = flags.string("from");
  if (from === "") return [];
  const keys = flags.list("keys");
  const env: EnvVar[] = [];
  for (const { object } of await findForSet({ ...options, resources: flags.bool("local") ? [] : [from] }, context)) {
    const source = object as KubeObject;
    if (source.apiVersion !== "v1" || !["ConfigMap", "Secret"].includes(source.kind)) {
      throw new CommandError("unsupported resource specified in --from");
    }
    // The real order is that of a Go map; here it is the keys'.
    for (const key of sortedKeys(dataOf(source)).filter((one) => keys.length === 0 || keys.includes(one))) {
      const reference = { name: source.metadata.name ?? "", key };
      const valueFrom = source.kind === "Secret" ? { secretKeyRef: reference } : { configMapKeyRef: reference };
      env.push({ name: envName(key, context), valueFrom });
    }
  }
  return env;
}

function envName(key: string, context: CommandContext): string {
  const name = key.replace(/[^a-zA-Z0-9_]/gu, "_").toUpperCase();
  if (name !== key) context.warn(`key ${key} transferred to ${name}`);
  return name;
}

function chosen(object: KubeObject, { flags }: EnvOptions, context: CommandContext): Container[] {
  const pattern = flags.string("containers");
  const containers = selectContainers(podSpecOf(object), pattern);
  if (containers.length === 0) {
    const name = `${object.kind}/${object.metadata.name ?? ""}`;
    context.warn(`${name} does not have any containers matching ${goQuote(pattern)}`);
  }
  return containers;
}

function apply(container: Container, { env, remove }: EnvChange, { flags }: EnvOptions): void {
  const existing = container.env ?? [];
  if (!flags.bool("overwrite")) refuseOverwrites(existing, env);
  const next = updatedEnv(existing, env, remove);
  if (next.length > 0) container.env = next;
  else delete container.env;
}

/** Prints the variables as they would be. What goes wrong with an object is not told, as in kubectl. */
async function list(
  object: KubeObject,
  change: EnvChange,
  options: EnvOptions,
  context: CommandContext,
): Promise<void> {
  const { err } = context.streams;
  const write = objectWriter(context.streams);
  const copy = clone(object);
  try {
    for (const container of chosen(copy, options, context)) {
      apply(container, change, options);
      write(`# ${copy.kind} ${copy.metadata.name ?? ""}, container ${container.name}\n`);
      const failures = new Map<string, string[]>();
      for (const variable of container.env ?? []) {
        write(`${await line(variable, copy, container, failures, options, context)}\n`);
      }
      for (const text of resolveErrorLines(failures)) err.write(`${text}\n`);
    }
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
  }
}

async function line(
  { name, value = "", valueFrom }: EnvVar,
  object: KubeObject,
  container: Container,
  failures: Map<string, string[]>,
  { flags }: EnvOptions,
  context: CommandContext,
): Promise<string> {
  if (!valueFrom) return `${name}=${value}`;
  if (flags.bool("resolve")) {
    try {
      return `${name}=${await referenceValue(valueFrom, object, container, context)}`;
    } catch (error) {
      const reason = messageOf(error);
      failures.set(reason, [...(failures.get(reason) ?? []), name]);
    }
  }
  return `# ${name} from ${referenceText(valueFrom)}`;
}
