import type { Platform, Streams } from "../../platform/platform.ts";
import { COMMANDS, type CommandEntry } from "../root.ts";
import { homeFile } from "./locate.ts";

/** A command line as the user's preferences have it. */
export interface Preferred {
  /** With the arguments of its alias. */
  argv: readonly string[];
  /** The commands that there are: with the alias that is called, without `kuberc` where KUBECTL_KUBERC=false. */
  commands: readonly CommandEntry[];
  /** Flags that have their values from preferences, in the order in which they are set. */
  presets: readonly (readonly [name: string, text: string])[];
  /** What would have to be typed without preferences, for -v=1, and the command that it is told of. */
  original?: { entry: CommandEntry; text: string };
  /** KUBECTL_KUBERC=false: there is no flag --kuberc. */
  isOff: boolean;
}

/**
 * Reads the preferences of the user only where there are any: without `--kuberc` and `$KUBERC` that is a look whether there is a file.
 * Models kubectl pkg/cmd/cmd.go (NewKubectlCommand). Throws CommandError.
 */
export async function preferred(
  argv: readonly string[],
  platform: Pick<Platform, "clock" | "files" | "processes">,
  streams: Streams,
): Promise<Preferred> {
  const { env } = platform.processes;
  const plain: Preferred = { argv, commands: COMMANDS, presets: [], isOff: false };
  if (env.KUBECTL_KUBERC?.toLowerCase() === "false") {
    const commands = COMMANDS.filter(({ path }) => path !== "kuberc" && !path.startsWith("kuberc "));
    return { ...plain, commands, isOff: true };
  }
  const file = homeFile(env);
  const mayHave =
    argv.length > 0 &&
    (argv.some((word) => word.includes("--kuberc")) ||
      (env.KUBERC ? env.KUBERC !== "off" : file !== undefined && platform.files.exists(file)));
  if (!mayHave) return plain;
  return (await import("./apply.ts")).applyPreferences(plain, { ...platform, streams });
}
