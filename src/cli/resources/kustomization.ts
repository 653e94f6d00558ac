import type { BuildOptions } from "../../kustomize/build.ts";
import type { Resource } from "../../kustomize/resource.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { klogLine } from "../klog.ts";

export type KustomizeContext = Pick<CommandContext, "files" | "streams" | "processes" | "clock">;

type Choices = Pick<BuildOptions, "reorder" | "anywhere" | "managedByLabel" | "plugins" | "helm">;

/** What a kustomization makes; its warnings go to stderr. Throws CommandError in kustomize's words. kustomize is loaded when somebody asks for it. */
export async function buildKustomization(
  path: string,
  choices: Choices,
  context: KustomizeContext,
): Promise<Resource[]> {
  const { files, streams, processes } = context;
  const { build } = await import("../../kustomize/build.ts");
  return inItsWords(() =>
    build(path, {
      files,
      cwd: processes.cwd,
      warn: (line) => streams.err.write(`${line}\n`),
      log: (text) => streams.err.write(klogLine("I", "log.go:244", text, context)),
      ...choices,
    }),
  );
}

export async function kustomizationYaml(resources: readonly Resource[]): Promise<string> {
  const { resourcesYaml } = await import("../../kustomize/build.ts");
  return inItsWords(() => resourcesYaml(resources));
}

async function inItsWords<T>(step: () => T | Promise<T>): Promise<T> {
  const { KustomizeError } = await import("../../kustomize/problem.ts");
  try {
    return await step();
  } catch (error) {
    if (error instanceof KustomizeError) throw new CommandError(error.message);
    throw error;
  }
}
