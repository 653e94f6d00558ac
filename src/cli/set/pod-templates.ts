import type { KubeObject } from "../../api/object.ts";
import type { Container, PodSpec } from "../../api/types/core.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { flatErrors, messageOf, throwAll } from "../errors.ts";
import type { FlagValues } from "../flags/values.ts";
import type { DryRun } from "../output/dry-run.ts";
import type { PrintObject } from "../output/object-printer.ts";
import { isEmptyPatch, patchOf } from "../patch-objects.ts";
import { findByFlags } from "../resources/by-flags.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

/** What the `set` commands have in common. */
export interface SetOptions {
  flags: FlagValues;
  resources: string[];
  dryRun: DryRun;
  print: PrintObject;
  cause?: string | undefined;
}

/** The objects to change, or what cannot be found of them. Models the builder of kubectl pkg/cmd/set/set_image.go and its like. */
export async function findForSet({ flags, resources }: SetOptions, context: CommandContext): Promise<ResourceInfo[]> {
  return await findByFlags(resources, flags, { typed: true }, context).infos();
}

/** Where a kind keeps its pods' spec. Throws CommandError. Models kubectl pkg/polymorphichelpers/updatepodspec.go. */
export function podSpecOf(object: KubeObject): PodSpec {
  interface Holder extends KubeObject {
    spec?: { template?: { spec?: PodSpec }; jobTemplate?: { spec?: { template?: { spec?: PodSpec } } } };
  }
  const { spec } = object as Holder;
  const found =
    object.kind === "Pod"
      ? (spec as PodSpec | undefined)
      : object.kind === "CronJob"
        ? spec?.jobTemplate?.spec?.template?.spec
        : spec?.template?.spec;
  if (found) return found;
  const version = object.apiVersion.slice(object.apiVersion.indexOf("/") + 1);
  throw new CommandError(`the object is not a pod or does not have a pod template: *${version}.${object.kind}`);
}

/** Containers whose name matches a pattern with `*`. Models selectContainers. */
export function selectContainers(spec: PodSpec, pattern: string): Container[] {
  const rule = new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`, "s");
  return [...(spec.containers ?? []), ...(spec.initContainers ?? [])].filter(({ name }) => rule.test(name));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/**
 * Changes each object and sends what is different. `failure` goes before what the server refuses; `evenIfEqual` sends an empty patch
 * too, as `set serviceaccount` does. Errors are gathered in `errors`, and thrown at the end.
 */
export async function patchEach(
  infos: readonly ResourceInfo[],
  change: (copy: KubeObject) => KubeObject,
  { failure, evenIfEqual = false }: { failure: string; evenIfEqual?: boolean },
  options: SetOptions,
  errors: unknown[],
  context: CommandContext,
): Promise<void> {
  const { flags, dryRun, print } = options;
  for (const info of infos) {
    try {
      const patch = await patchOf(info, (copy) => named(info, () => change(copy)));
      if (isEmptyPatch(patch) && !evenIfEqual) continue;
      if (flags.bool("local") || dryRun === "client") {
        await print(patch.after);
        continue;
      }
      const { resource } = info.mapping!;
      const write = { dryRun: dryRun === "server", fieldManager: flags.string("field-manager") };
      let answer: KubeObject;
      try {
        answer = await context.client.patch(resource, info.namespace, info.name, "strategic", patch.patch, write);
      } catch (error) {
        throw new CommandError(`${failure} ${messageOf(error)}`);
      }
      await print(answer);
    } catch (error) {
      errors.push(...flatErrors(error));
    }
  }
  throwAll(errors);
}

function named<T>(info: ResourceInfo, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError(`error: ${objectName(info)} ${error.message}\n`);
  }
}

/** Models getObjectName of kubectl pkg/cmd/set/helper.go, its line end included. */
function objectName({ mapping, object, name }: ResourceInfo): string {
  if (mapping) return `${mapping.info.resource}/${name}`;
  const { apiVersion = "", kind = "" } = object as KubeObject;
  const slash = apiVersion.indexOf("/");
  const lower = kind.toLowerCase();
  return slash < 0 ? `${lower}/${name}` : `${lower}.${apiVersion.slice(0, slash)}/${name}\n`;
}

/** Refuses what `set` commands refuse alike. */
export function refuseServerWithLocal({ flags, dryRun }: SetOptions): void {
  if (flags.bool("local") && dryRun === "server") {
    throw new CommandError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?");
  }
}
