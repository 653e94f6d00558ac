import type { KubeObject } from "../api/object.ts";
import type { Invocation } from "./command.ts";

export const CHANGE_CAUSE = "kubernetes.io/change-cause";

/**
 * The command line as --record writes it down, undefined without that flag: the words first, then the flags with their values.
 * Models cli-runtime pkg/genericclioptions/record_flags.go (parseCommandArguments).
 */
export function changeCause({ path, args, flags }: Invocation): string | undefined {
  if (!flags.has("record") || !flags.bool("record")) return undefined;
  return ["kubectl", path, ...args, ...flags.given.map(([name, text]) => `--${name}=${text}`)].join(" ");
}

/** The object with the cause in its annotation; as it was when there is none. */
export function withCause<T extends KubeObject>(object: T, cause: string | undefined): T {
  if (cause === undefined) return object;
  const annotations = { ...object.metadata.annotations, [CHANGE_CAUSE]: cause };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
