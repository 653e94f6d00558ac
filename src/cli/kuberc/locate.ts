import { type CommandContext, CommandError } from "../command.ts";

/** Where preferences are. */
export interface KubercPlace {
  file: string;
  /** Named by the user: then there must be such a file. */
  explicit: boolean;
}

type Environment = CommandContext["processes"]["env"];

/** `~/.kube/kuberc`; undefined without a home. */
export function homeFile({ HOME }: Environment): string | undefined {
  return HOME ? `${HOME}/.kube/kuberc` : undefined;
}

/**
 * The file of `--kuberc`, else of `$KUBERC`, else the one at home; undefined with KUBERC=off, or without a home. Throws CommandError.
 * Models kubectl pkg/kuberc/kuberc.go (LoadKuberc).
 */
export function locateKuberc(given: string, env: Environment): KubercPlace | undefined {
  if (env.KUBERC === "off") {
    if (given === "") return undefined;
    throw new CommandError("disabling kuberc via KUBERC=off and passing kuberc flag are mutually exclusive");
  }
  const home = homeFile(env);
  if (given !== "" && given !== home) return { file: given, explicit: true };
  if (env.KUBERC) return { file: env.KUBERC, explicit: true };
  return home === undefined ? undefined : { file: home, explicit: given !== "" };
}
