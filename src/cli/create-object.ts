import type { JsonObject } from "../api/json.ts";
import type { KubeObject } from "../api/object.ts";
import type { ResourceKey } from "../api/snapshot.ts";
import type { WriteOptions } from "../apiserver/client.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  defineCommand,
  type Invocation,
  UsageError,
} from "./command.ts";
import { messageOf } from "./errors.ts";
import type { FlagValues } from "./flags/values.ts";
import { type DryRun, dryRunOf, type FieldValidation, operationText, validationOf } from "./output/dry-run.ts";
import { objectWriter } from "./output/object-writer.ts";
import { printerFor } from "./output/print-flags.ts";
import { typedObject, withLastApplied } from "./typed-object.ts";

/** What the nouns of `create` have in common. */
export interface CreateOptions {
  invocation: Invocation;
  name: string;
  /** Of the request. */
  namespace: string;
  /** For metadata.namespace: "" unless --namespace was given. */
  objectNamespace: string;
  dryRun: DryRun;
  validation: FieldValidation;
  flags: FlagValues;
}

/** The one NAME of `create NOUN NAME`. Throws UsageError. Models kubectl pkg/cmd/create/create.go (NameFromCommandArgs). */
export function nameArgument(invocation: Invocation): string {
  const count = invocation.argsLenAtDash === -1 ? invocation.args.length : invocation.argsLenAtDash;
  if (count !== 1) throw new UsageError(invocation.path, `exactly one NAME is required, got ${count}`);
  return invocation.args[0]!;
}

/** Reads the common flags, in the order in which kubectl complains of them. */
export async function completeCreate(
  invocation: Invocation,
  context: CommandContext,
  scope: "namespaced" | "cluster" = "namespaced",
): Promise<CreateOptions> {
  const { flags } = invocation;
  const name = nameArgument(invocation);
  context.checkConfig();
  const namespace = scope === "cluster" ? "" : context.namespace;
  const dryRun = dryRunOf(flags, context);
  // A wrong -o is refused before anything is sent.
  await printerFor(flags, context, "");
  const validation = validationOf(flags);
  const objectNamespace = context.namespaceGiven ? namespace : "";
  return { invocation, name, namespace, objectNamespace, dryRun, validation, flags };
}

/**
 * Creates an object that kubectl built, unless --dry-run=client, and prints it. `failure` goes before the server's message, in which
 * case the error is no longer the server's (Go's fmt.Errorf): `failed to create deployment: `.
 */
export async function createAndPrint(
  object: KubeObject,
  resource: ResourceKey,
  options: CreateOptions & { saveConfig: boolean; failure?: string },
  context: CommandContext,
): Promise<void> {
  const { flags } = options;
  let result = options.saveConfig ? await withLastApplied(object) : object;
  if (options.dryRun !== "client") {
    const write: WriteOptions = {
      fieldManager: flags.string("field-manager"),
      fieldValidation: options.validation,
      dryRun: options.dryRun === "server",
    };
    try {
      result = await context.client.create(resource, options.namespace, result as unknown as JsonObject, write);
    } catch (error) {
      if (options.failure === undefined) throw error;
      throw new CommandError(`${options.failure}${messageOf(error)}`);
    }
  }
  await printCreated(result, flags, operationText("created", options.dryRun), context);
}

/** Prints an object of one of kubectl's own types as -o says, else that something was done to it. */
async function printCreated(
  object: KubeObject,
  flags: FlagValues,
  operation: string,
  context: CommandContext,
): Promise<void> {
  const write = objectWriter(context.streams);
  if (["", "name"].includes(flags.string("output").toLowerCase()) && flags.string("template") === "") {
    (await printerFor(flags, context, operation)).print(object, write);
    return;
  }
  const typed = await typedObject(object);
  (await printerFor(flags, context, operation, typed.fields)).print(typed.object, write);
}

/** One noun of `create`. */
export interface Noun {
  resource: ResourceKey;
  scope?: "namespaced" | "cluster";
  /** What goes before the server's message; without it the error stays the server's. */
  failure?: string;
  /** Pure; throws CommandError. */
  validate?(options: CreateOptions): void;
  /** The object; may look things up. Throws CommandError. */
  build(options: CreateOptions, context: CommandContext): Promise<KubeObject> | KubeObject;
}

/** The command of a noun: its three steps are the same for all of them. */
export function createNoun(noun: Noun): Command<CreateOptions> {
  return defineCommand<CreateOptions>({
    complete: (invocation, context) => completeCreate(invocation, context, noun.scope),
    validate: (options) => noun.validate?.(options),
    async run(options, context) {
      const object = await noun.build(options, context);
      const extra = {
        saveConfig: options.flags.bool("save-config"),
        ...(noun.failure === undefined ? {} : { failure: noun.failure }),
      };
      await createAndPrint(object, noun.resource, { ...options, ...extra }, context);
    },
  });
}

/** The metadata that every noun's object begins with. */
export function metadataOf({ name, objectNamespace }: CreateOptions): { name: string; namespace?: string } {
  return { name, ...(objectNamespace === "" ? {} : { namespace: objectNamespace }) };
}

/** Throws CommandError for the name "". */
export function requireNounName({ name }: CreateOptions): void {
  if (name === "") throw new CommandError("name must be specified");
}

/** The words after the name, which are a container's command. */
export function commandOf({ invocation }: CreateOptions): { command?: string[] } {
  const command = invocation.args.slice(1);
  return command.length === 0 ? {} : { command };
}
